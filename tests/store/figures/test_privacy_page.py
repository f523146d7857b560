"""The page about privacy says what the ledger holds and who gets it."""

import json

from campaign.core.ledger.entry import Kind
from campaign.core.privacy import PRESSED_IS_SEEN_BY, RECORDED, SEEN_BY
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import read_entries
from tests.rigs.handbook import CONTENT
from tests.rigs.histories import PEOPLE, Event, Step, live

PAGE = (CONTENT / "du-lieu-ghi-nhan.md").read_text("utf-8")
ABOUT_NOBODY_LISTED = {
    Kind.CAMPAIGN_OPENED, Kind.CAMPAIGN_DECLARED, Kind.DEPARTMENT_DECLARED, Kind.UNIT_ADDED, Kind.UNIT_CHANGED,
    Kind.UNIT_CHANGE_WITHDRAWN, Kind.ROSTER_CHANGED, Kind.REVISION_PUBLISHED, Kind.DISPATCH, Kind.DISPATCH_WITHDRAWN,
    Kind.DRAFT_SUBMITTED, Kind.DRAFT_RETURNED, Kind.DRAFT_APPROVED, Kind.DRAFT_PUBLISHED, Kind.POST_CLOSED,
    Kind.KEY_ROTATED, Kind.KEY_REVOKED,
}  # fmt: skip
"""Entries that name an account at most."""


def test_every_kind_of_entry_about_people_is_on_the_list() -> None:
    told = {kind for fact in RECORDED for kind in fact.kinds}

    assert told | ABOUT_NOBODY_LISTED == set(Kind)
    assert not told & ABOUT_NOBODY_LISTED


def test_entries_about_nobody_hold_no_personal_field(database: Database) -> None:
    wanted = (Event.EXEMPT, Event.EXTEND, Event.REST, Event.RENAME, Event.CONFIRM, Event.JOIN, Event.MOVE, Event.LEAVE)
    live(database, [Step(event, 0, PEOPLE[0].unit) for event in wanted])

    with database.reading() as connection:
        held = list(read_entries(connection))

    for entry, personal in held:
        if entry.kind in ABOUT_NOBODY_LISTED:
            assert personal is None or set(json.loads(personal.payload)) == {"reason"}
            assert "member" not in json.loads(entry.facts)
    assert {Kind.EXEMPTION, Kind.EXTENSION, Kind.LEAVE, Kind.CONFIRMATION} <= {entry.kind for entry, _ in held}


def test_the_page_says_all_of_the_list_and_nothing_else() -> None:
    rows = [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in PAGE.splitlines() if "|" in line]

    assert [row for row in rows if row in {(fact.what, fact.why) for fact in RECORDED}] == [
        (fact.what, fact.why) for fact in RECORDED
    ]
    assert all((who, what) in rows for who, what in SEEN_BY.items())
    between = PAGE[PAGE.index("| Có ghi") : PAGE.index("**Sổ ghi nhận không có")]
    assert between.count("\n| ") == len(RECORDED)


def test_the_page_names_the_law_that_was_in_force() -> None:
    assert "Nghị định số 13/2023/NĐ-CP" in PAGE
    assert "Người đứng đầu phòng, đơn vị | Bất cứ lúc nào" in PAGE
    assert "đứng đầu" in PRESSED_IS_SEEN_BY
