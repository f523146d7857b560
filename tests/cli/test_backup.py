"""``campaign backup`` and ``campaign restore``."""

import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pyrage
import pytest

from campaign.jobs.backups import find_newest, find_old
from tests.rigs.editing import EditorsDesk
from tests.rigs.terminal import Terminal


@pytest.fixture
def sample(terminal: Terminal) -> Terminal:
    """A terminal with the sample campaign."""
    terminal.build()
    terminal.done("init", "--sample")
    return terminal


def elsewhere(terminal: Terminal, *command: str) -> str:
    return terminal.done("--set", "database=sqlite:///moi.sqlite3", *command)


def test_backup_is_restored_and_says_the_same(sample: Terminal) -> None:
    saved = sample.done("backup", "sao-luu.zip")
    restored = elsewhere(sample, "restore", "sao-luu.zip")

    rows = re.findall(r"\d+", saved)[0]
    assert restored == f"Đã khôi phục {rows} dòng; sổ ghi nhận nguyên vẹn.\n"
    question = ("coverage", "thong-bao-485", "--as-of", "04/11/2025", "--json")
    assert elsewhere(sample, *question) == sample.done(*question)


def test_backup_without_a_campaign_is_refused(terminal: Terminal) -> None:
    assert "E-STORE-EMPTY" in terminal.refused("backup", "sao-luu.zip")
    assert not Path("sao-luu.zip").exists()


def test_altered_backup_is_restored_by_nobody(sample: Terminal) -> None:
    """Whoever can write the backup could else change what people confirmed."""
    sample.done("backup", "sao-luu.zip")
    with ZipFile("sao-luu.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    hidden = b"slip_code".hex().encode()
    files["entry.jsonl"] = files["entry.jsonl"].replace(hidden, b"slip_cose".hex().encode(), 1)
    with ZipFile("sao-luu.zip", "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)

    answer = sample.refused("--set", "database=sqlite:///moi.sqlite3", "restore", "sao-luu.zip")

    assert "E-LEDGER-ALTERED" in answer
    assert "E-STORE-EMPTY" in sample.refused("--set", "database=sqlite:///moi.sqlite3", "backup", "khac.zip")


def test_the_archive_of_published_revisions_goes_along(desk: EditorsDesk) -> None:
    """Without it, the next publication would not know what readers saw."""
    desk.write()
    desk.done("init", "--title", "Đợt")
    desk.done("publish")
    kept = {file.name: file.read_bytes() for file in Path("data/published").iterdir()}
    desk.done("backup", "sao-luu.zip")
    shutil.rmtree("data/published")

    told = elsewhere(desk, "restore", "sao-luu.zip")

    assert told.splitlines()[-1] == f"Đã khôi phục 2 tệp của kho bản đã đăng vào {desk.folder / 'data/published'}."
    assert {file.name: file.read_bytes() for file in Path("data/published").iterdir()} == kept


def test_the_ledger_is_kept_also_when_the_site_s_file_is_broken(desk: EditorsDesk) -> None:
    desk.done("init", "--title", "Đợt")
    Path("mkdocs.yml").write_text("plugins: [", "utf-8")

    result = desk.run("backup", "sao-luu.zip")

    assert (result.exit_code, Path("sao-luu.zip").exists()) == (0, True)
    assert result.stderr.startswith("Chưa tính đến kho bản đã đăng. Lỗi: ")


def test_what_is_needed_beside_the_database_goes_along_and_comes_back(sample: Terminal) -> None:
    """Posts, settings and the Office's own report are not in the database, and are needed to come back."""
    post, settings = sample.folder / "content/bai-dang/thu.md", sample.folder / "campaign.toml"
    post.parent.mkdir(parents=True, exist_ok=True)
    post.write_text("# Bài thử\n")
    settings.write_text('listen = "127.0.0.1:8005"\n')
    sample.done("backup", "sao-luu.zip")
    post.unlink()
    settings.write_text("# đang có\n")

    restored = elsewhere(sample, "restore", "sao-luu.zip")

    assert "Đã khôi phục 1 tệp bên cạnh; tệp đang có thì giữ nguyên." in restored
    assert (post.read_text(), settings.read_text()) == ("# Bài thử\n", "# đang có\n")


def test_a_file_with_a_password_stays_out_and_is_named(sample: Terminal) -> None:
    (sample.folder / "campaign.toml").write_text('smtp_password = "bí mật"\n')

    said = sample.done("backup", "sao-luu.zip")

    assert "Không có trong đó: campaign.toml, vì tệp có mật khẩu." in said
    with ZipFile("sao-luu.zip") as archive:
        assert "files/campaign.toml" not in archive.namelist()


def test_a_file_that_would_leave_the_folder_is_refused(sample: Terminal) -> None:
    sample.done("backup", "sao-luu.zip")
    with ZipFile("sao-luu.zip", "a") as archive:
        archive.writestr("files/../../ngoai.txt", "x")

    answer = sample.refused("--set", "database=sqlite:///moi.sqlite3", "restore", "sao-luu.zip")

    assert "E-BACKUP-FILE" in answer
    assert not (sample.folder / "../../ngoai.txt").exists()


def test_backups_arrive_in_every_folder_and_one_that_cannot_take_it_is_told(sample: Terminal) -> None:
    (sample.folder / "khac").mkdir()
    (sample.folder / "hong").write_text("no folder")

    result = sample.run("backup", "--to", "mot", "--to", "khac", "--to", "khong/co")

    assert result.exit_code == 1
    assert "không chép được sang khong/co" in result.stderr
    first, second = (list((sample.folder / name).iterdir()) for name in ("mot", "khac"))
    assert [file.name for file in first] == [file.name for file in second]
    assert first[0].read_bytes() == second[0].read_bytes()
    assert {file.stat().st_mode & 0o777 for file in first + second} == {0o600}


def test_of_old_backups_the_newest_of_days_weeks_and_months_are_kept(tmp_path: Path) -> None:
    start = datetime(2026, 1, 1, 18, tzinfo=UTC)
    for day in range(400):
        for hour in (0, 3):
            at = start + timedelta(days=day, hours=hour)
            (tmp_path / f"campaign-{at:%Y%m%d-%H%M%S}.zip").touch()
    (tmp_path / "cua-toi.zip").touch()
    last = start + timedelta(days=399, hours=3)

    for file in find_old(tmp_path.iterdir()):
        file.unlink()

    left = sorted(file.name for file in tmp_path.glob("campaign-*"))
    days = [datetime.strptime(name, "campaign-%Y%m%d-%H%M%S.zip").replace(tzinfo=UTC) for name in left]
    assert days[-7:] == [last - timedelta(days=day) for day in range(6, -1, -1)]
    assert {f"{day:%Y-%m}" for day in days} == {f"{last - timedelta(days=30 * month):%Y-%m}" for month in range(12)}
    assert len(left) <= 7 + 4 + 12
    assert (tmp_path / "cua-toi.zip").exists()


def test_an_encrypted_backup_is_opened_by_its_key_only(sample: Terminal) -> None:
    """The server that makes it holds names of people and cannot read its own backups."""
    mine, foreign = (pyrage.x25519.Identity.generate() for _ in range(2))
    (sample.folder / "khoa.txt").write_text(f"# created: today\n{mine}\n")
    (sample.folder / "khac.txt").write_text(f"{foreign}\n")

    sample.done("backup", "sao-luu.zip.age", "--encrypt-to", str(mine.to_public()))

    assert "Nguyễn" not in Path("sao-luu.zip.age").read_bytes().decode("latin-1")
    assert not list(sample.folder.glob("*.part"))
    for wrong in ([], ["--identity", "khac.txt"]):
        assert "E-BACKUP-KEY" in sample.refused("restore", "--check", "sao-luu.zip.age", *wrong)
    said = sample.done("restore", "--check", "sao-luu.zip.age", "--identity", "khoa.txt")
    assert said.startswith("Khôi phục thử được: ")


def test_a_key_that_is_none_makes_no_backup(sample: Terminal) -> None:
    assert "E-BACKUP-KEY" in sample.refused("backup", "sao-luu.zip", "--encrypt-to", "age1khong-phai")
    assert not list(sample.folder.glob("sao-luu*"))


def test_the_drill_takes_the_newest_backup_and_changes_nothing(sample: Terminal) -> None:
    sample.done("backup", "--to", "data/backup")
    before = sample.done("office", "list")

    said = sample.done("restore", "--check", "data/backup")

    assert "sổ ghi nhận nguyên vẹn, đúng khoá" in said
    assert sample.done("office", "list") == before


def test_the_drill_finds_an_altered_backup(sample: Terminal) -> None:
    sample.done("backup", "--to", "data/backup")
    file = find_newest(sample.folder / "data/backup")
    with ZipFile(file) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    hidden = b"slip_code".hex().encode()
    files["entry.jsonl"] = files["entry.jsonl"].replace(hidden, b"slip_cose".hex().encode(), 1)
    with ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)

    assert "E-LEDGER-ALTERED" in sample.refused("restore", "--check", "data/backup")
