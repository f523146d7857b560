"""Files made to exhaust or to mislead whoever reads them: each ends in words for the one who must mend it."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from campaign.core.post import post_from_document
from campaign.errors.base import Faults
from campaign.errors.posts import FrontMatterError, SymlinkError
from campaign.errors.roster import RosterFileError
from campaign.errors.site import ManifestError
from campaign.errors.store import BackupFileError
from campaign.lists.files import read_sheets_of
from campaign.posts.content import read_posts
from campaign.posts.front_matter import split_front_matter
from campaign.posts.manifest import read_manifest
from campaign.store.ledger.database import Database
from campaign.store.proofs.backup import restore_backup
from tests.rigs.terminal import Terminal

NESTED = b"[" * 100_000 + b"]" * 100_000
LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{two}: &{two} [{', '.join([f'*{one}'] * 9)}]\n" for one, two in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = {
    "a billion laughs": LAUGHS,
    "deep flow": f"title: {'[' * 5000}{']' * 5000}\n",
    "deep block": "".join(f"{'  ' * depth}a:\n" for depth in range(500)),
    "a key twice": "title: Một\ntitle: Hai\n",
    "a merge": "x: &x {a: b}\n<<: *x\n",
    "huge": f"title: {'x' * 30_000}\n",
    "a control character": 'title: "a\x07"\n\x07\n',
    "broken": "title: 'a\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_front_matter_of_a_post_is_told_by_file_and_line(name: str) -> None:
    with pytest.raises(FrontMatterError) as caught:
        split_front_matter("bai.md", f"---\n{HOSTILE[name]}---\n\nChào.\n".encode())

    assert caught.value.problem.startswith("bai.md, dòng ")
    assert caught.value.remedy


@pytest.mark.parametrize("name", HOSTILE)
def test_and_so_is_that_of_any_other_page(tmp_path: Path, name: str) -> None:
    (tmp_path / "trang.md").write_text(f"---\n{HOSTILE[name]}---\n\nChào.\n", "utf-8")

    with pytest.raises(Faults) as caught:
        read_posts(tmp_path, ())

    (error,) = caught.value.errors
    assert isinstance(error, FrontMatterError)
    assert error.problem.startswith("trang.md, dòng ")


@pytest.mark.parametrize(
    "value", ["0123", "no", "2025-01-01", "1.5", "[a]", "{a: b}", "~", "!!python/name:os.system ['x']"]
)
def test_a_title_that_is_no_text_is_told_before_the_build_stumbles_over_it(tmp_path: Path, value: str) -> None:
    (tmp_path / "trang.md").write_text(f"---\ntitle: {value}\n---\n", "utf-8")

    with pytest.raises(Faults, match="1 lỗi") as caught:
        read_posts(tmp_path, ())

    assert "“title” phải là chữ" in str(caught.value)


@pytest.mark.parametrize(
    "source", ["Chào.\n", "---\nChào.\n", '---\ntitle: "0123"\nhide: [toc]\n---\n', "---\ntitle: Chào\n---\n"]
)
def test_an_ordinary_page_is_left_alone(tmp_path: Path, source: str) -> None:
    (tmp_path / "trang.md").write_text(source, "utf-8")

    assert read_posts(tmp_path, ()) == ()


def test_no_link_in_the_content_is_followed(tmp_path: Path) -> None:
    secret = tmp_path / "bí mật.md"
    secret.write_text("bí mật", "utf-8")
    content = tmp_path / "content"
    (content / "bai-dang").mkdir(parents=True)
    (content / "bai-dang/bai.md").symlink_to(secret)
    (content / "hình").symlink_to(tmp_path)
    (content / "trang.md").symlink_to("/etc/passwd")

    with pytest.raises(Faults) as caught:
        read_posts(content, ())

    assert [type(error) for error in caught.value.errors] == [SymlinkError] * 3


def test_a_receipt_nested_without_end_is_no_receipt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    terminal = Terminal(tmp_path)
    terminal.build()
    (tmp_path / "r.json").write_bytes(NESTED)
    terminal.done("init", "--sample")

    assert "E-RECEIPT-FILE" in terminal.refused("receipt", "verify", "r.json")


def test_a_manifest_nested_without_end_is_none(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_bytes(NESTED)

    with pytest.raises(ManifestError):
        read_manifest(tmp_path)


def test_a_document_nested_without_end_is_none() -> None:
    with pytest.raises(ValueError, match="document"):
        post_from_document(NESTED)


def test_a_backup_nested_without_end_is_none(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("backup.json", NESTED)

    with (
        pytest.raises(BackupFileError),
        Database(f"sqlite:///{tmp_path / 'x.sqlite3'}").writing() as connection,
    ):
        restore_backup(connection, tmp_path / "b.zip")


def test_a_workbook_that_grows_when_unpacked_is_refused(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "bom.xlsx", "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (200 << 20))

    assert (tmp_path / "bom.xlsx").stat().st_size < 1 << 20
    with pytest.raises(RosterFileError):
        read_sheets_of(tmp_path / "bom.xlsx")
