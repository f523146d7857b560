"""An audit: the entries of a ledger taken one by one and all that is said of them checked, without keeping them.

These are the rules of every verifier: of the ledger in its database, of an evidence bundle far from it. An audit
demands. It calls a ledger right only up to the last entry that a checkpoint reaches which a key signed that whoever
verifies has named; what it could not check, it says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from campaign.core.clock import format_instant
from campaign.core.ledger import merkle
from campaign.core.ledger.checkpoint import Checkpoint, checkpoint_from_note
from campaign.core.ledger.entry import SALT_BYTES, STEP_BACK_AT_MOST, Entry, Kind, Personal
from campaign.core.ledger.erasure import Erasures
from campaign.core.ledger.keyring import (
    Keyring,
    NoteRefusedError,
    Revocation,
    Rotation,
    Sealed,
    revocation_from_facts,
    rotation_from_facts,
)
from campaign.core.ledger.note import read_note
from campaign.core.ledger.policy import Policy
from campaign.core.ledger.verdict import Verdict
from campaign.core.post import digest_of

FINDINGS_AT_MOST = 100
"""One deletion shifts all that follows: no one reads a million lines that say so."""


class Audit:
    """Checks a ledger from its entries in order.

    Attributes:
        size: How many entries were taken.
        frontier: The roots of the complete subtrees over them.
        findings: What was found wrong so far.
    """

    def __init__(
        self, policy: Policy | None, notes: Sequence[bytes], erasures: Erasures, *, named: bool = True
    ) -> None:
        """Begin with an empty ledger.

        Args:
            policy: Whom whoever verifies trusts, or nothing.
            notes: Every signed checkpoint that the ledger must agree with.
            erasures: What was erased, as its entries say.
            named: Whether the personal fields are there; false for evidence that was given out without them.
        """
        self.size = 0
        self.frontier: tuple[bytes, ...] = ()
        self.findings: list[str] = []
        self._policy = policy
        self._notes = notes
        self._sizes = {_size_of(note) for note in notes}
        self._roots = {0: merkle.EMPTY_ROOT}
        self._erasures = erasures
        self._named = named
        self._last = 0
        self._newest: Entry | None = None
        self._latest: Entry | None = None
        self._digests: dict[str, str] = {}
        self._erased_by: list[int] = []
        self._rotations: list[Rotation] = []
        self._revocations: list[Revocation] = []
        self._first_key: str | None = None
        self._is_sample = False

    def take(
        self, entry: Entry, facts: Mapping[str, Any], personal: Personal | None, stored: bytes | None = None
    ) -> list[merkle.Node]:
        """Take the next entry.

        Args:
            entry: The entry.
            facts: Its fields, read.
            personal: Its personal fields, unless they were erased or it has none.
            stored: The leaf hash that is kept beside it, where one is.

        Returns:
            The inner nodes of the tree that the entry completes.
        """
        leaf = entry.leaf_hash
        self.frontier, nodes = merkle.grow(self.size, self.frontier, [leaf])
        self.size += 1
        if self.size in self._sizes:
            self._roots[self.size] = merkle.root_of_frontier(self.frontier)
        if entry.sequence != self._last + 1:
            self.find(f"dòng ghi {self._last + 1}: bị thiếu hoặc sai thứ tự (gặp số {entry.sequence})")
        self._last = entry.sequence
        if stored is not None and stored != leaf:
            self.find(f"dòng ghi {entry.sequence}: nội dung không khớp mã băm")
        self._check_time(entry)
        self._check_personal(entry, personal)
        try:
            self._note_meaning(entry, facts)
        except (ValueError, KeyError, TypeError, AttributeError):
            self.find(f"dòng ghi {entry.sequence}: không đọc được")
        return nodes

    def skip(self) -> None:
        """Take an entry that cannot be read at all; no checkpoint over it can be right any more."""
        self.frontier, _ = merkle.grow(self.size, self.frontier, [b""])
        self.size += 1
        self._last += 1
        self.find(f"dòng ghi {self._last}: không đọc được")

    def find(self, finding: str) -> None:
        """Note what is wrong."""
        if len(self.findings) < FINDINGS_AT_MOST:
            self.findings.append(finding)

    def finish(self, documents: Mapping[str, bytes] | None = None) -> Verdict:
        """Check what only the whole ledger tells, and return the verdict.

        Args:
            documents: The revisions' documents by file name, as ``thong-bao-485.1.json``; nothing where they are read
                from the entries themselves.
        """
        found = self._check_keys()
        enough = [sealed for sealed in found if self._policy and self._policy.is_quorum(sealed.witnesses)]
        largest, sealed = (max(some, key=_reach, default=None) for some in (found, enough))
        if self._policy is not None:
            for sequence in self._erased_by:
                if sealed is None or sequence > _reach(sealed):
                    self.find(f"dòng ghi {sequence}: xoá thông tin cá nhân mà không có mốc đã ký nào bao gồm")
        if documents is not None:
            for name in sorted(self._digests.keys() | documents.keys()):
                if name not in documents or self._digests.get(name) != digest_of(documents[name]):
                    self.find(f"phiên bản {name}: nội dung không khớp mã đối chiếu trong sổ")
        unwitnessed = largest if largest and (sealed is None or _reach(largest) > _reach(sealed)) else None
        last_at = self._latest.at if self._latest else None
        return Verdict(tuple(self.findings), self.size, sealed, self._policy, last_at, unwitnessed)

    def _check_time(self, entry: Entry) -> None:
        """An entry is not dated before those before it; if it were, somebody late could be made to look in time."""
        newest = self._newest
        if not self._is_sample and newest is not None and newest.at - entry.at > STEP_BACK_AT_MOST:
            self.find(
                f"dòng ghi {entry.sequence}: ghi lúc {format_instant(entry.at)}, "
                f"trước dòng {newest.sequence} ({format_instant(newest.at)})"
            )
        if newest is None or entry.at > newest.at:
            self._newest = entry
        self._latest = entry

    def _check_personal(self, entry: Entry, personal: Personal | None) -> None:
        if personal is not None and (len(personal.salt) != SALT_BYTES or personal.digest != entry.personal_digest):
            self.find(f"dòng ghi {entry.sequence}: thông tin cá nhân không khớp mã băm")
        if entry.personal_digest is None or not self._named:
            return
        is_erased = self._erasures.cover(entry.sequence, entry.facts)
        if personal is None and not is_erased:
            self.find(f"dòng ghi {entry.sequence}: thông tin cá nhân bị mất mà không có dòng ghi xoá")
        if personal is not None and is_erased:
            self.find(f"dòng ghi {entry.sequence}: thông tin cá nhân vẫn còn, dù đã có dòng ghi xoá")

    def _note_meaning(self, entry: Entry, facts: Mapping[str, Any]) -> None:
        match entry.kind:
            case Kind.CAMPAIGN_OPENED if self.size == 1:
                self._first_key = facts.get("key")
                self._is_sample = facts["sample"]
            case Kind.REVISION_PUBLISHED:
                self._digests[f"{facts['post']}.{facts['revision']}.json"] = facts["digest"]
            case Kind.KEY_ROTATED:
                self._rotations.append(rotation_from_facts(entry.sequence, facts))
            case Kind.KEY_REVOKED:
                self._revocations.append(revocation_from_facts(entry.sequence, facts))
            case Kind.PERSONAL_ERASED:
                self._erased_by.append(entry.sequence)

    def _check_keys(self) -> list[Sealed]:
        """Check rotations and checkpoints, and return the checkpoints that a key of the ledger vouches for."""
        for rotation in self._rotations:
            if not rotation.is_endorsed or (rotation.acceptance and not rotation.is_accepted):
                self.find(f"dòng ghi {rotation.sequence}: thay khoá mà hai khoá không xác nhận nhau")
        if self._policy is None:
            self._compare_unsigned()
            return []
        # What the trusted key itself signed decides how far back it leads; only then the other keys' notes are read.
        alone = self._read_notes(self._policy.keyring(self._rotations, self._revocations), quietly=True)
        vouched = max((_reach(sealed) for sealed in alone if sealed.verifier == self._policy.trusted), default=0)
        keyring = self._policy.keyring(self._rotations, self._revocations, vouched)
        for rotation in keyring.unfollowed:
            self.find(f"dòng ghi {rotation.sequence}: thay khoá không có chữ ký của khoá đang tin")
        first = str(keyring.terms[0].verifier)
        if self._first_key not in {None, first}:
            self.find(f"dòng ghi 1: sổ này là sổ của khoá {self._first_key}")
        return self._read_notes(keyring)

    def _read_notes(self, keyring: Keyring, *, quietly: bool = False) -> list[Sealed]:
        """Return the checkpoints that a key of the ledger signed and that the entries agree with."""
        found = []
        for note in self._notes:
            try:
                sealed = keyring.read(note)
                self._compare(sealed.checkpoint)
                cosigned = self._policy.cosigned(note) if self._policy else ()
                found.append(replace(sealed, witnesses=tuple(cosigned)))
            except NoteRefusedError as refusal:
                if not quietly:
                    self.find(f"mốc kiểm chứng {_size_of(note)}: {refusal}")
        return found

    def _compare_unsigned(self) -> None:
        """Compare what the checkpoints say with the entries, where nobody's signature is trusted."""
        for note in self._notes:
            try:
                self._compare(checkpoint_from_note(read_note(note).text))
            except NoteRefusedError as refusal:
                self.find(f"mốc kiểm chứng {_size_of(note)}: {refusal}")
            except ValueError:
                self.find(f"mốc kiểm chứng {_size_of(note)}: không đọc được")

    def _compare(self, checkpoint: Checkpoint) -> None:
        if checkpoint.size > self.size:
            message = f"sổ chỉ có {self.size} dòng ghi"
            raise NoteRefusedError(message)
        if checkpoint.root != self._roots.get(checkpoint.size):
            message = f"{checkpoint.size} dòng ghi đầu đã bị thay đổi"
            raise NoteRefusedError(message)


def _reach(sealed: Sealed) -> int:
    return sealed.checkpoint.size


def _size_of(note: bytes) -> int:
    """Return the size that a note claims, before anyone has checked it; 0 when it claims none."""
    claimed = note.split(b"\n", 2)[1:2]
    digits = claimed[0].decode(errors="replace") if claimed else ""
    return int(digits) if digits.isdecimal() else 0
