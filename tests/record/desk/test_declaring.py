"""The Office's forms of a campaign and of the department."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign.core.people.access import Role
from campaign.posts.declarations import parse_campaign, parse_department
from campaign.posts.editing import to_declared, write_file
from campaign.posts.front_matter import split_front_matter
from campaign.record.desk.declaring import CAMPAIGN_LINES, DEPARTMENT_LINES, to_typed, to_values
from campaign.store.posts.declarations import read_campaigns, read_department
from tests.posts.test_declarations import LAW, WHOLE
from tests.rigs.desk import UNITS, open_workplace
from tests.rigs.editing import EditorsDesk
from tests.rigs.recorder import Desk, Visitor

NEW, DEPARTMENT = "/van-phong/dot/moi", "/van-phong/co-quan"
TYPED = {
    "id": "bao-ve-du-lieu",
    "title": "Phổ biến Luật Bảo vệ dữ liệu cá nhân",
    "lead_units": "\n".join(UNITS),
    "cooperating_units": "các phòng chuyên môn",
    "channels.website": "1",
    "deadline.before": "20/12/2026",
    "bases": "Căn cứ Luật số 91/2025/QH15 | 01/12/2025\nCăn cứ Nghị định số 356/2025/NĐ-CP",
    "text": "Đợt thứ hai.",
}


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[tuple[Desk, EditorsDesk, Visitor]]:
    desk, folder = open_workplace(tmp_path)
    yield desk, folder, desk.office()
    desk.close()


def test_what_a_file_says_survives_its_form() -> None:
    path, units = f"dot-tuyen-truyen/{LAW.id}.md", ("Văn phòng", "Phòng Chuyển đổi số")

    typed = to_typed(CAMPAIGN_LINES, path, WHOLE.encode())
    written = write_file(to_values(CAMPAIGN_LINES, typed, units), "Lời.")

    assert parse_campaign(path, written.encode(), units) == LAW
    front = split_front_matter(path, written.encode())
    assert to_values(CAMPAIGN_LINES, typed, units)["bases"] == to_declared(front)["bases"]


def test_what_the_department_s_file_says_survives_its_form() -> None:
    source = b"---\nname: A\nheads:\n  - {unit: P, mail: a@b.vn}\ndays_off: [02/01/2026]\nsigner: {name: B}\n---\n"

    typed = to_typed(DEPARTMENT_LINES, "co-quan.md", source)
    written = write_file(to_values(DEPARTMENT_LINES, typed, ()), typed["text"])

    assert parse_department("co-quan.md", written.encode()) == parse_department("co-quan.md", source)


def test_a_campaign_is_opened_changed_and_ended_in_the_browser(scene: tuple[Desk, EditorsDesk, Visitor]) -> None:
    desk, _, chi = scene

    assert chi.submit(NEW, **TYPED).status_code == 303
    desk.watch.look()

    with desk.database.reading() as connection:
        (campaign,) = read_campaigns(connection)
    assert (campaign.title, campaign.lead_units, campaign.closed) == (TYPED["title"], tuple(UNITS), False)
    assert [channel.value for channel in campaign.channels] == ["website"]
    assert len(campaign.bases) == 2
    assert TYPED["title"] in chi.get("/van-phong").text
    assert "Đợt thứ hai." in (desk.recorder.site.folder / "dot-tuyen-truyen/bao-ve-du-lieu/index.html").read_text()

    page = "/van-phong/dot/bao-ve-du-lieu"
    assert "20/12/2026" in chi.get(page).text
    assert chi.submit(page, **TYPED, closed="true").status_code == 303
    desk.watch.look()
    with desk.database.reading() as connection:
        assert read_campaigns(connection)[0].closed


def test_a_fault_is_told_beside_what_was_typed_and_nothing_is_written(
    scene: tuple[Desk, EditorsDesk, Visitor],
) -> None:
    _, folder, chi = scene

    answer = chi.submit(NEW, **TYPED | {"lead_units": "Phòng Lạ", "deadline.before": "31/02/2026"})

    assert answer.status_code == 400
    assert "giá trị “Phòng Lạ” không dùng được" in answer.text
    assert "31/02/2026" in answer.text
    assert not (folder.sample.content / "dot-tuyen-truyen").exists()


def test_the_department_is_changed_in_the_browser(scene: tuple[Desk, EditorsDesk, Visitor]) -> None:
    desk, _, chi = scene
    typed = {"title": "Liên hệ", "name": "Sở Nội vụ", "symbol": "SNV", "contact.telephone": "0212 3 000 000"}

    assert chi.submit(DEPARTMENT, **typed).status_code == 303
    desk.watch.look()

    with desk.database.reading() as connection:
        assert read_department(connection).name == "Sở Nội vụ"
    assert "báo Văn phòng (điện thoại 0212 3 000 000)" in desk.visitor().get("/vao").text


def test_an_unknown_campaign_is_no_page_and_editors_declare_nothing(scene: tuple[Desk, EditorsDesk, Visitor]) -> None:
    desk, _, chi = scene

    assert chi.get("/van-phong/dot/khong-co").status_code == 404
    assert desk.staff(Role.EDITOR).get(NEW).status_code == 403
