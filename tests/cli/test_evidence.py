"""``campaign evidence export``: what an auditor takes to another machine, and verifies there."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.rigs.terminal import Terminal

BUNDLE = "bang-chung.zip"


@pytest.fixture
def elsewhere(terminal: Terminal, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another machine: a folder with nothing but the bundle and the verifier that came in it."""
    terminal.build()
    terminal.done("init", "--sample")
    terminal.done("evidence", "export", BUNDLE)
    folder = tmp_path_factory.mktemp("may-khac")
    (folder / BUNDLE).write_bytes((terminal.folder / BUNDLE).read_bytes())
    with ZipFile(folder / BUNDLE) as bundle:
        bundle.extract("verify.pyz", folder)
    return folder


def verify(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the verifier as an auditor does: Python without any installed package, without our code."""
    command = [sys.executable, "-I", "-S", "verify.pyz", BUNDLE, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=60, check=False)


def alter(folder: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Change one file of the bundle and leave the others."""
    with ZipFile(folder / BUNDLE) as bundle:
        files = {entry: bundle.read(entry) for entry in bundle.namelist()}
    files[name] = change(files[name])
    with ZipFile(folder / BUNDLE, "w") as bundle:
        for entry, content in files.items():
            bundle.writestr(entry, content)


def test_bundle_verifies_with_python_alone(elsewhere: Path) -> None:
    result = verify(elsewhere)

    assert (result.returncode, result.stderr) == (0, "")
    assert "Gói bằng chứng đúng" in result.stdout


def test_revisions_stand_under_the_digest_that_the_ledger_names(elsewhere: Path) -> None:
    with ZipFile(elsewhere / BUNDLE) as bundle:
        entries = [json.loads(json.loads(line)["entry"]) for line in bundle.read("entries.jsonl").splitlines()]
        published = [entry["facts"] for entry in entries if entry["kind"] == "revision_published"]

        for facts in published:
            document = bundle.read(f"revisions/{facts['post']}.{facts['revision']}.json")
            assert hashlib.sha256(document).hexdigest() == facts["digest"]
    assert published


def swap_lines(content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    return b"".join([*lines[:-2], lines[-1], lines[-2]])


@pytest.mark.parametrize(
    ("name", "change", "finding"),
    [
        ("entries.jsonl", lambda content: content.replace(b"slip_code", b"slip_qr", 1), "đã bị thay đổi"),
        ("entries.jsonl", lambda content: content.rpartition(b"\n{")[0] + b"\n", "sổ chỉ có"),
        ("entries.jsonl", lambda content: b"{" + content.partition(b"\n{")[2], "mang số 2"),
        ("entries.jsonl", swap_lines, "mang số"),
        (
            "entries.jsonl",
            lambda content: content.replace("Văn Một".encode(), "Văn Hai".encode(), 1),
            "cá nhân",
        ),
    ],
    ids=["changed", "last deleted", "first deleted", "reordered", "name changed"],
)
def test_altered_entries_are_found(elsewhere: Path, name: str, change: Callable[[bytes], bytes], finding: str) -> None:
    alter(elsewhere, name, change)

    result = verify(elsewhere)

    assert result.returncode == 1
    assert finding in result.stderr


def test_altered_revision_is_found(elsewhere: Path) -> None:
    with ZipFile(elsewhere / BUNDLE) as bundle:
        name = next(entry for entry in bundle.namelist() if entry.startswith("revisions/"))
    alter(elsewhere, name, lambda content: content + b" ")

    result = verify(elsewhere)

    assert result.returncode == 1
    assert "không khớp mã đối chiếu" in result.stderr


def test_bundle_of_a_rewritten_ledger_is_found_by_a_checkpoint_kept_elsewhere(
    elsewhere: Path, terminal: Terminal
) -> None:
    """Whoever holds the key can rewrite everything; only what left the machine before gives it away."""
    kept = terminal.done("ledger", "verify") and terminal.run("ledger", "checkpoint").stdout
    (elsewhere / "moc.txt").write_text(kept, "utf-8")
    (terminal.folder / "data" / "campaign.sqlite3").unlink()
    terminal.done("init", "--title", "Sổ viết lại")
    (terminal.folder / BUNDLE).unlink()
    terminal.done("evidence", "export", BUNDLE)
    (elsewhere / BUNDLE).write_bytes((terminal.folder / BUNDLE).read_bytes())

    alone, with_checkpoint = verify(elsewhere), verify(elsewhere, "--checkpoint", "moc.txt")

    assert alone.returncode == 0
    assert with_checkpoint.returncode == 1
    assert "sổ chỉ có" in with_checkpoint.stderr


def test_bundle_signed_by_another_key_is_found(elsewhere: Path) -> None:
    other = "example.vn/so+00000000+" + "A" * 44

    result = verify(elsewhere, "--key", other)

    assert result.returncode == 1


def test_same_ledger_gives_the_same_verifier(terminal: Terminal, elsewhere: Path) -> None:
    terminal.done("evidence", "export", "lan-hai.zip")

    with ZipFile(elsewhere / BUNDLE) as first, ZipFile(terminal.folder / "lan-hai.zip") as second:
        assert first.read("verify.pyz") == second.read("verify.pyz")
        assert first.read("entries.jsonl") == second.read("entries.jsonl")
