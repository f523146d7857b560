"""Receipts: what is written reads back, and whatever is altered is found."""

import json
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import example, given, settings
from hypothesis import strategies as st

from campaign.core.ledger import merkle
from campaign.core.ledger.checkpoint import Checkpoint
from campaign.core.ledger.entry import SALT_BYTES, Entry, Kind, Personal, to_payload
from campaign.core.ledger.note import Verifier, to_note
from campaign.core.ledger.policy import Policy
from campaign.core.ledger.receipt import Receipt, Statement, check_receipt, receipt_from_json
from tests.rigs.builders import LAST_SECOND, OFFICE, post

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = Verifier("example.vn/so-ghi-nhan", PRIVATE.public_key().public_bytes_raw())
NAME = "Lò Thị Ửng"
FACTS = {
    "post": "thong-bao-485",
    "revision": 1,
    "digest": post().digest,
    "sentence": post().sentence,
    "member": 31,
    "method": "web",
    "identified_by": "slip_code",
}
PERSON = {"staff_code": "SKHCN-031", "name": NAME, "unit": OFFICE}
NOT_SIGNED = "mốc kiểm chứng không do khoá của sổ này ký: chữ ký không đúng"
NOT_INCLUDED = "dòng ghi trên biên nhận không có trong sổ mà mốc kiểm chứng chứng nhận"
NOT_THEIRS = "họ tên, mã công chức trên biên nhận không khớp dòng ghi"


def make_receipt(size: int = 11, sequence: int = 6, **changes: Any) -> Receipt:  # noqa: ANN401 - any field of an entry
    """Return the receipt of one entry in a ledger of *size*."""
    personal = Personal(bytes(range(SALT_BYTES)), to_payload(PERSON))
    entry = Entry(sequence, LAST_SECOND, Kind.CONFIRMATION, to_payload(FACTS), personal.digest)
    leaf_data = replace(entry, **changes).leaf_data
    leaves = [merkle.hash_leaf(bytes([number])) for number in range(size)]
    leaves[sequence - 1] = merkle.hash_leaf(leaf_data)
    frontier, nodes = merkle.grow(0, (), leaves)
    hashes = {(0, number): leaf for number, leaf in enumerate(leaves)}
    hashes |= {(node.level, node.position): node.hash for node in nodes}
    proof = merkle.inclusion_proof(sequence - 1, size, lambda level, position: hashes[level, position])
    checkpoint = Checkpoint(KEY.origin, size, merkle.root_of_frontier(frontier))
    return Receipt(leaf_data, personal, proof, to_note(KEY, checkpoint, PRIVATE.sign(checkpoint.to_note())))


RECEIPT = make_receipt()
FILE = RECEIPT.to_json()


def with_entry(old: bytes, new: bytes) -> Receipt:
    """Return the receipt with an entry that says something else."""
    assert old in RECEIPT.leaf_data
    return replace(RECEIPT, leaf_data=RECEIPT.leaf_data.replace(old, new))


ALTERED = {
    "another name": (
        replace(RECEIPT, personal=Personal(RECEIPT.personal.salt, to_payload(PERSON | {"name": "Vừ A Hồng"}))),
        NOT_THEIRS,
    ),
    "another salt": (replace(RECEIPT, personal=Personal(bytes(SALT_BYTES), to_payload(PERSON))), NOT_THEIRS),
    "another revision": (with_entry(b'"revision":1', b'"revision":2'), NOT_INCLUDED),
    "another instant": (with_entry(b"T16:59:59", b"T15:59:59"), NOT_INCLUDED),
    "another place": (with_entry(b'"sequence":6', b'"sequence":7'), NOT_INCLUDED),
    "a place beyond the end": (with_entry(b'"sequence":6', b'"sequence":60'), NOT_INCLUDED),
    "a step less": (replace(RECEIPT, proof=RECEIPT.proof[1:]), NOT_INCLUDED),
    "a step more": (replace(RECEIPT, proof=(*RECEIPT.proof, bytes(32))), NOT_INCLUDED),
    "steps in another order": (replace(RECEIPT, proof=RECEIPT.proof[::-1]), NOT_INCLUDED),
    "another checkpoint": (replace(RECEIPT, checkpoint=make_receipt(12).checkpoint), NOT_INCLUDED),
    "another size": (replace(RECEIPT, checkpoint=RECEIPT.checkpoint.replace(b"\n11\n", b"\n12\n")), NOT_SIGNED),
    "no checkpoint": (replace(RECEIPT, checkpoint=b""), NOT_SIGNED),
}


def is_unmasked(file: bytes) -> bool:
    """Say whether *file* is refused, or something is found wrong with it."""
    try:
        return check_receipt(receipt_from_json(file), Policy(KEY)).findings != ()
    except ValueError:
        return True


@settings(max_examples=30)
@given(data=st.data(), size=st.integers(1, 70))
def test_every_receipt_of_every_ledger_reads_back_and_holds(data: st.DataObject, size: int) -> None:
    receipt = make_receipt(size, data.draw(st.integers(1, size)))

    read = receipt_from_json(receipt.to_json())

    assert read == receipt
    assert check_receipt(read, Policy(KEY)).findings == ()


def test_a_receipt_says_who_confirmed_what_and_when() -> None:
    assert RECEIPT.statement == Statement(
        sequence=6,
        received_at=LAST_SECOND,
        post="thong-bao-485",
        revision=1,
        digest=post().digest,
        sentence=post().sentence,
        method="web",
        identified_by="slip_code",
        name=NAME,
        staff_code="SKHCN-031",
        unit=OFFICE,
    )


@settings(max_examples=400)
@given(bit=st.integers(0, 8 * len(FILE) - 1))
def test_any_changed_bit_of_the_file_is_found(bit: int) -> None:
    altered = bytearray(FILE)
    altered[bit // 8] ^= 1 << bit % 8

    assert is_unmasked(bytes(altered))


@example(more=b" ", place=len(FILE) - len(b'"\n}\n'))
@given(more=st.sampled_from([b"\n", b" ", b"\0", b'"', b"a", b"0"]), place=st.integers(0, len(FILE)))
def test_a_byte_more_is_found(more: bytes, place: int) -> None:
    assert is_unmasked(FILE[:place] + more + FILE[place:])


@given(place=st.integers(0, len(FILE) - 1))
def test_a_byte_less_and_a_torn_end_are_found(place: int) -> None:
    assert is_unmasked(FILE[:place] + FILE[place + 1 :])
    assert is_unmasked(FILE[:place])


@pytest.mark.parametrize(("altered", "finding"), ALTERED.values(), ids=list(ALTERED))
def test_each_alteration_is_named(altered: Receipt, finding: str) -> None:
    assert check_receipt(receipt_from_json(altered.to_json()), Policy(KEY)).findings == (finding,)


def test_another_ledger_did_not_sign_it() -> None:
    other = Verifier(KEY.origin, Ed25519PrivateKey.generate().public_key().public_bytes_raw())

    assert check_receipt(RECEIPT, Policy(other)).findings == (NOT_SIGNED,)


def test_a_byte_that_passes_from_the_salt_to_the_fields_is_found() -> None:
    """The digest over both is the same, and JSON may begin with a space."""
    salt = bytes(SALT_BYTES - 1) + b" "
    moved = Personal(salt[:-1], b" " + to_payload(PERSON))
    receipt = make_receipt(personal_digest=Personal(salt, to_payload(PERSON)).digest)

    with pytest.raises(ValueError, match="not a receipt"):
        receipt_from_json(replace(receipt, personal=moved).to_json())


@pytest.mark.parametrize("changes", [{"kind": Kind.EXEMPTION}, {"facts": b"{}"}, {"facts": b"[]"}, {"facts": b"1"}])
def test_the_entry_of_something_else_is_no_receipt(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        receipt_from_json(make_receipt(**changes).to_json())


@pytest.mark.parametrize("entry", ["", "[]", "null", '{"sequence":1e999}', "[" * 100_000, "\ud800"])
def test_what_is_no_entry_is_no_receipt(entry: str) -> None:
    file = json.dumps(json.loads(FILE) | {"entry": entry}, indent=1).encode() + b"\n"

    with pytest.raises(ValueError, match=r".+"):
        receipt_from_json(file)


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"PK\3\4",
        b"\xff",
        b"[]",
        b"{}",
        b"null",
        b"[" * 100_000,
        b"\xef\xbb\xbf" + FILE,
        FILE.decode().encode("utf-16"),
        FILE.replace(b"campaign-receipt-1", b"campaign-receipt-2"),
        json.dumps(json.loads(FILE)).encode(),
        FILE.replace(b'{\n "format"', b'{\n "more": 1,\n "format"'),
        FILE.replace(RECEIPT.proof[0].hex().encode(), RECEIPT.proof[0].hex().upper().encode()),
    ],
)
def test_anything_but_the_exact_file_is_refused(file: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        receipt_from_json(file)
