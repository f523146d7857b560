"""Receipts, keys and checkpoints, checked by a program of Go's own packages for signed notes and transparency logs."""

import subprocess
from pathlib import Path

import pytest

from tests.core.ledger.test_receipt import KEY, RECEIPT, make_receipt
from tests.rigs.go_programs import build_program


@pytest.fixture(scope="module")
def check(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, built from Debian's packages alone."""
    return build_program("check", tmp_path_factory.mktemp("go"))


def run(check: Path, folder: Path, proof: bytes, entry: bytes) -> subprocess.CompletedProcess[str]:
    (folder / "p.tlog-proof").write_bytes(proof)
    (folder / "entry").write_bytes(entry)
    command = [str(check), str(KEY), str(folder / "p.tlog-proof"), str(folder / "entry")]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_another_program_accepts_our_proof(check: Path, tmp_path: Path) -> None:
    done = run(check, tmp_path, RECEIPT.to_tlog_proof(), RECEIPT.leaf_data)

    assert (done.stdout, done.stderr) == ("record 5 of 11\n", "")


@pytest.mark.parametrize(
    ("proof", "entry"),
    [
        (RECEIPT.to_tlog_proof(), RECEIPT.leaf_data.replace(b"T16:59:59", b"T15:59:59")),
        (RECEIPT.to_tlog_proof().replace(b"index 5", b"index 4"), RECEIPT.leaf_data),
        (RECEIPT.to_tlog_proof().replace(b"\n11\n", b"\n12\n"), RECEIPT.leaf_data),
        (make_receipt(12).to_tlog_proof().replace(b"index 5", b"index 7"), RECEIPT.leaf_data),
    ],
    ids=["entry", "index", "size", "another place"],
)
def test_another_program_refuses_what_was_altered(check: Path, tmp_path: Path, proof: bytes, entry: bytes) -> None:
    assert run(check, tmp_path, proof, entry).returncode == 1
