"""Public keys as others are given them; signed notes are tested with the key that signs, in the store."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.ledger.note import Verifier, verifier_from_text

KEY = Verifier("example.vn/so-ghi-nhan", bytes(range(32)))
TEXT = str(KEY)

origins = st.text(st.characters(categories=["L", "N", "P"], exclude_characters="+"), min_size=1)


@given(origin=origins, public=st.binary(min_size=32, max_size=32))
def test_a_key_reads_back(origin: str, public: bytes) -> None:
    verifier = Verifier(origin, public)

    assert verifier_from_text(f" {verifier}\n") == verifier


@pytest.mark.parametrize(
    "text",
    [
        "",
        "+",
        "++",
        "khoá",
        TEXT[:-1],
        TEXT.replace("example.vn", "example.org"),
        TEXT.replace(KEY.key_id.hex(), KEY.key_id.hex().upper()),
        TEXT.removesuffix("Hx8=") + "Hx9=",
        f"{TEXT} {TEXT}",
        f"{KEY.origin}+{KEY.key_id.hex()}+{base64.b64encode(KEY.public).decode()}",
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    assert text != TEXT
    with pytest.raises(ValueError, match=r".+"):
        verifier_from_text(text)


@pytest.mark.parametrize(
    "key", [Verifier("a", bytes(31)), Verifier("a", bytes(33)), Verifier("a", bytes(32), b"\x02"), Verifier("a", b"")]
)
def test_a_key_of_another_length_or_kind_is_refused_though_its_id_is_right(key: Verifier) -> None:
    with pytest.raises(ValueError, match="not a verifier key"):
        verifier_from_text(str(key))
