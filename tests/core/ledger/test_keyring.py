"""Keys that follow each other, with a real Ed25519: who counts for what, and who is nobody."""

from dataclasses import replace

import pytest

from campaign.core.ledger.checkpoint import Checkpoint
from campaign.core.ledger.keyring import (
    Keyring,
    NoteRefusedError,
    Revocation,
    Rotation,
    revocation_from_facts,
    rotation_from_facts,
    rotation_text,
)
from campaign.store.proofs.signing import LedgerKey
from tests.rigs.builders import OPENED
from tests.rigs.keys import ORIGIN, key_named

FIRST, SECOND, THIRD, STRANGER = (key_named(name) for name in ("khoá 1", "khoá 2", "khoá 3", "khoá lạ"))


def rotate(sequence: int, old: LedgerKey, new: LedgerKey) -> Rotation:
    text = rotation_text(old.verifier, new.verifier)
    return Rotation(sequence, old.verifier, new.verifier, old.private.sign(text), new.private.sign(text))


ROTATIONS = [rotate(10, FIRST, SECOND), rotate(20, SECOND, THIRD)]
SERVED = [(FIRST, 5), (SECOND, 15), (THIRD, 25)]
"""Each key with a size at which it served."""


def note(key: LedgerKey, size: int) -> bytes:
    return key.sign(Checkpoint(ORIGIN, size, bytes(32)), OPENED)


def refusal(keyring: Keyring, signed: bytes) -> str:
    with pytest.raises(NoteRefusedError) as refused:
        keyring.read(signed)
    return str(refused.value)


@pytest.mark.parametrize("trusted", [FIRST, SECOND, THIRD])
def test_whoever_trusts_one_key_reads_what_each_signed_in_its_time(trusted: LedgerKey) -> None:
    keyring = Keyring(trusted.verifier, ROTATIONS)

    read = [keyring.read(note(key, size)) for key, size in SERVED]

    assert [(sealed.verifier, sealed.checkpoint.size) for sealed in read] == [(key.verifier, at) for key, at in SERVED]
    assert keyring.unfollowed == []


@pytest.mark.parametrize(
    ("key", "size", "reason"),
    [
        (FIRST, 10, "chỉ có giá trị đến dòng 9"),
        (SECOND, 9, "chỉ có giá trị từ dòng 10"),
        (SECOND, 20, "chỉ có giá trị đến dòng 19"),
        (THIRD, 19, "chỉ có giá trị từ dòng 20"),
    ],
)
@pytest.mark.parametrize("trusted", [FIRST, SECOND, THIRD])
def test_a_key_counts_for_its_own_time_only(trusted: LedgerKey, key: LedgerKey, size: int, reason: str) -> None:
    assert reason in refusal(Keyring(trusted.verifier, ROTATIONS), note(key, size))


def test_the_time_of_a_checkpoint_is_that_of_its_own_cosignature() -> None:
    assert Keyring(FIRST.verifier).read(note(FIRST, 5)).at == OPENED.replace(microsecond=0)


def test_a_stranger_who_appoints_the_trusted_key_as_his_heir_is_nobody() -> None:
    """Row 2.1: whoever can append a row would be a key of the ledger."""
    text = rotation_text(STRANGER.verifier, SECOND.verifier)
    forged = Rotation(10, STRANGER.verifier, SECOND.verifier, STRANGER.private.sign(text))

    keyring = Keyring(SECOND.verifier, [forged])

    assert keyring.unfollowed == [forged]
    assert refusal(keyring, note(STRANGER, 5)) == "chữ ký không đúng"


def test_a_signature_in_the_name_of_the_new_key_must_be_its_own() -> None:
    text = rotation_text(STRANGER.verifier, SECOND.verifier)
    forged = Rotation(10, STRANGER.verifier, SECOND.verifier, STRANGER.private.sign(text), STRANGER.private.sign(text))

    keyring = Keyring(SECOND.verifier, [forged], vouched=100)

    assert keyring.unfollowed == [forged]


def test_an_old_rotation_without_acceptance_leads_back_from_where_the_trusted_key_signed() -> None:
    legacy = replace(ROTATIONS[0], acceptance=b"")

    unvouched, vouched = (Keyring(SECOND.verifier, [legacy], vouched=size) for size in (9, 10))

    assert unvouched.unfollowed == [legacy]
    assert vouched.read(note(FIRST, 9)).verifier == FIRST.verifier


def test_a_rotation_that_the_old_key_did_not_sign_leads_nowhere() -> None:
    forged = replace(ROTATIONS[0], endorsement=STRANGER.private.sign(b"x"))

    for trusted in (FIRST, SECOND):
        assert Keyring(trusted.verifier, [forged], vouched=100).unfollowed == [forged]
    assert not forged.is_endorsed


def test_a_revoked_key_counts_up_to_where_it_leaked() -> None:
    keyring = Keyring(THIRD.verifier, ROTATIONS, [Revocation(25, FIRST.verifier, 6)])

    assert keyring.read(note(FIRST, 5)).checkpoint.size == 5
    assert "chỉ có giá trị đến dòng 5" in refusal(keyring, note(FIRST, 6))


def test_a_revocation_does_not_lengthen_a_term() -> None:
    keyring = Keyring(THIRD.verifier, ROTATIONS, [Revocation(25, FIRST.verifier, 15)])

    assert "chỉ có giá trị đến dòng 9" in refusal(keyring, note(FIRST, 10))


def test_the_checkpoint_of_another_ledger_is_refused() -> None:
    other = FIRST.sign(Checkpoint("example.org/so-khac", 5, bytes(32)), OPENED)

    assert refusal(Keyring(FIRST.verifier), other) == "chữ ký không đúng"


@pytest.mark.parametrize("rotation", [ROTATIONS[0], replace(ROTATIONS[0], acceptance=b"")])
def test_a_rotation_is_read_back_from_what_the_entry_says(rotation: Rotation) -> None:
    assert rotation_from_facts(10, rotation.to_facts()) == rotation


@pytest.mark.parametrize("facts", [{}, None, {"old": 1, "new": 2, "endorsement": 3}, {"old": "x"}])
def test_what_tells_no_rotation_is_refused(facts: object) -> None:
    with pytest.raises(ValueError, match=r".*"):
        rotation_from_facts(1, facts)


@pytest.mark.parametrize("from_size", [0, -1, 26, True, "5", None])
def test_what_tells_no_revocation_is_refused(from_size: object) -> None:
    with pytest.raises(ValueError, match=r".*"):
        revocation_from_facts(25, {"key": str(FIRST.verifier), "from": from_size})
