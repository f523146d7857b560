from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.clock import VIET_NAM, to_rfc3339
from campaign.core.ledger.entry import Entry, Kind, Personal, to_payload
from campaign.core.post import to_canonical_json

ENTRY = Entry(
    sequence=7,
    at=datetime(2025, 11, 4, 23, 59, 59, 999999, tzinfo=VIET_NAM),
    kind=Kind.CONFIRMATION,
    facts=to_payload({"post": "thong-bao-485", "revision": 1, "note": "Đã đọc"}),
    personal_digest=bytes(range(32)),
)
GOLDEN_LEAF = (
    '{"at":"2025-11-04T16:59:59.999999Z",'
    '"facts":{"note":"Đã đọc","post":"thong-bao-485","revision":1},'
    '"kind":"confirmation",'
    '"personal":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",'
    '"sequence":7}'
)

facts = st.dictionaries(st.text(max_size=5), st.none() | st.booleans() | st.integers() | st.text(max_size=5))
entries = st.builds(
    Entry,
    sequence=st.integers(1, 2**40),
    at=st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    kind=st.sampled_from(Kind),
    facts=facts.map(to_payload),
    personal_digest=st.none() | st.binary(min_size=32, max_size=32),
)


def test_the_leaf_covers_these_very_bytes() -> None:
    """A ledger that was written once must verify for ever: these bytes may never change."""
    assert ENTRY.leaf_data.decode() == GOLDEN_LEAF


def test_the_leaf_hash_is_that_of_the_tree() -> None:
    assert ENTRY.leaf_hash == sha256(b"\x00" + GOLDEN_LEAF.encode()).digest()
    assert ENTRY.leaf_hash.hex() == "d95ca71bc9a71545b5b7ff34ac868fa0bd863d6d057e8f5ce03dd7b80b89cdfe"


@pytest.mark.parametrize(
    "changed",
    [
        replace(ENTRY, sequence=8),
        replace(ENTRY, at=ENTRY.at + timedelta(microseconds=1)),
        replace(ENTRY, kind=Kind.EXEMPTION),
        replace(ENTRY, facts=ENTRY.facts.replace(b"485", b"486")),
        replace(ENTRY, personal_digest=bytes(32)),
        replace(ENTRY, personal_digest=None),
    ],
)
def test_any_changed_field_changes_the_leaf_hash(changed: Entry) -> None:
    assert changed.leaf_hash != ENTRY.leaf_hash


@given(first=entries, second=entries)
def test_entries_share_a_leaf_only_when_they_are_equal(first: Entry, second: Entry) -> None:
    assert (first.leaf_hash == second.leaf_hash) == (first == second)


@given(fields=facts, sequence=st.integers(1, 2**40), personal=st.none() | st.binary(min_size=32, max_size=32))
def test_the_leaf_is_canonical_json_so_that_others_can_make_it(
    fields: dict[str, object], sequence: int, personal: bytes | None
) -> None:
    entry = Entry(sequence, ENTRY.at, Kind.EXEMPTION, to_payload(fields), personal)

    whole = {
        "sequence": sequence,
        "at": to_rfc3339(ENTRY.at),
        "kind": "exemption",
        "facts": fields,
        "personal": personal.hex() if personal else None,
    }

    assert entry.leaf_data == to_canonical_json(whole)


def test_the_zone_in_which_the_time_is_held_does_not_matter() -> None:
    assert replace(ENTRY, at=ENTRY.at.astimezone(UTC)).leaf_hash == ENTRY.leaf_hash


def test_the_leaf_holds_the_personal_fields_as_a_salted_digest_only() -> None:
    personal = Personal(salt=b"s" * 32, payload=to_payload({"staff_code": "SKHCN-001"}))

    leaf = replace(ENTRY, personal_digest=personal.digest).leaf_data

    assert personal.digest == sha256(b"s" * 32 + b'{"staff_code":"SKHCN-001"}').digest()
    assert personal.digest.hex().encode() in leaf
    assert b"SKHCN-001" not in leaf


def test_another_salt_hides_the_same_fields_behind_another_digest() -> None:
    payload = to_payload({"staff_code": "SKHCN-001"})

    assert Personal(b"a" * 32, payload).digest != Personal(b"b" * 32, payload).digest
