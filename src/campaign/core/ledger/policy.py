"""Whom a verifier trusts: a ledger's key, what is known of its other keys, and which witnesses must have cosigned.

It is written as a C2SP tlog-policy file, which other programs read too. What that form does not know, the rotations and
revocations of the ledger's keys, stands in comment lines of ours, so a policy can be published at one address::

    log example.vn/so+1a2b3c4d+AbCd…
    #rotation 123 OLD NEW ENDORSEMENT ACCEPTANCE
    #revocation 130 KEY 100
    witness w1 witness.example/w1+5e6f7a8b+BEFg… https://witness.example/
    quorum w1
"""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from campaign.core.ledger.keyring import (
    Keyring,
    Revocation,
    Rotation,
    revocation_from_facts,
    rotation_from_facts,
)
from campaign.core.ledger.note import COSIGNATURE, ED25519, Verifier, read_note, verifier_from_text

NO_QUORUM = "none"


@dataclass(frozen=True, slots=True)
class Witness:
    """Somebody who cosigns checkpoints; the address, if any, is where they are handed in (C2SP tlog-witness)."""

    name: str
    verifier: Verifier
    address: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """So many of the members, witnesses or groups, must have cosigned."""

    threshold: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """Whose checkpoints count.

    Attributes:
        trusted: The ledger's key.
        rotations: What is known of its change, in order.
        revocations: Which keys count no more, from which size on.
        witnesses: Those who may cosign.
        groups: Groups of them by name.
        quorum: The witness or group that must have cosigned; nothing when no cosignature is demanded.
    """

    trusted: Verifier
    rotations: tuple[Rotation, ...] = ()
    revocations: tuple[Revocation, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    groups: Mapping[str, Group] = field(default_factory=dict)
    quorum: str = NO_QUORUM

    def keyring(
        self, rotations: Iterable[Rotation] = (), revocations: Iterable[Revocation] = (), vouched: int = 0
    ) -> Keyring:
        """Return the ledger's keys, with further rotations and revocations that an entry or a receipt tells."""
        known = {rotation.sequence: rotation for rotation in (*rotations, *self.rotations)}
        ordered = [known[sequence] for sequence in sorted(known)]
        return Keyring(self.trusted, ordered, (*self.revocations, *revocations), vouched)

    def cosigned(self, note: bytes) -> dict[str, datetime]:
        """Return which witnesses cosigned a signed note, by name, and when."""
        signed = read_note(note)
        times = {witness.name: witness.verifier.cosigned_at(signed) for witness in self.witnesses}
        return {name: at for name, at in times.items() if at is not None}

    def is_quorum(self, names: Iterable[str]) -> bool:
        """Say whether the cosignatures of these witnesses are enough."""
        return self.quorum == NO_QUORUM or self._has(self.quorum, frozenset(names))

    def _has(self, name: str, cosigners: frozenset[str]) -> bool:
        group = self.groups.get(name)
        if group is None:
            return name in cosigners
        return sum(self._has(member, cosigners) for member in group.members) >= group.threshold

    def __str__(self) -> str:
        """Write the policy file."""
        lines = [f"log {self.trusted}"]
        for rotation in self.rotations:
            signatures = (base64.b64encode(one).decode() for one in (rotation.endorsement, rotation.acceptance))
            lines.append(
                " ".join(("#rotation", str(rotation.sequence), str(rotation.old), str(rotation.new), *signatures))
            )
        lines += [f"#revocation {one.sequence} {one.key} {one.from_size}" for one in self.revocations]
        lines += [f"witness {one.name} {one.verifier} {one.address}".rstrip() for one in self.witnesses]
        lines += [f"group {name} {group.threshold} {' '.join(group.members)}" for name, group in self.groups.items()]
        return "".join(f"{line}\n" for line in (*lines, f"quorum {self.quorum}"))


class _Reader:
    """Reads a policy file line by line; a line may name only what stands before it."""

    def __init__(self) -> None:
        self.logs: list[Verifier] = []
        self.rotations: list[Rotation] = []
        self.revocations: list[Revocation] = []
        self.witnesses: list[Witness] = []
        self.groups: dict[str, Group] = {}
        self.used: set[str] = set()
        self.quorum: list[str] = []

    def read(self, line: str) -> None:
        """Read a line.

        Raises:
            ValueError: It is no line of a policy.
        """
        match line.split():
            case ["log", key] | ["log", key, _]:
                self.logs.append(_read_key(key, ED25519))
            case ["witness", name, key, *address] if len(address) <= 1:
                self._name(name)
                self.witnesses.append(Witness(name, _read_key(key, COSIGNATURE), *address))
            case ["group", name, threshold, *members] if members:
                least = {"any": 1, "all": len(members)}.get(threshold) or int(threshold)
                self._require(len(set(members)) == len(members) and 1 <= least <= len(members))
                self._require(self._names() >= set(members) and not self.used & set(members))
                self.used.update(members)
                self._name(name)
                self.groups[name] = Group(least, tuple(members))
            case ["quorum", name]:
                self._require(not self.quorum and name in self._names() | {NO_QUORUM})
                self.quorum.append(name)
            case ["#rotation", sequence, old, new, endorsement, acceptance]:
                facts = {"old": old, "new": new, "endorsement": endorsement, "acceptance": acceptance}
                self.rotations.append(rotation_from_facts(int(sequence), facts))
            case ["#revocation", sequence, key, from_size]:
                self.revocations.append(revocation_from_facts(int(sequence), {"key": key, "from": int(from_size)}))
            case words:
                self._require(not words or words[0].startswith("#"))

    def _names(self) -> set[str]:
        return {*self.groups, *(witness.name for witness in self.witnesses)}

    def _name(self, name: str) -> None:
        self._require(name not in self._names() | {NO_QUORUM})

    def _require(self, holds: bool) -> None:  # noqa: FBT001 -- the one argument is what must hold
        if not holds:
            message = "not a line of a policy"
            raise ValueError(message)


def policy_from_text(text: str) -> Policy:
    """Read a policy file, or a public key alone: a policy without witnesses.

    Raises:
        ValueError: It is neither, or names several logs: one ledger is judged at a time. The text says which line.
    """
    if "\n" not in text.strip() and not text.strip().startswith("log "):
        return Policy(_read_key(text.strip(), ED25519))
    reader = _Reader()
    for number, line in enumerate(text.splitlines(), 1):
        try:
            reader.read(line)
        except ValueError:
            message = f"dòng {number}: {line}"
            raise ValueError(message) from None
    keys = {witness.verifier.public for witness in reader.witnesses}
    names = {verifier.origin for verifier in reader.logs} & {one.verifier.origin for one in reader.witnesses}
    if len(reader.logs) != 1 or len(keys) != len(reader.witnesses) or names or not reader.quorum:
        message = "cần đúng một sổ, một dòng quorum, mỗi nhân chứng một tên và một khoá riêng"
        raise ValueError(message)
    return Policy(
        trusted=reader.logs[0],
        rotations=tuple(reader.rotations),
        revocations=tuple(reader.revocations),
        witnesses=tuple(reader.witnesses),
        groups=reader.groups,
        quorum=reader.quorum[0],
    )


def _read_key(text: str, algorithm: bytes) -> Verifier:
    verifier = verifier_from_text(text)
    if verifier.algorithm != algorithm:
        message = f"a key of another kind: {text}"
        raise ValueError(message)
    return verifier
