"""``campaign evidence export``: what an auditor takes to another machine, and verifies there."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from campaign.store.proofs.signing import load_key
from tests.rigs.keys import key_named
from tests.rigs.terminal import ORIGIN, Terminal

BUNDLE = "bang-chung.zip"


@pytest.fixture
def elsewhere(terminal: Terminal, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another machine: a folder with the bundle, and with the verifier that came another way."""
    terminal.build()
    terminal.done("init", "--sample")
    terminal.done("evidence", "export", BUNDLE, "--with-names")
    terminal.done("evidence", "verifier", "verify.pyz")
    folder = tmp_path_factory.mktemp("may-khac")
    for name in (BUNDLE, "verify.pyz"):
        (folder / name).write_bytes((terminal.folder / name).read_bytes())
    return folder


def key_of(terminal: Terminal) -> str:
    return str(load_key(terminal.folder / "data/ledger.key", ORIGIN).verifier)


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


def test_bundle_verifies_with_python_alone_and_the_key_that_is_named(elsewhere: Path, terminal: Terminal) -> None:
    named, unnamed = verify(elsewhere, "--key", key_of(terminal)), verify(elsewhere)

    assert (named.returncode, named.stderr) == (0, "")
    assert "Đúng: " in named.stdout
    assert unnamed.returncode == 3
    assert "chưa biết của ai" in unnamed.stdout


def test_the_command_and_the_verifier_apart_say_the_same(elsewhere: Path, terminal: Terminal) -> None:
    said = terminal.done("evidence", "verify", BUNDLE, "--key", key_of(terminal))

    assert said == verify(elsewhere, "--key", key_of(terminal)).stdout


def test_the_digest_of_the_verifier_is_told(elsewhere: Path, terminal: Terminal) -> None:
    digest = hashlib.sha256((elsewhere / "verify.pyz").read_bytes()).hexdigest()

    assert digest in terminal.done("evidence", "verifier", "again.pyz")


@pytest.mark.usefixtures("elsewhere")
def test_a_bundle_without_names_holds_none(terminal: Terminal) -> None:
    terminal.done("evidence", "export", "không tên.zip")

    with ZipFile(terminal.folder / "không tên.zip") as bundle:
        everything = b"".join(bundle.read(name) for name in bundle.namelist()).decode()
    assert "Văn Một" not in everything
    assert "SKHCN-0" not in everything
    assert terminal.run("evidence", "verify", "không tên.zip", "--key", key_of(terminal)).exit_code == 0


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
        ("entries.jsonl", lambda content: b"{" + content.partition(b"\n{")[2], "bị thiếu"),
        ("entries.jsonl", swap_lines, "sai thứ tự"),
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
    assert finding in result.stdout


def test_altered_revision_is_found(elsewhere: Path) -> None:
    with ZipFile(elsewhere / BUNDLE) as bundle:
        name = next(entry for entry in bundle.namelist() if entry.startswith("revisions/"))
    alter(elsewhere, name, lambda content: content + b" ")

    result = verify(elsewhere)

    assert result.returncode == 1
    assert "không khớp mã đối chiếu" in result.stdout


def test_bundle_of_a_rewritten_ledger_is_found_by_a_checkpoint_kept_elsewhere(
    elsewhere: Path, terminal: Terminal
) -> None:
    """Whoever holds the key can rewrite everything; only what left the machine before gives it away."""
    kept = terminal.run("ledger", "checkpoint").stdout
    (elsewhere / "moc.txt").write_text(kept, "utf-8")
    (terminal.folder / "data" / "campaign.sqlite3").unlink()
    terminal.done("init", "--title", "Sổ viết lại")
    (terminal.folder / BUNDLE).unlink()
    terminal.done("evidence", "export", BUNDLE)
    (elsewhere / BUNDLE).write_bytes((terminal.folder / BUNDLE).read_bytes())

    key = key_of(terminal)
    alone, with_checkpoint = verify(elsewhere, "--key", key), verify(elsewhere, "--key", key, "--checkpoint", "moc.txt")

    assert alone.returncode == 0
    assert with_checkpoint.returncode == 1
    assert "sổ chỉ có" in with_checkpoint.stdout


def test_bundle_signed_by_another_key_is_found(elsewhere: Path) -> None:
    other = "example.vn/so+00000000+" + "A" * 44

    result = verify(elsewhere, "--key", other)

    assert result.returncode == 1


def test_same_ledger_gives_the_same_bundle(terminal: Terminal, elsewhere: Path) -> None:
    terminal.done("evidence", "export", "lan-hai.zip", "--with-names")

    assert (terminal.folder / "lan-hai.zip").read_bytes() == (elsewhere / BUNDLE).read_bytes()


def test_a_witness_that_is_gone_is_told_and_the_bundle_is_made(terminal: Terminal) -> None:
    terminal.build()
    terminal.done("init", "--sample")
    witness = key_named("nhân chứng", "nhan-chung.example/1").verifier.cosigner
    (terminal.folder / "data/nhan-chung.txt").write_text(
        f"witness w {witness} http://127.0.0.1:9/\nquorum w\n", "utf-8"
    )

    result = terminal.run("evidence", "export", BUNDLE)

    assert (result.exit_code, result.stderr) == (0, "Chưa cùng ký: nhân chứng w: không nối được\n")
    assert (terminal.folder / BUNDLE).exists()
