"""What is said to a witness, and what is made of its answer, in the forms of C2SP tlog-witness."""

import base64
from datetime import UTC, datetime

import pytest

from campaign.core.ledger.checkpoint import Checkpoint
from campaign.core.ledger.note import Signature, SignedNote, claimed_time, cosigned_text, read_note
from campaign.core.ledger.witnessing import find_cosignature, read_seen_size, write_request
from campaign.store.proofs.signing import LedgerKey
from tests.rigs.builders import OPENED
from tests.rigs.keys import KEY, ORIGIN, key_named

CHECKPOINT = Checkpoint(ORIGIN, 7, bytes(range(32)))
NOTE = read_note(KEY.sign(CHECKPOINT, OPENED))
END = 253_402_300_799
WITNESS, OTHER = key_named("nhân chứng", "nhan-chung.example/1"), key_named("khác", "nhan-chung.example/2")


def cosign(key: LedgerKey, seconds: int = 1_700_000_000, text: bytes = NOTE.text) -> Signature:
    """Return what that key signs as a witness."""
    signed, cosigner = key.private.sign(cosigned_text(text, seconds)), key.verifier.cosigner
    return Signature(cosigner.origin, cosigner.key_id, seconds.to_bytes(8) + signed)


def test_a_request_is_the_old_size_the_proof_an_empty_line_and_the_checkpoint() -> None:
    first, second = bytes(32), bytes(range(32))

    assert write_request(0, (), NOTE) == b"old 0\n\n" + bytes(NOTE)
    assert write_request(5, (first, second), NOTE) == (
        b"old 5\n" + base64.b64encode(first) + b"\n" + base64.b64encode(second) + b"\n\n" + bytes(NOTE)
    )


def test_the_line_of_the_witness_is_found_among_others() -> None:
    lines = (cosign(OTHER), cosign(WITNESS, text=b"another\n"), cosign(WITNESS))

    answer = "".join(f"{line}\n" for line in lines).encode()

    assert find_cosignature(answer, WITNESS.verifier.cosigner, NOTE) == lines[2]


@pytest.mark.parametrize(
    "line",
    [
        cosign(OTHER),
        cosign(WITNESS, text=b"another\n"),
        Signature(WITNESS.verifier.origin, WITNESS.verifier.cosigner.key_id, cosign(OTHER).value),
        Signature(WITNESS.verifier.origin, WITNESS.verifier.key_id, WITNESS.private.sign(NOTE.text)),
        cosign(WITNESS, seconds=2**64 - 1),
    ],
    ids=["another key", "another text", "another's signature", "not a cosignature", "a time beyond all calendars"],
)
def test_what_the_witness_did_not_cosign_is_not_found(line: Signature) -> None:
    assert find_cosignature(f"{line}\n".encode(), WITNESS.verifier.cosigner, NOTE) is None


@pytest.mark.parametrize("answer", [b"", b"\n", b"sorry\n", f"{cosign(WITNESS)}".encode(), b"\xff\n", b"\x00\n\n\n"])
def test_an_answer_that_is_not_made_of_signature_lines_is_refused(answer: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        find_cosignature(answer, WITNESS.verifier.cosigner, NOTE)


@pytest.mark.parametrize(("answer", "size"), [(b"0\n", 0), (b"20852163\n", 20852163)])
def test_the_size_that_a_witness_saw_is_read(answer: bytes, size: int) -> None:
    assert read_seen_size(answer) == size


@pytest.mark.parametrize(
    "answer", [b"", b"7", b"07\n", b"+7\n", b" 7\n", b"-1\n", b"1_0\n", b"7\n7\n", b"x\n", b"\xff"]
)
def test_what_is_no_size_is_refused(answer: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_seen_size(answer)


def test_a_note_claims_the_time_of_its_first_cosignature() -> None:
    assert claimed_time(NOTE.with_signatures(cosign(WITNESS))) == OPENED
    assert claimed_time(SignedNote(NOTE.text, NOTE.signatures[:1])) is None


@pytest.mark.parametrize(("seconds", "at"), [(END, datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)), (END + 1, None)])
def test_a_time_after_the_end_of_the_calendar_is_none(seconds: int, at: datetime | None) -> None:
    note = SignedNote(NOTE.text, (cosign(WITNESS, seconds),))

    assert claimed_time(note) == WITNESS.verifier.cosigner.cosigned_at(note) == at


@pytest.mark.parametrize("count", [99, 100, 101])
def test_a_note_has_a_hundred_signatures_at_most(count: int) -> None:
    note = bytes(SignedNote(b"a text with blanks\n", (cosign(WITNESS),) * count))

    if count > 100:
        with pytest.raises(ValueError, match="no signed note"):
            read_note(note)
    else:
        assert bytes(read_note(note)) == note
