"""The keys of one ledger: which of them counts for which checkpoints, seen from the one key that somebody trusts.

A rotation is signed by both keys. So whoever trusts the old key can go on to the new one, and whoever trusts the new
key knows that it took the old one's place; a key counts from its rotation's entry up to that of the next. An entry may
revoke a key that leaked, from some earlier size on.
"""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from campaign.core.ledger.checkpoint import Checkpoint
from campaign.core.ledger.ed25519 import verify_signature
from campaign.core.ledger.note import SignedNote, Verifier, read_note, verifier_from_text


@dataclass(frozen=True, slots=True)
class Rotation:
    """A new key takes the place of the old one.

    Attributes:
        sequence: The entry that says so: checkpoints of this size and more are signed by the new key.
        endorsement: The old key's signature of `text`.
        acceptance: The new key's signature of `text`; empty in ledgers of before 0.3.
    """

    sequence: int
    old: Verifier
    new: Verifier
    endorsement: bytes
    acceptance: bytes = b""

    @property
    def text(self) -> bytes:
        """What both keys sign."""
        return rotation_text(self.old, self.new)

    @property
    def is_endorsed(self) -> bool:
        """Whether the old key vouches for the new one."""
        return verify_signature(self.old.public, self.text, self.endorsement)

    @property
    def is_accepted(self) -> bool:
        """Whether the new key agrees to follow the old one."""
        return verify_signature(self.new.public, self.text, self.acceptance)

    def to_facts(self) -> dict[str, object]:
        """Return what the ledger's entry says."""
        signatures = {"endorsement": self.endorsement, "acceptance": self.acceptance}
        encoded = {name: base64.b64encode(signature).decode() for name, signature in signatures.items() if signature}
        return {"old": str(self.old), "new": str(self.new), **encoded}


@dataclass(frozen=True, slots=True)
class Revocation:
    """A key counts for no checkpoint of size *from_size* or more: it leaked."""

    sequence: int
    key: Verifier
    from_size: int


@dataclass(frozen=True, slots=True)
class Term:
    """A key and the sizes of the checkpoints for which it counts, both included; *last* is nothing while it serves."""

    verifier: Verifier
    first: int = 0
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Sealed:
    """A checkpoint with who signed it.

    Attributes:
        verifier: The key of the ledger that signed it.
        at: When, by that key's own cosignature; notes of before 0.3 have no time.
        witnesses: The names of those who cosigned it.
    """

    checkpoint: Checkpoint
    verifier: Verifier
    at: datetime | None
    witnesses: tuple[str, ...] = ()


class NoteRefusedError(ValueError):
    """A signed note that does not count; its text says why, in Vietnamese."""


class Keyring:
    """The terms of the keys that a trusted key leads to.

    Attributes:
        trusted: The key that whoever verifies has named.
        terms: Its own term and those that rotations lead to, in their order.
        followed: The rotations that led to them, in order.
        unfollowed: The rotations that lead to none of them: somebody else's.
    """

    def __init__(
        self,
        trusted: Verifier,
        rotations: Iterable[Rotation] = (),
        revocations: Iterable[Revocation] = (),
        vouched: int = 0,
    ) -> None:
        """Follow the rotations from *trusted*, forward and backward.

        Args:
            trusted: The key that whoever verifies has named.
            rotations: Those of the ledger, in their order.
            revocations: Those of the ledger.
            vouched: Up to which entry a checkpoint of the trusted key reaches: the old rotations that only the old key
                signed lead backward from there.
        """
        self.trusted = trusted
        terms = [Term(trusted)]
        known, self.followed = list(rotations), list[Rotation]()
        for rotation in known:
            if rotation.old == terms[-1].verifier and rotation.is_endorsed and rotation.sequence > terms[-1].first:
                terms[-1:] = [replace(terms[-1], last=rotation.sequence - 1), Term(rotation.new, rotation.sequence)]
                self.followed.append(rotation)
        for rotation in reversed(known):
            is_agreed = rotation.is_accepted or (not rotation.acceptance and rotation.sequence <= vouched)
            is_before = rotation.sequence <= (terms[0].last or rotation.sequence)
            if rotation.new == terms[0].verifier and rotation.is_endorsed and is_agreed and is_before:
                terms[:1] = [Term(rotation.old, last=rotation.sequence - 1), replace(terms[0], first=rotation.sequence)]
                self.followed.insert(0, rotation)
        self.unfollowed = [rotation for rotation in known if rotation not in self.followed]
        ends = {revocation.key: revocation.from_size - 1 for revocation in revocations}
        self.terms: Sequence[Term] = [_end(term, ends.get(term.verifier)) for term in terms]

    def read(self, note: bytes) -> Sealed:
        """Return the checkpoint in a signed note, with the key that signed it.

        Raises:
            NoteRefusedError: It is no signed note, no key of the ledger signed it, or one whose term does not reach it.
        """
        for term in self.terms:
            try:
                checkpoint = term.verifier.read(note)
            except ValueError:
                continue
            if checkpoint.origin != term.verifier.origin:
                continue
            if term.last is not None and checkpoint.size > term.last:
                message = f"khoá ký mốc này chỉ có giá trị đến dòng {term.last}"
                raise NoteRefusedError(message)
            if checkpoint.size < term.first:
                message = f"khoá ký mốc này chỉ có giá trị từ dòng {term.first}"
                raise NoteRefusedError(message)
            return Sealed(checkpoint, term.verifier, _own_time(term.verifier, read_note(note)))
        message = "chữ ký không đúng"
        raise NoteRefusedError(message)


def _own_time(verifier: Verifier, note: SignedNote) -> datetime | None:
    """Return when the ledger's key cosigned *note*; a line in its name that it did not write spoils the note."""
    own = [signature.key_id for signature in note.signatures if signature.name == verifier.origin]
    at = verifier.cosigner.cosigned_at(note)
    if own not in ([verifier.key_id], [verifier.key_id, verifier.cosigner.key_id]) or (len(own) > 1 and at is None):
        message = "chữ ký không đúng"
        raise NoteRefusedError(message)
    return at


def rotation_text(old: Verifier, new: Verifier) -> bytes:
    """Return what both keys sign; its first line keeps it from being taken for a checkpoint."""
    return f"campaign key rotation\n{old}\n{new}\n".encode()


def rotation_from_facts(sequence: int, facts: Any) -> Rotation:  # noqa: ANN401 -- whatever an entry holds
    """Read a rotation from the facts of entry *sequence*.

    Raises:
        ValueError: They tell no rotation.
    """
    try:
        return Rotation(
            sequence,
            verifier_from_text(facts["old"]),
            verifier_from_text(facts["new"]),
            base64.b64decode(facts["endorsement"], validate=True),
            base64.b64decode(facts.get("acceptance", ""), validate=True),
        )
    except (KeyError, TypeError, AttributeError) as error:
        message = "no rotation of a key"
        raise ValueError(message) from error


def revocation_from_facts(sequence: int, facts: Any) -> Revocation:  # noqa: ANN401 -- whatever an entry holds
    """Read a revocation from the facts of entry *sequence*.

    Raises:
        ValueError: They tell no revocation.
    """
    try:
        revocation = Revocation(sequence, verifier_from_text(facts["key"]), facts["from"])
    except (KeyError, TypeError, AttributeError) as error:
        message = "no revocation of a key"
        raise ValueError(message) from error
    if type(revocation.from_size) is not int or not 0 < revocation.from_size <= sequence:
        message = "a revocation from no size"
        raise ValueError(message)
    return revocation


def _end(term: Term, last: int | None) -> Term:
    return term if last is None else replace(term, last=min(last, last if term.last is None else term.last))
