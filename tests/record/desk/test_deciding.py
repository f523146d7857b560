"""Submitted, returned, approved, published: who may, what the ledger keeps, and what a failed build leaves."""

import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from httpx2 import Response
from sqlalchemy import select

from campaign.core.draft import PublishingState
from campaign.core.people.access import Role
from campaign.record.desk.editor import DESK_PATH
from campaign.record.desk.place import publisher_of
from campaign.store.base import schema
from campaign.store.posts.drafts import keep_file
from campaign.store.posts.publishing import ABANDONED_AFTER, Publishing, change_state, find_publishing
from tests.rigs.desk import COMPLETE, begin_draft, open_workplace, type_draft
from tests.rigs.editing import EditorsDesk
from tests.rigs.recorder import Desk, Visitor

POST = "phong-may-chu"


@dataclass
class Scene:
    """A recorder in a content folder, with an editor and the Office at work."""

    desk: Desk
    folder: EditorsDesk
    yen: Visitor
    chi: Visitor

    def press(self, visitor: Visitor, where: str, act: str, **fields: str) -> Response:
        """Press a button of the page on which drafts are decided about."""
        return visitor.submit(f"{DESK_PATH}/{POST}/{where}", f"{DESK_PATH}/{POST}/duyet", act=act, **fields)

    def approve(self) -> None:
        assert type_draft(self.yen, POST, "submit").status_code == 303
        assert self.press(self.chi, "duyet", "approve").status_code == 303

    def publish(self) -> Publishing:
        """Ask for the publication, and let the recorder do it."""
        assert self.press(self.chi, "dang", "publish").status_code == 303
        workplace = self.desk.recorder.workplace
        assert workplace
        publisher_of(self.desk.recorder, workplace).look()
        with self.desk.database.reading() as connection:
            found = find_publishing(connection, POST)
        assert found
        return found

    def acts(self) -> list[tuple[str, str]]:
        """Return what the ledger holds of drafts: kind and account."""
        query = select(schema.entry.c.kind, schema.entry.c.facts).where(schema.entry.c.kind.like("draft_%"))
        with self.desk.database.reading() as connection:
            return [(row.kind, json.loads(row.facts)["actor"]) for row in connection.execute(query)]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    desk, folder = open_workplace(tmp_path)
    yen = desk.staff(Role.EDITOR)
    begin_draft(yen)
    type_draft(yen, POST, **COMPLETE)
    yield Scene(desk, folder, yen, desk.office())
    desk.close()


def test_a_draft_with_faults_is_not_submitted(scene: Scene) -> None:
    answer = type_draft(scene.yen, POST, "submit", summary="")

    assert (answer.status_code, "Bản thảo còn 1 chỗ phải sửa" in answer.text) == (409, True)
    assert scene.acts() == []


def test_who_submitted_returned_and_approved_stands_in_the_ledger(scene: Scene) -> None:
    type_draft(scene.yen, POST, "submit")
    scene.press(scene.chi, "duyet", "return", note="Ghi rõ giờ mở cửa.")
    assert "Ghi rõ giờ mở cửa." in scene.yen.get(f"{DESK_PATH}/{POST}").text
    type_draft(scene.yen, POST, text="Mở cửa lúc 8 giờ.")

    scene.approve()

    assert scene.acts() == [
        ("draft_submitted", "yen"),
        ("draft_returned", "chi"),
        ("draft_submitted", "yen"),
        ("draft_approved", "chi"),
    ]


def test_an_approved_text_that_is_changed_is_a_draft_again(scene: Scene) -> None:
    scene.approve()

    type_draft(scene.yen, POST, text="Chữ khác.")

    assert scene.press(scene.chi, "dang", "publish").status_code == 409
    assert "bản thảo" in scene.chi.get(f"{DESK_PATH}/{POST}/duyet").text


def test_what_was_not_looked_at_is_not_approved(scene: Scene) -> None:
    type_draft(scene.yen, POST, "submit")
    seen = scene.chi.hidden(f"{DESK_PATH}/{POST}/duyet") | {"act": "approve"}
    type_draft(scene.yen, POST, "submit", text="Chữ khác.")

    answer = scene.chi.send(f"{DESK_PATH}/{POST}/duyet", seen)

    assert (answer.status_code, scene.acts()[-1][0]) == (409, "draft_submitted")


def test_an_approved_draft_becomes_a_file_and_a_page_and_a_commit(scene: Scene) -> None:
    git = ["git", "-C", str(scene.folder.folder)]
    subprocess.run([*git, "init", "-q"], check=True)
    scene.approve()

    done = scene.publish()

    assert (done.state.value, done.told) == ("done", "")
    assert "Ai được vào phòng máy chủ." in (scene.desk.recorder.site.folder / f"bai-dang/{POST}/index.html").read_text()
    assert "draft:" not in (scene.folder.sample.content / f"bai-dang/{POST}.md").read_text()
    log = subprocess.run([*git, "log", "--format=%an %s"], check=True, capture_output=True, text=True).stdout
    assert log.startswith("Vì Thị Yến Đăng phong-may-chu")
    assert scene.acts()[-1] == ("draft_published", "chi")


def test_a_failed_build_leaves_readers_the_old_site_and_tells_the_line(scene: Scene) -> None:
    scene.approve()
    before = (scene.desk.recorder.site.folder / "manifest.json").read_bytes()
    scene.folder.write("[hỏng](khong-co.md)\n", name="khac")

    done = scene.publish()

    assert done.state.value == "failed"
    assert "bai-dang/khac.md, dòng" in done.told
    assert not (scene.folder.sample.content / f"bai-dang/{POST}.md").exists()
    assert (scene.desk.recorder.site.folder / "manifest.json").read_bytes() == before
    assert "khong-co.md" in scene.chi.get(f"{DESK_PATH}/{POST}/duyet").text


def test_a_file_changed_outside_the_desk_is_not_overwritten(scene: Scene) -> None:
    scene.approve()
    file = scene.folder.write("Viết bằng trình soạn thảo.\n", name=POST, id=POST)

    done = scene.publish()

    assert (done.state.value, "đã đổi" in done.told) == ("failed", True)
    assert "Viết bằng trình soạn thảo." in file.read_text()


def test_a_post_for_later_waits_and_can_be_called_off(scene: Scene) -> None:
    type_draft(scene.yen, POST, publish_at="01/11/2025 08:00")
    scene.approve()

    waiting = scene.publish()
    page = scene.chi.get(f"{DESK_PATH}/{POST}/duyet").text
    scene.press(scene.chi, "dang", "stop")

    assert (waiting.state.value, "01/11/2025" in page) == ("waiting", True)
    assert "Hẹn giờ đăng" in scene.chi.get(f"{DESK_PATH}/{POST}/duyet").text


def test_a_published_post_is_taken_off_the_site(scene: Scene) -> None:
    scene.approve()
    scene.publish()
    assert scene.press(scene.chi, "dang", "withdraw").status_code == 303

    workplace = scene.desk.recorder.workplace
    assert workplace
    publisher_of(scene.desk.recorder, workplace).look()

    assert not (scene.desk.recorder.site.folder / f"bai-dang/{POST}/index.html").exists()
    assert "rút khỏi trang" in scene.chi.get(f"{DESK_PATH}/{POST}/duyet").text


def test_where_two_persons_are_needed_nobody_approves_what_they_wrote(scene: Scene) -> None:
    scene.folder.sample.write(
        "dot-tuyen-truyen/dot-mot.md",
        "---\nid: dot-mot\ntitle: Đợt một\nlead_units: [Văn phòng]\napproval: two_persons\n---\n\nĐợt.\n",
    )
    type_draft(scene.chi, POST, "submit", text="Chi viết.")

    refused = scene.press(scene.chi, "duyet", "approve")

    assert (refused.status_code, "người soạn hay người trình không tự duyệt" in refused.text) == (403, True)
    assert scene.acts()[-1][0] == "draft_submitted"


def test_a_published_post_becomes_the_next_revision_and_says_what_it_makes_stale(scene: Scene) -> None:
    scene.approve()
    scene.publish()

    scene.yen.submit(f"{DESK_PATH}/bai-moi/phien-ban", DESK_PATH, post=POST)
    bare = type_draft(scene.yen, POST, "submit", text="Chữ mới.")
    ready = {"revision.change": "replacement", "revision.note": "Đổi giờ mở cửa."}
    answer = type_draft(scene.yen, POST, "submit", **ready)

    assert (bare.status_code, answer.status_code) == (409, 303)
    page = scene.chi.get(f"{DESK_PATH}/{POST}/duyet").text
    assert "2 (thay thế): Đổi giờ mở cửa." in page
    assert "<ins>" in page


def test_where_the_site_is_built_elsewhere_the_approved_files_are_handed_over(scene: Scene) -> None:
    recorder = replace(scene.desk.recorder, workplace=None)
    away = Desk(recorder, scene.desk.clock, scene.desk.watch)
    scene.approve()

    chi = away.staff(Role.OFFICE)
    package = chi.get(f"{DESK_PATH}/{POST}/goi.zip")
    refused = chi.submit(f"{DESK_PATH}/{POST}/dang", f"{DESK_PATH}/{POST}/duyet", act="publish")

    with zipfile.ZipFile(io.BytesIO(package.content)) as archive:
        assert archive.namelist() == [f"bai-dang/{POST}.md"]
    assert (refused.status_code, "campaign publish" in refused.text) == (409, True)


def test_a_publication_whose_recorder_ended_is_told_and_can_be_asked_for_again(scene: Scene) -> None:
    scene.approve()
    scene.press(scene.chi, "dang", "publish")
    with scene.desk.database.writing() as connection:
        change_state(connection, POST, PublishingState.RUNNING, scene.desk.clock())
    scene.desk.clock.now += ABANDONED_AFTER
    workplace = scene.desk.recorder.workplace
    assert workplace

    publisher_of(scene.desk.recorder, workplace).look()

    page = scene.chi.get(f"{DESK_PATH}/{POST}/duyet").text
    assert ("dừng giữa chừng" in page, "Đăng ngay" in page) == (True, True)


def test_nothing_is_written_behind_a_link_that_leads_out_of_the_content_folder(scene: Scene, tmp_path: Path) -> None:
    outside = tmp_path / "ngoài"
    outside.mkdir()
    with scene.desk.database.writing() as connection:
        keep_file(connection, POST, "hinh.png", b"x")
    scene.approve()
    (scene.folder.sample.content / f"bai-dang/{POST}").symlink_to(outside)

    done = scene.publish()

    assert (done.state.value, list(outside.iterdir())) == ("failed", [])
