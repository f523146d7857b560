"""``campaign backup`` and ``campaign restore``."""

import re
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

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
