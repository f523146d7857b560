"""The change of a ledger's key: the old key vouches for the new one, so that whoever trusts either can go on."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from campaign.core.checkpoint import Checkpoint
from campaign.core.ed25519 import verify_signature
from campaign.core.note import Verifier, verifier_from_text


@dataclass(frozen=True, slots=True)
class Rotation:
    """A new key takes the place of the old one.

    Attributes:
        endorsement: The old key's signature of `endorsed_text`.
    """

    old: Verifier
    new: Verifier
    endorsement: bytes

    @property
    def is_endorsed(self) -> bool:
        """Whether the old key vouches for the new one."""
        return verify_signature(self.old.public, endorsed_text(self.old, self.new), self.endorsement)

    def to_facts(self) -> dict[str, object]:
        """Return what the ledger's entry says."""
        return {"old": str(self.old), "new": str(self.new), "endorsement": base64.b64encode(self.endorsement).decode()}


class Keyring:
    """The keys of one ledger that vouch for each other, from the one that is trusted to the first and to the last."""

    def __init__(self, trusted: Verifier, rotations: Iterable[Rotation] = ()) -> None:
        """Go along the rotations from the *trusted* key, in both directions."""
        self.verifiers = [trusted]
        endorsed = [one for one in rotations if one.is_endorsed]
        for one in endorsed:
            if one.old in self.verifiers:
                self.verifiers.append(one.new)
        for one in reversed(endorsed):
            if one.new in self.verifiers and one.old not in self.verifiers:
                self.verifiers.append(one.old)

    def read(self, note: bytes) -> Checkpoint:
        """Return the checkpoint in a signed note.

        Raises:
            ValueError: It is no signed note, or none of the keys signed it.
        """
        for verifier in self.verifiers:
            try:
                return verifier.read(note)
            except ValueError:
                continue
        message = "signed by none of the ledger's keys"
        raise ValueError(message)


def endorsed_text(old: Verifier, new: Verifier) -> bytes:
    """Return what the old key signs; its first line keeps it from being taken for a checkpoint."""
    return f"campaign key rotation\n{old}\n{new}\n".encode()


def rotation_from_facts(facts: Any) -> Rotation:  # noqa: ANN401 - whatever an entry holds
    """Read a rotation from an entry's facts.

    Raises:
        ValueError: They tell no rotation.
    """
    try:
        return Rotation(
            verifier_from_text(facts["old"]),
            verifier_from_text(facts["new"]),
            base64.b64decode(facts["endorsement"], validate=True),
        )
    except (KeyError, TypeError, AttributeError) as error:
        message = "no rotation of a key"
        raise ValueError(message) from error
