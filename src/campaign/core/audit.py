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
        self._roots: dict[int, set[bytes]] = {}
        for note in notes:
            self._add_checkpoint(verifier, note)

    def take(self, leaf_data: bytes, personal: Personal | None) -> None:
        """Take the next entry: the bytes that its leaf hashes, and its personal fields unless they were erased."""
        self._frontier, _ = merkle.grow(self.size, self._frontier, [merkle.hash_leaf(leaf_data)])
        self.size += 1
        try:
            self._check_entry(json.loads(leaf_data), personal)
        except (ValueError, KeyError, TypeError, AttributeError):
            self._find(f"dòng ghi {self.size}: không đọc được")
        self._check_root()

    def finish(self, documents: Mapping[str, bytes]) -> list[str]:
        """Return what is wrong, in Vietnamese, a line each.

        Args:
            documents: The revisions' documents by file name, as ``thong-bao-485.1.json``.
        """
        for size in sorted(size for size in self._roots if size > self.size):
            self._find(f"mốc kiểm chứng {size}: sổ chỉ có {self.size} dòng ghi")
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
        if entry["kind"] == Kind.PERSONAL_ERASED:
            self._erasures.append(Erasure(self.size, facts.get("member")))

    def _check_root(self) -> None:
        roots = self._roots.get(self.size)
        if roots and roots != {merkle.root_of_frontier(self._frontier)}:
            self._find(f"mốc kiểm chứng {self.size}: {self.size} dòng ghi đầu đã bị thay đổi")

    def _add_checkpoint(self, verifier: Verifier, note: bytes) -> None:
        try:
            checkpoint = verifier.read(note)
        except ValueError:
            first = note.decode(errors="replace").split("\n")
            self._find(f"mốc kiểm chứng {first[1] if len(first) > 1 else '?'}: chữ ký không đúng")
            return
        self._roots.setdefault(checkpoint.size, set()).add(checkpoint.root)

    def _find(self, finding: str) -> None:
        if len(self._findings) < FINDINGS_AT_MOST:
            self._findings.append(finding)
