"""Campaigns and the department, as the Office declares them in files."""

from datetime import date
from pathlib import Path

import pytest

from campaign.core.campaign import Approval, Basis, Campaign, Plan, YearlyReport, campaign_from_document
from campaign.core.deadline import Deadline
from campaign.core.department import Contact, Department, Signer, department_from_document
from campaign.core.dispatch import Channel
from campaign.errors.base import CampaignError, Faults
from campaign.posts.archive import add_to_archive, read_archive
from campaign.posts.content import read_content
from campaign.posts.declarations import parse_campaign, parse_department, read_campaigns
from tests.rigs.sites import ASKS, NOW, REPOSITORY, UNITS, SampleSite, post_source

WHOLE = """---
id: bao-ve-du-lieu
title: Phổ biến Luật Bảo vệ dữ liệu cá nhân
plan: {number: 12/KH-S, issuer: Sở A, issued_on: 01/10/2026, item: mục I, subject: Phổ biến Luật}
lead_units: [Văn phòng, Phòng Chuyển đổi số]
cooperating_units: các phòng chuyên môn
channels: [website]
deadline: {before: 20/12/2026}
bases:
  - text: Căn cứ Luật số 91/2025/QH15;
    checked_on: 01/11/2026
  - text: Căn cứ Nghị định số 356/2025/NĐ-CP
yearly_report: {name: báo cáo công tác pháp chế năm 2026, form: Mẫu 01, before: 31/12/2026}
recipients: [UBND tỉnh]
retention_months: 24
approval: two_persons
contact: {telephone: 0212 3 111 111}
closed: true
---
"""
LAW = Campaign(
    id="bao-ve-du-lieu",
    title="Phổ biến Luật Bảo vệ dữ liệu cá nhân",
    plan=Plan("Kế hoạch", "Sở A", "12/KH-S", date(2026, 10, 1), "mục I", "Phổ biến Luật"),
    lead_units=UNITS,
    cooperating_units=("các phòng chuyên môn",),
    channels=(Channel.WEBSITE,),
    deadline=Deadline.before_day(date(2026, 12, 20)),
    bases=(
        Basis("Căn cứ Luật số 91/2025/QH15", date(2026, 11, 1)),
        Basis("Căn cứ Nghị định số 356/2025/NĐ-CP"),
    ),
    yearly_report=YearlyReport("báo cáo công tác pháp chế năm 2026", "Mẫu 01", date(2026, 12, 31)),
    recipients=("UBND tỉnh",),
    retention_months=24,
    approval=Approval.TWO_PERSONS,
    contact=Contact(telephone="0212 3 111 111"),
    closed=True,
)
FILE = "dot-tuyen-truyen/bao-ve-du-lieu.md"


def faults_of(source: str) -> list[str]:
    with pytest.raises(Faults) as caught:
        parse_campaign(FILE, source.encode(), UNITS)
    return [error.problem for error in caught.value.errors]


def test_a_campaign_is_read_and_comes_back_from_its_document() -> None:
    found = parse_campaign(FILE, WHOLE.encode(), UNITS)

    assert found == LAW
    assert campaign_from_document(found.to_document()) == LAW


def test_all_faults_of_a_campaign_are_told_at_once_with_their_lines() -> None:
    source = WHOLE.replace("id: bao-ve-du-lieu", "id: khac").replace("[website]", "[fax]").replace("form:", "mau:")

    assert faults_of(source) == [
        f"{FILE}, dòng 2, cột 5: khoá “id” phải trùng tên tệp (bao-ve-du-lieu).",
        f"{FILE}, dòng 13, cột 59: không có khoá nào tên “yearly_report.mau”.",
        f"{FILE}, dòng 7, cột 11: khoá “channels” có giá trị “fax” không dùng được.",
    ]


@pytest.mark.parametrize("bases", ["bases: Luật", "bases: [Luật]", "bases: []"])
def test_bases_are_a_list_of_mappings(bases: str) -> None:
    head, _, tail = WHOLE.partition("bases:\n")
    rest = tail.partition("yearly_report")[2]

    (fault,) = faults_of(f"{head}{bases}\nyearly_report{rest}")

    assert "phải là danh sách, mỗi mục bắt đầu bằng “-”" in fault


def test_the_department_is_read_and_its_document_leaves_out_the_addresses_of_people() -> None:
    source = (
        "---\nname: Sở Nội vụ\nsymbol: SNV\nsigner: {position: GIÁM ĐỐC}\ncontact: {telephone: 0212, room: 101}\n"
        "days_off: [02/01/2026]\ndays_worked: [10/01/2026]\nheads:\n  - {unit: Văn phòng, mail: a@b.vn}\n---\n"
    )

    found = parse_department("co-quan.md", source.encode())

    assert found.heads == {"Văn phòng": "a@b.vn"}
    assert b"a@b.vn" not in found.to_document()
    back = department_from_document(found.to_document())
    assert (back.name, back.symbol, back.signer, back.superior) == ("Sở Nội vụ", "SNV", Signer("", "GIÁM ĐỐC"), "…")
    assert back.contact.format() == "điện thoại 0212, phòng 101"
    assert (back.days_off, back.days_worked) == ((date(2026, 1, 2),), (date(2026, 1, 10),))
    assert Department().name == "…"


def test_the_shipped_campaign_says_what_its_plan_says() -> None:
    """By item II.2 of the plan, the Office and the Centre lead, the divisions cooperate."""
    units = ("Văn phòng", "Phòng Khoa học và Công nghệ", "Phòng Chuyển đổi số", "Trung tâm Đổi mới Sáng tạo")
    content = read_content(REPOSITORY / "content", units)

    (campaign,) = content.campaigns
    assert campaign.lead_units == ("Văn phòng", "Trung tâm Đổi mới Sáng tạo")
    assert campaign.cooperating_units == ("các phòng chuyên môn",)
    assert campaign.deadline == Deadline.before_day(date(2025, 11, 5))
    assert {(file.post.campaign, file.post.leads) for file in content.posts} == {
        ("thong-bao-485", "Văn phòng và Trung tâm Đổi mới Sáng tạo")
    }


@pytest.fixture
def sample(tmp_path: Path) -> SampleSite:
    site = SampleSite(tmp_path)
    site.write("dot-tuyen-truyen/dot-cu.md", declare("dot-cu", before="05/11/2025"))
    return site


def declare(name: str, *, before: str, closed: str = "false") -> str:
    return (
        f"---\nid: {name}\ntitle: Đợt {name}\nlead_units: [Văn phòng, Phòng Chuyển đổi số]\n"
        f"deadline: {{before: {before}}}\nclosed: {closed}\n---\n"
    )


def read_all(sample: SampleSite) -> dict[str, tuple[str | None, str, date | None]]:
    content = read_content(sample.content, UNITS, read_archive(sample.folder / "published"))
    if content.faults:
        raise Faults(content.faults, "")
    posts = [file.post for file in content.posts]
    return {post.id: (post.campaign, post.leads, post.deadline.before if post.deadline else None) for post in posts}


def test_a_post_inherits_from_the_only_open_campaign_what_it_does_not_say(sample: SampleSite) -> None:
    sample.write("bai-dang/a.md", post_source(id="bai-a", lead_unit=None, confirmation="Đã đọc."))
    sample.write("bai-dang/b.md", post_source(id="bai-b", confirmation="Đã đọc.", deadline="{before: 01/11/2025}"))
    sample.write("bai-dang/c.md", post_source(id="bai-c", lead_unit=None))

    both = "Văn phòng và Phòng Chuyển đổi số"
    assert read_all(sample) == {
        "bai-a": ("dot-cu", both, date(2025, 11, 5)),
        "bai-b": ("dot-cu", "Văn phòng", date(2025, 11, 1)),
        "bai-c": ("dot-cu", both, None),
    }


def test_among_several_open_campaigns_a_post_says_its_own(sample: SampleSite) -> None:
    sample.write("dot-tuyen-truyen/dot-moi.md", declare("dot-moi", before="20/12/2026"))
    sample.write("bai-dang/a.md", post_source(id="bai-a"))

    with pytest.raises(Faults) as caught:
        read_all(sample)
    assert [error.code for error in caught.value.errors] == ["E-POST-KEY-MISSING"]

    sample.write("bai-dang/a.md", post_source(id="bai-a", campaign="dot-moi"))
    assert read_all(sample)["bai-a"][0] == "dot-moi"


def test_a_published_post_stays_in_its_campaign_when_another_is_opened(sample: SampleSite) -> None:
    sample.write("bai-dang/a.md", post_source(id="bai-a", lead_unit=None, **ASKS))
    archive = read_archive(sample.folder / "published")
    content = read_content(sample.content, UNITS, archive)
    add_to_archive(archive, [file.post for file in content.posts], NOW)

    sample.write("dot-tuyen-truyen/dot-cu.md", declare("dot-cu", before="05/11/2025", closed="true"))
    sample.write("dot-tuyen-truyen/dot-moi.md", declare("dot-moi", before="20/12/2026"))
    sample.write("bai-dang/b.md", post_source(id="bai-b"))

    assert {name: facts[0] for name, facts in read_all(sample).items()} == {"bai-a": "dot-cu", "bai-b": "dot-moi"}


def test_a_post_published_before_campaigns_keeps_its_digest(tmp_path: Path) -> None:
    sample = SampleSite(tmp_path)
    sample.write("bai-dang/a.md", post_source(id="bai-a", **ASKS))
    archive = read_archive(sample.folder / "published")
    (before,) = read_content(sample.content, UNITS, archive).posts
    add_to_archive(archive, [before.post], NOW)
    sample.write("dot-tuyen-truyen/dot-cu.md", declare("dot-cu", before="05/11/2025"))

    (after,) = read_content(sample.content, UNITS, read_archive(sample.folder / "published")).posts

    assert after.post.campaign is None
    assert after.post.digest == before.post.digest


def test_a_fault_of_a_campaign_is_among_the_faults_of_the_folder(sample: SampleSite) -> None:
    sample.write("dot-tuyen-truyen/hong.md", b"\xff")
    sample.write("co-quan.md", "---\nten: x\n---\n")

    content = read_content(sample.content, UNITS)

    assert {error.code for error in content.faults} >= {"E-POST-FRONT-MATTER", "E-POST-KEY-UNKNOWN"}
    with pytest.raises(CampaignError):
        read_campaigns(sample.content, UNITS)


def test_the_site_shows_campaigns_and_whom_to_turn_to(sample: SampleSite) -> None:
    sample.write("dot-tuyen-truyen/index.md", "---\ntemplate: campaigns.html\ntitle: Các đợt\n---\n\nTất cả.\n")
    sample.write("co-quan.md", "---\nname: Sở Nội vụ\ncontact: {telephone: 0212 3 000 000}\n---\n\nXin gọi.\n")
    sample.write("bai-dang/a.md", post_source(id="bai-a", title="Bài một", lead_unit=None, **ASKS))

    site = sample.build()

    page = (site / "dot-tuyen-truyen/dot-cu/index.html").read_text("utf-8")
    assert "<dd>Văn phòng và Phòng Chuyển đổi số</dd>" in page
    assert "điện thoại 0212 3 000 000" in page
    assert "Bài một" in page
    assert "Đợt dot-cu" in (site / "dot-tuyen-truyen/index.html").read_text("utf-8")
    assert "<dd>0212 3 000 000</dd>" in (site / "co-quan/index.html").read_text("utf-8")
    post = (site / "bai-dang/a/index.html").read_text("utf-8")
    assert "Đợt dot-cu</a>" in post
    assert "Liên hệ: điện thoại 0212 3 000 000" in post
