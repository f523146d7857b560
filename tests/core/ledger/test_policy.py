"""Whom a verifier trusts, as a file."""

from dataclasses import replace

import pytest

from campaign.core.ledger.checkpoint import Checkpoint
from campaign.core.ledger.note import read_note
from campaign.core.ledger.policy import Policy, policy_from_text
from campaign.store.proofs.signing import LedgerKey
from tests.core.ledger.test_keyring import ROTATIONS
from tests.rigs.builders import OPENED
from tests.rigs.keys import KEY, ORIGIN, key_named

WITNESSES = [key_named(f"nhân chứng {number}", f"nhan-chung.example/{number}") for number in range(3)]
NAMES = ["a", "b", "c"]


def written(*lines: str) -> str:
    known = [f"witness {name} {key.verifier.cosigner}" for name, key in zip(NAMES, WITNESSES, strict=True)]
    return "\n".join([f"log {KEY.verifier}", *known, *lines, ""])


def cosigned(*keys: LedgerKey) -> bytes:
    """Return a checkpoint of the ledger that also these keys cosigned."""
    checkpoint = Checkpoint(ORIGIN, 5, bytes(32))
    note = read_note(KEY.sign(checkpoint, OPENED))
    for key in keys:
        [_, cosignature] = read_note(key.sign(checkpoint, OPENED)).signatures
        note = note.with_signatures(cosignature)
    return bytes(note)


@pytest.mark.parametrize(
    ("lines", "enough", "too_few"),
    [
        (["quorum none"], [], None),
        (["quorum b"], ["b"], ["a", "c"]),
        (["group g any a b c", "quorum g"], ["c"], []),
        (["group g all a b c", "quorum g"], ["a", "b", "c"], ["a", "b"]),
        (["group g 2 a b c", "quorum g"], ["a", "c"], ["b"]),
        (["group g any a b", "group h all g c", "quorum h"], ["b", "c"], ["a", "b"]),
    ],
)
def test_a_quorum_is_what_the_groups_say(lines: list[str], enough: list[str], too_few: list[str] | None) -> None:
    policy = policy_from_text(written(*lines))

    assert policy.is_quorum(enough)
    assert too_few is None or not policy.is_quorum(too_few)


def test_who_cosigned_is_told_with_the_time() -> None:
    policy = policy_from_text(written("quorum none"))

    assert policy.cosigned(cosigned(WITNESSES[1])) == {"b": OPENED.replace(microsecond=0)}


def test_a_cosignature_of_another_text_does_not_count() -> None:
    policy = policy_from_text(written("quorum none"))

    assert policy.cosigned(cosigned(WITNESSES[1]).replace(b"\n5\n", b"\n6\n")) == {}


def test_a_policy_reads_back_with_its_rotations() -> None:
    text = written("group g 2 a b c", "quorum g")
    policy = replace(policy_from_text(text), rotations=tuple(ROTATIONS))

    assert policy_from_text(str(policy)) == policy


def test_a_public_key_alone_is_a_policy() -> None:
    assert policy_from_text(f" {KEY.verifier}\n") == Policy(KEY.verifier)


def test_comments_and_empty_lines_say_nothing() -> None:
    text = f"# Khoá của sổ\n\n\tlog  {KEY.verifier}  https://example.vn/\n  # hết\nquorum none\n"

    assert policy_from_text(text) == Policy(KEY.verifier)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "quorum none\n",
        f"log {KEY.verifier}\n",
        f"log {KEY.verifier.cosigner}\nquorum none\n",
        f"log {KEY.verifier}\nlog {key_named('khác').verifier}\nquorum none\n",
        written("quorum none", "quorum none"),
        written("quorum x"),
        written("group a any b c", "quorum a"),
        written("group none any b c", "quorum none"),
        written("group g 0 a b", "quorum g"),
        written("group g 3 a b", "quorum g"),
        written("group g any", "quorum none"),
        written("group g 2 a a", "quorum g"),
        written("group g any a", "group h any a", "quorum g"),
        written("group g any h", "group h any a", "quorum g"),
        written(f"witness d {WITNESSES[0].verifier.cosigner}", "quorum none"),
        written(f"witness d {key_named('d').verifier}", "quorum none"),
        written("lạ", "quorum none"),
        written("#rotation 1 2 3 4 5", "quorum none"),
    ],
)
def test_what_is_no_policy_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        policy_from_text(text)
