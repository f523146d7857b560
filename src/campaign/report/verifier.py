"""The stand-alone verifier of an evidence bundle, ``python3 verify.pyz BUNDLE.zip``: the standard library suffices."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from campaign.core.audit import Audit
from campaign.core.entry import Personal
from campaign.core.note import Verifier, verifier_from_text

ENTRIES_FILE = "entries.jsonl"
KEY_FILE = "public-key.txt"
CHECKPOINTS_FOLDER = "checkpoints/"
REVISIONS_FOLDER = "revisions/"
LINE_BYTES = 16 * 1024 * 1024
SHOW_EVERY = 100_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Verify the bundle that the command line names; exit code 0 when it holds, 1 when it does not."""
    parser = argparse.ArgumentParser(description="Kiểm chứng gói bằng chứng của sổ ghi nhận.")
    parser.add_argument("bundle", metavar="GÓI.zip", type=Path)
    parser.add_argument("--checkpoint", metavar="TỆP", type=Path, action="append", default=[], help="mốc đang giữ")
    parser.add_argument("--key", metavar="KHOÁ", help="khoá công khai in trên báo cáo; mặc định lấy trong gói")
    given = parser.parse_args(arguments)
    try:
        notes = [file.read_bytes() for file in given.checkpoint]
        with ZipFile(given.bundle) as bundle:
            verifier = verifier_from_text(given.key or bundle.read(KEY_FILE).decode())
            findings, size = verify_bundle(bundle, verifier, notes)
    except (OSError, BadZipFile, KeyError, ValueError, EOFError) as error:
        sys.exit(f"Không đọc được gói hoặc tệp kèm theo: {error}")
    print(f"Khoá công khai: {verifier}")  # noqa: T201 - a command talks to the terminal
    if findings:
        sys.exit("Gói bằng chứng KHÔNG đúng:\n" + "\n".join(f"- {finding}" for finding in findings))
    print(f"Gói bằng chứng đúng: {size} dòng ghi, gốc cây khớp mọi mốc kiểm chứng.")  # noqa: T201 - the same


def verify_bundle(bundle: ZipFile, verifier: Verifier, notes: list[bytes]) -> tuple[list[str], int]:
    """Check entries, personal fields, revisions and checkpoints of a bundle.

    Args:
        bundle: The open bundle.
        verifier: The key that signed its checkpoints.
        notes: Signed checkpoints that were kept elsewhere.

    Returns:
        What is wrong, in Vietnamese, a line each, and the number of entries.
    """
    kept = [bundle.read(name) for name in sorted(bundle.namelist()) if name.startswith(CHECKPOINTS_FOLDER)]
    audit = Audit(verifier, [*kept, *notes])
    for leaf_data, personal in _read_entries(bundle):
        audit.take(leaf_data, personal)
        if audit.size % SHOW_EVERY == 0:
            print(f"… {audit.size} dòng ghi", file=sys.stderr)  # noqa: T201 - progress on a long run
    names = [name for name in bundle.namelist() if name.startswith(REVISIONS_FOLDER)]
    findings = audit.finish({name.removeprefix(REVISIONS_FOLDER): bundle.read(name) for name in names})
    return findings, audit.size


def _read_entries(bundle: ZipFile) -> Iterator[tuple[bytes, Personal | None]]:
    with bundle.open(ENTRIES_FILE) as file:
        while line := file.readline(LINE_BYTES):
            fields = json.loads(line)
            kept = fields["personal"]
            personal = Personal(bytes.fromhex(kept["salt"]), kept["payload"].encode()) if kept else None
            yield fields["entry"].encode(), personal
