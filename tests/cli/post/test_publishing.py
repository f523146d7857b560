import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from zipfile import ZipFile

import pytest

from campaign.cli.post.publishing import publish
from campaign.posts.manifest import read_manifest
from campaign.publish.site.switching import fresh_folder, switch, switch_back
from campaign.settings import system_clock
from campaign.store.ledger.ledger import appending
from campaign.store.posts.posts import find_revision, publish_revision
from tests.rigs.builders import post
from tests.rigs.editing import EditorsDesk
from tests.rigs.ledger_steps import decide, employ, rename
from tests.rigs.sites import ASKS, REPOSITORY


def revision_of(desk: EditorsDesk) -> list[int]:
    return [one.revision for one in read_manifest(desk.folder / "site").posts]


def replaced(note: str = "Sửa giờ họp.", change: str = "replacement") -> str:
    return f"{{number: 2, change: {change}, note: {note}}}"


def test_publishing_builds_the_site_and_says_what_is_new(desk: EditorsDesk) -> None:
    desk.write()

    told = desk.done("publish")

    assert "thong-bao-485: phiên bản 1 (đăng lần đầu)\n" in told
    assert "Chưa có sổ ghi nhận mở được" in told
    assert "Đã đăng: 1 bài, 3 trang." in told
    assert revision_of(desk) == [1]
    assert "phiên bản" not in desk.done("publish").partition("Đã đăng")[0].replace("các phiên bản này", "")


def test_publishing_registers_the_revision_before_readers_can_see_it(desk: EditorsDesk) -> None:
    desk.write(**ASKS)
    desk.done("init", "--title", "Đợt")

    told = desk.done("publish")

    assert "Đã ghi vào sổ 1 phiên bản mới.\n" in told
    with desk.database.reading() as connection:
        assert find_revision(connection, "thong-bao-485", 1) is not None
    assert "Đã ghi vào sổ" not in desk.done("publish")


def test_a_replacement_after_the_deadline_says_that_everyone_will_be_late(desk: EditorsDesk) -> None:
    asks = ASKS | {"deadline": "{before: 05/11/2025}"}
    desk.write(**asks)
    desk.done("init", "--title", "Đợt")
    desk.done("publish")
    desk.write("Khác.\n", revision=replaced(), **asks)

    for command in (("post", "check"), ("publish", "--dry-run")):
        assert "mọi người phải xác nhận lại và đều bị ghi là quá hạn; đặt hạn mới" in desk.done(*command)
    desk.write("Khác.\n", revision=replaced(change="correction"), **asks)
    assert "đều bị ghi là quá hạn" not in desk.done("post", "check")


def test_after_a_rename_published_posts_stay_right_and_new_ones_may_use_the_name(desk: EditorsDesk) -> None:
    desk.write(audience="{units: [Phòng Chuyển đổi số]}", **ASKS)
    desk.done("init", "--title", "Đợt")
    employ(desk.database)
    listed = desk.roster("A-1,Nguyễn Văn An,Phòng Chuyển đổi số,công chức,", "A-2,Lò Thị Bình,Văn phòng,công chức,")
    desk.done("roster", "import", listed, "--apply", "--by", "chi")
    desk.done("publish")
    rename(desk.database, "Phòng Chuyển đổi số", "Phòng Số", decide(system_clock()))
    desk.write(name="b", id="bai-hai", audience="{units: [Phòng Số]}", lead_unit="Phòng Số")

    assert "không có lỗi" in desk.done("post", "check")
    assert "Đã đăng: 2 bài" in desk.done("publish")


def test_the_files_of_every_revision_are_kept_and_go_into_the_evidence(desk: EditorsDesk) -> None:
    desk.sample.write("bai-dang/kem/a.pdf", b"cu")
    desk.write("[Phụ lục](kem/a.pdf)\n", **ASKS)
    desk.make_key()
    desk.done("init", "--title", "Đợt")
    desk.done("publish")
    desk.sample.write("bai-dang/kem/a.pdf", b"moi")
    for command in (("post", "check"), ("publish",)):
        assert "tệp “bai-dang/kem/a.pdf” khác với tệp của phiên bản 1" in desk.run(*command).stderr
    desk.write("[Phụ lục](kem/a.pdf)\n", revision=replaced("Phụ lục mới."), **ASKS)
    desk.done("publish")

    told = desk.done("evidence", "export", "goi.zip")

    key = re.search(r"Khoá công khai: (\S+)", told)
    assert key
    assert "Đúng" in desk.done("evidence", "verify", "goi.zip", "--key", key[1])
    with ZipFile(desk.folder / "goi.zip") as bundle:
        kept = {bundle.read(name) for name in bundle.namelist() if name.startswith("files/")}
    assert kept == {b"cu", b"moi"}


def test_what_the_ledger_refuses_no_reader_sees(desk: EditorsDesk) -> None:
    desk.write(**ASKS)
    desk.done("init", "--title", "Đợt")
    with appending(desk.database) as ledger:
        publish_revision(ledger, post(text="Bản khác.\n").to_document(), system_clock())

    result = desk.run("publish")

    assert result.exit_code == 1
    assert "E-REVISION-CONFLICT" in result.stderr
    assert not (desk.folder / "site").exists()
    assert not (desk.folder / "data/published").exists()


def test_faults_publish_nothing(desk: EditorsDesk) -> None:
    desk.write()
    desk.done("publish")
    desk.write("![](a.png)\n", revision=replaced())

    told = desk.refused("publish")

    assert "E-POST-IMAGE" in told
    assert "người đọc vẫn thấy trang cũ" in told
    assert revision_of(desk) == [1]


def test_a_changed_text_without_a_choice_publishes_nothing(desk: EditorsDesk) -> None:
    desk.write()
    desk.done("publish")
    desk.write("Khác.\n")

    assert "E-REVISION-NEEDED" in desk.refused("publish")


def test_a_dry_run_says_what_would_be_and_leaves_all_as_it_was(desk: EditorsDesk) -> None:
    desk.write(**ASKS)
    desk.done("init", "--title", "Đợt")

    told = desk.done("publish", "--dry-run")

    assert "phiên bản 1 (đăng lần đầu)" in told
    assert "Đây là lần dựng thử" in told
    assert not list(desk.folder.glob("site*"))
    with desk.database.reading() as connection:
        assert find_revision(connection, "thong-bao-485", 1) is None


def test_the_last_site_can_be_switched_back_and_forth(desk: EditorsDesk) -> None:
    desk.write()
    desk.done("publish")
    desk.write("Khác.\n", revision=replaced())
    desk.done("publish")

    numbers = [revision_of(desk)]
    for _ in range(2):
        assert "Sổ ghi nhận giữ nguyên mọi phiên bản" in desk.done("publish", "--back")
        numbers.append(revision_of(desk))

    assert numbers == [[2], [1], [2]]


def test_there_may_be_no_site_to_switch_back_to(desk: EditorsDesk) -> None:
    desk.write()
    desk.done("publish")

    assert "E-SITE-NO-LAST" in desk.refused("publish", "--back")


def test_an_earlier_revision_keeps_its_address_and_shows_what_changed(desk: EditorsDesk) -> None:
    desk.write("Họp lúc **8** giờ.\n", **ASKS)
    desk.done("publish")
    desk.write("Họp lúc **9** giờ.\n", revision=replaced(), **ASKS)
    desk.done("publish")
    desk.write("Họp lúc **10** giờ.\n", revision="{number: 3, change: correction, note: Nữa.}", **ASKS)
    desk.done("publish")

    site = desk.folder / "site"
    page = (site / "phien-ban/thong-bao-485/1/index.html").read_text("utf-8")
    assert "Đây là phiên bản 1, giữ lại để đối chiếu." in page
    assert "8</del>" in page.replace('<span class="hidden"> (hết phần bỏ)</span>', "")
    assert "10</ins>" in page.replace('<span class="hidden"> (hết phần thêm)</span>', "")
    assert '<meta name="robots" content="noindex">' in page
    assert "<strong>8</strong> giờ" in page
    current = (site / "bai-dang/a/index.html").read_text("utf-8")
    assert "Các phiên bản trước (2)" in current
    assert "../../phien-ban/thong-bao-485/2/" in current
    assert (site / "revisions/thong-bao-485.1.json").is_file()
    assert "phien-ban" not in (site / "sitemap.xml").read_text("utf-8")
    assert "phien-ban" not in (site / "search/pages.json").read_text("utf-8")


def test_earlier_revisions_of_a_post_that_was_taken_back_are_gone_too(desk: EditorsDesk) -> None:
    desk.write("Cũ.\n")
    desk.done("publish")
    desk.write("Mới.\n", revision=replaced(), draft="true")
    desk.done("publish")

    assert not (desk.folder / "site/phien-ban").exists()
    assert not list((desk.folder / "site/revisions").glob("*"))


class Watch:
    """Publishes by the clock, as the timer does every few minutes, on a machine whose clock says *now*."""

    def __init__(self, desk: EditorsDesk) -> None:
        self.desk = desk

    def at(self, now: str) -> str:
        command = ["faketime", "-f", f"@{now}", sys.executable, "-m", "campaign.cli.main", "publish", "--due"]
        # The times of files are not ours to fake: nothing may depend on them.
        environment = {**os.environ, "TZ": "Asia/Ho_Chi_Minh", "NO_FAKE_STAT": "1"}
        done = subprocess.run(
            command, cwd=self.desk.folder, env=environment, capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def shown(self) -> list[str]:
        return [one.id for one in read_manifest(self.desk.folder / "site").posts]


@pytest.mark.skipif(shutil.which("faketime") is None, reason="Debian's package faketime is missing")
def test_by_the_clock_posts_come_and_go_on_their_day(desk: EditorsDesk) -> None:
    desk.write(name="a", id="hom-nay", publish_at="27/10/2025")
    desk.write(name="b", id="ngay-mai", publish_at="29/10/2025 08:00", expires="30/10/2025", **ASKS)
    watch = Watch(desk)

    first = watch.at("2025-10-28 07:30:00")
    shown = [watch.shown()]
    idle = watch.at("2025-10-29 07:59:00")
    shown.append(watch.shown())
    watch.at("2025-10-29 08:04:00")
    shown.append(watch.shown())
    watch.at("2025-10-30 00:01:00")
    shown.append(watch.shown())
    last = watch.at("2025-11-20 09:00:00")

    assert shown == [["hom-nay"], ["hom-nay"], ["ngay-mai", "hom-nay"], ["hom-nay"]]
    assert "Lần dựng kế tiếp: 08:00:00 ngày 29/10/2025" in first
    assert idle.startswith("Chưa đến lượt đăng.\n")
    assert last == "Chưa đến lượt đăng.\n"


def site_of(folder: Path, word: str) -> None:
    folder.mkdir()
    for name in ("a.html", "b.html"):
        (folder / name).write_text(word, "utf-8")


def test_a_reader_finds_a_site_at_every_instant_of_a_switch(tmp_path: Path) -> None:
    site = tmp_path / "trang"
    site_of(site, "cũ")
    ended, misses = threading.Event(), []

    def read() -> None:
        while not ended.is_set():
            try:
                (site / "a.html").read_text("utf-8")
            except OSError as error:
                misses.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for number in range(200):
            site_of(fresh_folder(site), f"mới {number}")
            switch(site)
        for _ in range(200):
            switch_back(site)
    finally:
        ended.set()
        reader.join()

    assert misses == []
    assert (site / "a.html").read_text("utf-8") == "mới 199"


def test_the_timer_and_the_line_for_cron_call_a_command_that_exists() -> None:
    folder = REPOSITORY / "scripts/timer"
    called = [
        re.findall(r"bin/campaign (.+)", (folder / f"campaign-publish.{kind}").read_text("utf-8"))
        for kind in ("service", "cron")
    ]

    assert called == [["publish --due"], ["publish --due"]]
    assert {f"--{one.name}" for one in publish.params} >= {"--due"}


def test_a_trial_build_is_published_to_nobody(desk: EditorsDesk) -> None:
    desk.write()

    told = desk.done("site", "build", "--to", "thử/trang")

    assert "Đã dựng 3 trang vào thử/trang." in told
    assert (desk.folder / "thử/trang/bai-dang/a/index.html").is_file()
    assert not (desk.folder / "data/published").exists()
    desk.done("site", "build", "--to", "thử/trang")
