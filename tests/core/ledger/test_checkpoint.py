import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.ledger.checkpoint import Checkpoint, checkpoint_from_note
from campaign.core.ledger.merkle import EMPTY_ROOT

NOTE = b"so-ghi-nhan.example/2025\n8\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"

origins = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), min_size=1)


def test_the_note_is_origin_size_and_root_on_a_line_each() -> None:
    assert Checkpoint("so-ghi-nhan.example/2025", 8, EMPTY_ROOT).to_note() == NOTE


@given(origin=origins, size=st.integers(0, 2**63), root=st.binary(min_size=32, max_size=32))
def test_a_note_reads_back_as_its_checkpoint(origin: str, size: int, root: bytes) -> None:
    checkpoint = Checkpoint(origin, size, root)

    assert checkpoint_from_note(checkpoint.to_note()) == checkpoint


def test_further_lines_are_kept_because_the_signature_covers_them() -> None:
    """C2SP tlog-checkpoint, extension lines."""
    checkpoint = checkpoint_from_note(NOTE + b"more\n")

    assert checkpoint.extensions == ("more",)
    assert checkpoint.to_note() == NOTE + b"more\n"


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"\n\n\n",
        NOTE.removesuffix(b"\n"),
        NOTE + b"\n",
        NOTE.replace(b"so-ghi-nhan.example/2025", b""),
        NOTE.replace(b"8\n", b"08\n", 1),
        NOTE.replace(b"8\n", b"-8\n", 1),
        NOTE.replace(b"8\n", b"eight\n", 1),
        NOTE.replace(b"\n8\n", "\n\N{ARABIC-INDIC DIGIT EIGHT}\n".encode()),
        NOTE.replace(b"47DE", b"47D "),
        NOTE.replace(b"47DE", b"47D"),
        b"\xff" + NOTE,
    ],
)
def test_anything_but_the_exact_note_is_refused(note: bytes) -> None:
    """Two different texts must never count as one checkpoint, so not even an empty line more is read."""
    with pytest.raises(ValueError):  # noqa: PT011 -- the words differ with the fault; what matters is that it is refused
        checkpoint_from_note(note)
