"""An audit: entries taken one by one, and everything said of them checked, without keeping them.

It is what an auditor runs on an evidence bundle, far from the database.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from campaign.core import merkle
from campaign.core.entry import SALT_BYTES, Kind, Personal, to_payload
from campaign.core.erasure import Erasure, Erasures
from campaign.core.note import Verifier
from campaign.core.post import digest_of
from campaign.core.rotation import Keyring, Rotation, rotation_from_facts

FINDINGS_AT_MOST = 100
"""One deletion shifts all that follows: no one reads a million lines that say so."""


class Audit:
    """Checks a ledger from its entries in order.

    Attributes:
        size: How many entries were taken.
    """

    def __init__(self, verifier: Verifier, notes: Sequence[bytes]) -> None:
        """Begin with an empty ledger.

        Args:
            verifier: The key of the ledger.
            notes: Every signed checkpoint that the ledger must agree with.
        """
        self.size = 0
        self._frontier: tuple[bytes, ...] = ()
        self._findings: list[str] = []
        self._digests: dict[str, str] = {}
        self._bare: dict[int, bytes] = {}
        self._erasures: list[Erasure] = []
        self._rotations: list[Rotation] = []
        self._verifier = verifier
        self._notes = notes
        self._roots: dict[int, bytes] = {}
        self._sizes = {_size_of(note) for note in notes}

    def take(self, leaf_data: bytes, personal: Personal | None) -> None:
        """Take the next entry: the bytes that its leaf hashes, and its personal fields unless they were erased."""
        self._frontier, _ = merkle.grow(self.size, self._frontier, [merkle.hash_leaf(leaf_data)])
        self.size += 1
        try:
            self._check_entry(json.loads(leaf_data), personal)
        except (ValueError, KeyError, TypeError, AttributeError):
            self._find(f"dòng ghi {self.size}: không đọc được")
        if self.size in self._sizes:
            self._roots[self.size] = merkle.root_of_frontier(self._frontier)

    def finish(self, documents: Mapping[str, bytes]) -> list[str]:
        """Return what is wrong, in Vietnamese, a line each.

        Args:
            documents: The revisions' documents by file name, as ``thong-bao-485.1.json``.
        """
        keyring = Keyring(self._verifier, self._rotations)
        for note in self._notes:
            self._check_note(keyring, note)
        erasures = Erasures(self._erasures)
        for sequence, facts in self._bare.items():
            if not erasures.cover(sequence, facts):
                self._find(f"dòng ghi {sequence}: thông tin cá nhân bị mất mà không có dòng ghi xoá")
        for name in sorted(self._digests.keys() | documents.keys()):
            if name not in documents or self._digests.get(name) != digest_of(documents[name]):
                self._find(f"phiên bản {name}: nội dung không khớp mã đối chiếu trong sổ")
        return self._findings

    def _check_entry(self, entry: Mapping[str, Any], personal: Personal | None) -> None:
        facts = entry["facts"]
        if entry["sequence"] != self.size:
            self._find(f"dòng ghi {self.size}: mang số {entry['sequence']}")
        is_wrong = personal and (len(personal.salt) != SALT_BYTES or personal.digest.hex() != entry["personal"])
        if is_wrong:
            self._find(f"dòng ghi {self.size}: thông tin cá nhân không khớp mã băm")
        if personal is None and entry["personal"] is not None:
            self._bare[self.size] = to_payload(facts)
        if entry["kind"] == Kind.REVISION_PUBLISHED:
            self._digests[f"{facts['post']}.{facts['revision']}.json"] = facts["digest"]
        if entry["kind"] == Kind.KEY_ROTATED:
            self._rotations.append(rotation_from_facts(facts))
            if not self._rotations[-1].is_endorsed:
                self._find(f"dòng ghi {self.size}: khoá cũ không xác nhận khoá mới")
        if entry["kind"] == Kind.PERSONAL_ERASED:
            self._erasures.append(Erasure(self.size, facts.get("member")))

    def _check_note(self, keyring: Keyring, note: bytes) -> None:
        try:
            checkpoint = keyring.read(note)
        except ValueError:
            first = note.decode(errors="replace").split("\n")
            self._find(f"mốc kiểm chứng {first[1] if len(first) > 1 else '?'}: chữ ký không đúng")
            return
        if checkpoint.size > self.size:
            self._find(f"mốc kiểm chứng {checkpoint.size}: sổ chỉ có {self.size} dòng ghi")
        elif checkpoint.root != self._roots.get(checkpoint.size, merkle.EMPTY_ROOT):
            self._find(f"mốc kiểm chứng {checkpoint.size}: {checkpoint.size} dòng ghi đầu đã bị thay đổi")

    def _find(self, finding: str) -> None:
        if len(self._findings) < FINDINGS_AT_MOST:
            self._findings.append(finding)


def _size_of(note: bytes) -> int:
    """Return the size that a note claims, before anyone has checked it; 0 when it claims none."""
    _, _, rest = note.partition(b"\n")
    claimed = rest.partition(b"\n")[0].decode(errors="replace")
    return int(claimed) if claimed.isdecimal() else 0
