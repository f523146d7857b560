"""The stand-alone verifier of an evidence bundle, ``python3 -I verify.pyz BUNDLE.zip``; it needs Python alone."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from campaign.core.ledger.audit import Audit
from campaign.core.ledger.entry import Entry, Kind, Personal, entry_from_leaf
from campaign.core.ledger.erasure import Erasures, erasure_from_facts
from campaign.core.ledger.note import verifier_from_text
from campaign.core.ledger.policy import Policy, policy_from_text
from campaign.core.ledger.verdict import Verdict
from campaign.core.post import digest_of
from campaign.report.bundle import CHECKPOINTS_FOLDER, ENTRIES_FILE, FILES_FOLDER, KEY_FILE, REVISIONS_FOLDER, Readable

LINE_BYTES = 16 * 1024 * 1024
SHOW_EVERY = 100_000
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError)


def main(arguments: Sequence[str] | None = None) -> None:
    """Verify the bundle that the command line names; exit code 0 right, 1 wrong, 3 consistent but nobody vouches."""
    parser = argparse.ArgumentParser(description="Kiểm chứng gói bằng chứng của sổ ghi nhận.")
    parser.add_argument("bundle", metavar="GÓI.zip", type=Path)
    parser.add_argument("--checkpoint", metavar="TỆP", type=Path, action="append", default=[], help="mốc đang giữ")
    parser.add_argument("--key", metavar="KHOÁ", help="khoá công khai in trên báo cáo, hoặc tệp khoá của cơ quan")
    given = parser.parse_args(arguments)
    try:
        notes = [file.read_bytes().replace(b"\r\n", b"\n") for file in given.checkpoint]
        policy = read_policy(given.key) if given.key else None
        verdict = verify_bundle(given.bundle, policy, notes)
    except (OSError, BadZipFile, EOFError, *UNREADABLE) as error:
        print(f"Không đọc được gói hoặc tệp kèm theo: {error}", file=sys.stderr)  # noqa: T201 -- a command talks
        sys.exit(1)
    for line in verdict.to_lines():
        print(line)  # noqa: T201 -- the same
    sys.exit(verdict.answer)


def read_policy(typed: str) -> Policy:
    """Return the policy that *typed* is, a public key, or that the file of that name holds.

    Raises:
        ValueError: It is neither.
        OSError: The file cannot be read.
    """
    try:
        return policy_from_text(typed)
    except ValueError:
        if not Path(typed).is_file():
            raise
        return policy_from_text(Path(typed).read_text("utf-8"))


def verify_bundle(path: Path, policy: Policy | None, notes: Sequence[bytes] = ()) -> Verdict:
    """Check every file of a bundle.

    Args:
        path: The bundle.
        policy: Whom the verifier trusts, or nothing.
        notes: Signed checkpoints that were kept elsewhere.

    Raises:
        BadZipFile: The file is no bundle; so with the others that reading a broken file raises.
    """
    with ZipFile(path) as bundle:
        return _Examination(bundle, policy, notes).run()


class _Examination:
    """One look at one bundle."""

    def __init__(self, bundle: ZipFile, policy: Policy | None, notes: Sequence[bytes]) -> None:
        names = bundle.namelist()
        self._bundle = bundle
        self._unread = set(names)
        self._double = sorted(name for name, count in Counter(map(str.casefold, names)).items() if count > 1)
        self._kept = {name: self._read(name) for name in sorted(names) if name.startswith(CHECKPOINTS_FOLDER)}
        self._named = False
        erasures = self._look_through()
        self._audit = Audit(policy, [*self._kept.values(), *notes], erasures, named=self._named)
        self._readable: Readable | None = Readable()

    def run(self) -> Verdict:
        """Go through the entries, then compare every other file with what they give."""
        confirmed: dict[tuple[object, ...], int] = {}
        for leaf_data, personal in self._entries():
            try:
                entry = entry_from_leaf(leaf_data)
                facts = json.loads(entry.facts)
            except UNREADABLE:
                self._audit.skip()
                self._readable = None
                continue
            self._audit.take(entry, facts, personal)
            self._check_once(confirmed, entry, facts)
            self._gather(entry, facts, personal)
            if self._audit.size % SHOW_EVERY == 0:
                print(f"… {self._audit.size} dòng ghi", file=sys.stderr)  # noqa: T201 -- progress on a long run
        revisions = {name for name in self._unread if name.startswith(REVISIONS_FOLDER)}
        documents = {name.removeprefix(REVISIONS_FOLDER): self._read(name) for name in sorted(revisions)}
        self._compare_files()
        return self._audit.finish(documents)

    def _look_through(self) -> Erasures:
        """Read which fields were erased, and whether any are there, before the entries are judged."""
        erasures = []
        for sequence, (leaf_data, personal) in enumerate(self._entries(), 1):
            self._named = self._named or personal is not None
            if Kind.PERSONAL_ERASED.value.encode() in leaf_data:
                entry = json.loads(leaf_data)
                if entry["kind"] == Kind.PERSONAL_ERASED:
                    erasures.append(erasure_from_facts(sequence, entry["facts"]))
        self._unread.discard(ENTRIES_FILE)
        return Erasures(erasures)

    def _entries(self) -> Iterator[tuple[bytes, Personal | None]]:
        with self._bundle.open(ENTRIES_FILE) as file:
            while line := file.readline(LINE_BYTES):
                fields = json.loads(line)
                kept = fields["personal"]
                personal = Personal(bytes.fromhex(kept["salt"]), kept["payload"].encode()) if kept else None
                yield fields["entry"].encode(), personal

    def _check_once(self, confirmed: dict[tuple[object, ...], int], entry: Entry, facts: Mapping[str, Any]) -> None:
        """One person confirms one revision once; only what the Office withdrew can be confirmed again."""
        if entry.kind is Kind.WITHDRAWAL:
            for key in [key for key, sequence in confirmed.items() if sequence == facts.get("withdraws")]:
                del confirmed[key]
        if entry.kind is Kind.CONFIRMATION:
            key = (facts.get("post"), facts.get("revision"), facts.get("member"))
            if key in confirmed:
                self._audit.find(f"dòng ghi {entry.sequence}: xác nhận đã có ở dòng {confirmed[key]}")
            confirmed.setdefault(key, entry.sequence)

    def _gather(self, entry: Entry, facts: Mapping[str, Any], personal: Personal | None) -> None:
        if self._readable is not None:
            try:
                self._readable.take(entry, facts, json.loads(personal.payload) if personal else {})
            except UNREADABLE:
                self._audit.find(f"dòng ghi {entry.sequence}: thiếu nội dung của loại dòng này")
                self._readable = None

    def _compare_files(self) -> None:
        """Find files that are double, missing, unknown, or not what the entries give."""
        for name in self._double:
            self._audit.find(f"gói có hai tệp cùng tên {name}")
        for name, note in self._kept.items():
            size = note.split(b"\n", 2)[1:2]
            if not size or name != f"{CHECKPOINTS_FOLDER}{size[0].decode(errors='replace'):0>9}.txt":
                self._audit.find(f"tệp {name}: tên không khớp mốc kiểm chứng trong đó")
        if self._readable is not None:
            self._compare_readable(self._readable)
            self._compare_shown(self._readable)
        for name in sorted(self._unread):
            self._audit.find(f"gói có tệp lạ: {name}")

    def _compare_readable(self, readable: Readable) -> None:
        key = verifier_from_text(self._read(KEY_FILE).decode())
        present = set(self._bundle.namelist())
        for name, content in readable.write(key, list(self._kept.values())):
            if name not in present:
                self._audit.find(f"gói thiếu tệp {name}")
            elif self._read(name) != content:
                self._audit.find(f"tệp {name}: không phải nội dung lập từ các dòng ghi")

    def _compare_shown(self, readable: Readable) -> None:
        """Every file that readers were shown with a revision is here, byte for byte."""
        present = set(self._bundle.namelist())
        for digest, words in readable.files.items():
            name = FILES_FOLDER + digest
            if name not in present:
                self._audit.find(f"gói thiếu tệp đã cho xem: {words}")
            elif digest_of(self._read(name)) != digest:
                self._audit.find(f"tệp {name}: không phải tệp đã cho xem: {words}")

    def _read(self, name: str) -> bytes:
        self._unread.discard(name)
        return self._bundle.read(name)
