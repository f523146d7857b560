"""Verifying signatures, against the published vectors and the library that signs."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.core.ledger.ed25519 import verify_signature

RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]
"""Section 7.1: public key, message, signature."""


@pytest.mark.parametrize(("key", "message", "signature"), RFC_8032)
def test_published_signatures_verify(key: str, message: str, signature: str) -> None:
    assert verify_signature(bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature))


@settings(max_examples=20, deadline=None)
@given(message=st.binary(max_size=100), bit=st.integers(0, 511))
def test_a_signature_of_the_library_verifies_and_any_changed_bit_does_not(message: bytes, bit: int) -> None:
    private = Ed25519PrivateKey.generate()
    public, signature = private.public_key().public_bytes_raw(), private.sign(message)
    altered = bytearray(signature)
    altered[bit // 8] ^= 1 << bit % 8

    assert verify_signature(public, message, signature)
    assert not verify_signature(public, message, bytes(altered))
    assert not verify_signature(public, message + b"\0", signature)


def test_an_answer_beyond_the_order_is_refused() -> None:
    """Else one signature could be written in two ways (RFC 8032, section 5.1.7)."""
    key, message, signature = (bytes.fromhex(part) for part in RFC_8032[0])
    order = 2**252 + 27742317777372353535851937790883648493
    answer = int.from_bytes(signature[32:], "little") + order

    assert not verify_signature(key, message, signature[:32] + answer.to_bytes(32, "little"))


@pytest.mark.parametrize("key", [b"", b"\xff" * 32, (2).to_bytes(32, "little"), b"\1" + b"\0" * 30 + b"\x80"])
def test_what_is_no_key_verifies_nothing(key: bytes) -> None:
    assert not verify_signature(key, b"", bytes.fromhex(RFC_8032[0][2]))
