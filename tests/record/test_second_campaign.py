"""A second campaign beside the first, of a department with another name: no word of the first in anything of it."""

import io
import re
import zipfile
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import pytest

from campaign.core.campaign import Basis, Campaign, Plan, YearlyReport
from campaign.core.clock import VIET_NAM
from campaign.core.deadline import Deadline
from campaign.core.department import Contact, Department, Signer
from campaign.core.post import Audience
from campaign.core.source_document import SourceDocument
from campaign.posts.manifest import Manifest, describe_post, write_manifest
from campaign.store.figures.figures import read_figures
from campaign.store.posts.declarations import campaign_of
from tests.rigs.builders import CENTRE, OFFICE, member, post
from tests.rigs.ledger_steps import begin, enrol
from tests.rigs.recorder import Desk, Visitor, open_desk

FIRST_WORDS = ("485", "phòng cháy", "PCCC", "6246", "55/2024", "105/2025", "đối thoại với doanh nghiệp")
FIRST_HOUSE = ("SKHCN", "Sơn La", "Khoa học và Công nghệ")
FIRST = Campaign(
    id="thong-bao-485",
    title="Phổ biến Thông báo số 485/TB-VPCP",
    plan=Plan(issuer="Sở Nội vụ", item="mục II.2", subject="Kết luận tại Diễn đàn đối thoại với doanh nghiệp"),
    lead_units=(OFFICE,),
    deadline=Deadline.before_day(date(2025, 11, 5)),
    bases=(Basis("Căn cứ Luật PCCC và CNCH số 55/2024/QH15"), Basis("Công văn số 6246/UBND-NC")),
    yearly_report=YearlyReport("báo cáo công tác phòng cháy năm 2025"),
    recipients=("Phòng PCCC&CNCH Công an tỉnh",),
    closed=True,
)
SECOND = Campaign(
    id="bao-ve-du-lieu",
    title="Phổ biến Luật Bảo vệ dữ liệu cá nhân",
    plan=Plan(issuer="Sở Nội vụ", number="7/KH-SNV", issued_on=date(2026, 9, 1), subject="Thi hành Luật"),
    lead_units=(OFFICE, CENTRE),
    cooperating_units=("các phòng chuyên môn",),
    deadline=Deadline.before_day(date(2026, 12, 20)),
    bases=(Basis("Căn cứ Luật số 91/2025/QH15 ngày 26 tháng 6 năm 2025"),),
    yearly_report=YearlyReport("báo cáo công tác pháp chế năm 2026"),
    recipients=("UBND tỉnh A (để báo cáo)",),
)
HOUSE = Department(
    name="Sở Nội vụ",
    superior="UBND tỉnh A",
    place="Tỉnh A",
    symbol="SNV",
    office_symbol="VP",
    office="Văn phòng Sở",
    archive="VT, VP",
    signer=Signer("", "GIÁM ĐỐC", "Hà Thị Mai"),
    contact=Contact(telephone="0200 3 000 000"),
)
NOTICE = post(campaign=FIRST.id)
LAW = post(
    id="luat-du-lieu",
    title="Luật Bảo vệ dữ liệu cá nhân: những điều cần biết",
    summary="Ai cần làm gì.",
    text="Nội dung luật.\n",
    audience=Audience(units=(OFFICE, CENTRE)),
    lead_units=SECOND.lead_units,
    cooperating_units=SECOND.cooperating_units,
    deadline=SECOND.deadline,
    campaign=SECOND.id,
    source_document=SourceDocument("Quốc hội", "Bảo vệ dữ liệu cá nhân", "91/2025/QH15", date(2025, 6, 26), "Luật"),
    publish_at=datetime(2026, 10, 1, 8, tzinfo=VIET_NAM),
)
NOW = datetime(2026, 10, 5, 9, tzinfo=VIET_NAM)
PAGE = "/van-phong/bai/luat-du-lieu"


@dataclass
class Scene:
    desk: Desk
    an: Visitor
    chi: Visitor


def show(desk: Desk, *campaigns: Campaign) -> None:
    """Publish both posts, and let the recorder look at the site."""
    described = tuple(describe_post(each, f"/bai-dang/{each.id}/") for each in (LAW, NOTICE))
    manifest = Manifest("Tuyên truyền – Sở Nội vụ", described, (OFFICE, CENTRE), campaigns, HOUSE)
    write_manifest(desk.recorder.site.folder, manifest, (LAW, NOTICE))
    desk.watch.look()


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """An and Bình of two units; An has confirmed the second campaign's post; Chi works in the Office."""
    desk = open_desk(tmp_path)
    begin(desk.database)
    enrol(desk.database, member("NV-001"), member("NV-002", "Lò Thị Bình", CENTRE))
    desk.clock.now = NOW
    show(desk, FIRST, SECOND)
    an = desk.reader("NV-001")
    an.submit("/xac-nhan/luat-du-lieu")
    return Scene(desk, an, desk.office())


def read_words(content: bytes) -> str:
    """Return the text of a page or of whatever is in an archive, down to the parts of Word and Excel files."""
    if not content.startswith(b"PK"):
        return re.sub(r"<[^>]*>", "", content.decode("utf-8", "replace")).replace("\N{NO-BREAK SPACE}", " ")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(name + read_words(archive.read(name)) for name in archive.namelist())


def foreign_words(content: bytes) -> list[str]:
    words = read_words(content).casefold()
    return [word for word in (*FIRST_WORDS, *FIRST_HOUSE) if word.casefold() in words]


def test_every_paper_of_the_second_campaign_cites_its_own_plan_and_law(scene: Scene) -> None:
    kinds = ("docx", "yearly", "letters", "package", "xlsx", "names", "seal")
    papers = {kind: scene.chi.submit(f"{PAGE}/bao-cao", kind=kind).content for kind in kinds}

    assert {kind: foreign_words(paper) for kind, paper in papers.items()} == {kind: [] for kind in kinds}
    report = read_words(papers["docx"])
    for words in ("SỞ NỘI VỤ", "91/2025/QH15 ngày 26 tháng 6 năm 2025", "7/KH-SNV", "pháp chế năm 2026", "Hà Thị Mai"):
        assert words in report
    assert "Văn phòng và Trung tâm Đổi mới Sáng tạo" in report
    assert "các phòng chuyên môn" in report


def test_every_page_of_the_second_campaign_names_it_and_not_the_first(scene: Scene) -> None:
    receipt = next(iter(re.findall(r"/bien-nhan/\d+", scene.an.get("/cua-toi").text)))
    pages = {path: scene.an.get(path).content for path in ("/xac-nhan/luat-du-lieu", receipt)}
    own = ("", "/danh-sach", "/dang-gui", "/bao-cao", "/phieu-ky", "/da-xem")
    pages |= {path: scene.chi.get(path).content for path in (f"{PAGE}{rest}" for rest in own)}

    assert {path: foreign_words(page) for path, page in pages.items()} == {path: [] for path in pages}
    assert SECOND.title in read_words(pages[receipt])
    assert SECOND.title in read_words(pages[f"{PAGE}/dang-gui"])
    assert "điện thoại 0200 3 000 000" in scene.desk.visitor().get("/vao").text


def test_the_office_sees_the_open_campaign_first_and_the_past_one_folded(scene: Scene) -> None:
    page = scene.chi.get("/van-phong").text

    assert page.index(SECOND.title) < page.index("Các đợt đã kết thúc năm 2025 (1)") < page.index(FIRST.title)
    assert "2 lượt phải xác nhận: 1 đúng hạn, 0 quá hạn, 1 chưa xác nhận" in page
    assert "giữ đến hết ngày 19/12/2027" in page
    assert "giữ đến hết ngày 04/11/2026" in page


def test_ending_and_renaming_a_campaign_changes_nothing_that_was_recorded(scene: Scene) -> None:
    scene.desk.clock.now = datetime(2026, 12, 21, 8, tzinfo=VIET_NAM)
    with scene.desk.database.reading() as connection:
        before = read_figures(connection)

    show(scene.desk, FIRST, replace(SECOND, title="Tên mới", closed=True))

    with scene.desk.database.reading() as connection:
        assert read_figures(connection) == before
        assert campaign_of(connection, LAW).title == "Tên mới"
        assert campaign_of(connection, LAW, NOW).title == SECOND.title
    an = scene.desk.reader("NV-001")
    (receipt,) = re.findall(r"/bien-nhan/\d+", an.get("/cua-toi").text)
    assert SECOND.title in an.get(receipt).text
    assert "Các đợt đã kết thúc năm 2026 (1)" in scene.desk.office().get("/van-phong").text


def test_what_people_are_shown_knows_no_word_of_the_first_campaign() -> None:
    """Examples in the help of commands and in docstrings may name it; pages, papers and settings do not."""
    source = Path(__file__).parents[2] / "src/campaign"
    everywhere = re.compile(r"PCCC|phòng cháy|6246|55/2024|Kế hoạch yêu cầu", re.IGNORECASE)
    in_pages = re.compile(rf"485|SKHCN|Sơn La|{everywhere.pattern}", re.IGNORECASE)

    def find(pattern: re.Pattern[str], *suffixes: str) -> dict[str, list[str]]:
        files = [file for suffix in suffixes for file in source.rglob(f"*{suffix}")]
        found = {file.name: pattern.findall(file.read_text("utf-8")) for file in files}
        return {name: words for name, words in found.items() if words}

    assert find(in_pages, ".html", ".toml") == {}
    assert find(everywhere, ".py") == {}
