"""Keys that vouch for each other, with a real Ed25519."""

from dataclasses import replace
from pathlib import Path

import pytest

from campaign.core.checkpoint import Checkpoint
from campaign.core.rotation import Keyring, Rotation, endorsed_text, rotation_from_facts
from campaign.store.proofs.signing import LedgerKey, load_key

ORIGIN = "example.vn/so-ghi-nhan"
HEAD = Checkpoint(ORIGIN, 3, bytes(32))


@pytest.fixture
def keys(tmp_path: Path) -> list[LedgerKey]:
    """Three keys of one ledger, in the order in which they served."""
    return [load_key(tmp_path / str(number), ORIGIN) for number in range(3)]


def rotate(old: LedgerKey, new: LedgerKey) -> Rotation:
    return Rotation(old.verifier, new.verifier, old.private.sign(endorsed_text(old.verifier, new.verifier)))


@pytest.mark.parametrize("trusted", range(3))
def test_whoever_trusts_one_key_can_read_what_each_of_them_signed(keys: list[LedgerKey], trusted: int) -> None:
    first, second, third = keys

    keyring = Keyring(keys[trusted].verifier, [rotate(first, second), rotate(second, third)])

    assert [keyring.read(key.sign(HEAD)) for key in keys] == [HEAD] * 3


def test_a_key_that_none_of_them_vouches_for_is_not_read(keys: list[LedgerKey]) -> None:
    first, second, stranger = keys

    keyring = Keyring(second.verifier, [rotate(first, second)])

    with pytest.raises(ValueError, match="none of the ledger's keys"):
        keyring.read(stranger.sign(HEAD))


def test_a_rotation_that_the_old_key_did_not_sign_counts_for_nothing(keys: list[LedgerKey]) -> None:
    first, second, stranger = keys
    forged = replace(rotate(first, second), endorsement=stranger.private.sign(b"x"))

    keyring = Keyring(first.verifier, [forged])

    assert not forged.is_endorsed
    with pytest.raises(ValueError, match="none of the ledger's keys"):
        keyring.read(second.sign(HEAD))


def test_a_rotation_is_read_back_from_what_the_entry_says(keys: list[LedgerKey]) -> None:
    rotation = rotate(keys[0], keys[1])

    assert rotation_from_facts(rotation.to_facts()) == rotation


@pytest.mark.parametrize("facts", [{}, None, {"old": 1, "new": 2, "endorsement": 3}, {"old": "x"}])
def test_what_tells_no_rotation_is_refused(facts: object) -> None:
    with pytest.raises(ValueError, match=r".*"):
        rotation_from_facts(facts)
