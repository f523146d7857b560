from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from sqlalchemy import delete, insert, select, update

from campaign.core.campaign import Campaign
from campaign.core.department import Department
from campaign.core.dispatch import Channel, Dispatch
from campaign.core.draft import Draft
from campaign.core.ledger.entry import Kind
from campaign.core.ledger.erasure import ErasureReason
from campaign.core.people.roster import RosterPlan
from campaign.core.people.seen import SeenPeople
from campaign.core.reminder import Means
from campaign.store.base import schema
from campaign.store.figures.closings import close_posts, read_due
from campaign.store.figures.privacy import ErasedBy, erase_person, find_person, rectify
from campaign.store.figures.reminders import Subject, record_reminder
from campaign.store.ledger.campaigns import read_campaign
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import OpenLedger, appending
from campaign.store.ledger.projections.projections import rebuild
from campaign.store.posts.declarations import declare
from campaign.store.posts.dispatches import record_dispatch, withdraw_dispatch
from campaign.store.posts.drafts import note_act
from campaign.store.posts.paper import print_sheet
from campaign.store.posts.seen import record_seen
from campaign.store.proofs.rotations import record_revocation, record_rotation
from campaign.store.roster.roster import RosterSource, apply_roster, read_roster
from tests.rigs.builders import FIRST_LATE, OFFICE, OPENED, member, post
from tests.rigs.histories import Step, histories, live
from tests.rigs.keys import KEY, key_named
from tests.rigs.ledger_steps import (
    begin,
    decide,
    end,
    enrol,
    exempt,
    extend,
    leave,
    press,
    publish,
    restore,
    states,
    withdraw,
)


def read_projections(database: Database) -> dict[str, list[Any]]:
    with database.reading() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr) for table in schema.PROJECTIONS
        }


def rebuild_all(database: Database) -> None:
    with database.writing() as connection:
        rebuild(connection)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=histories)
def test_a_rebuild_gives_the_same_rows(database: Database, steps: list[Step]) -> None:
    live(database, steps)
    before = read_projections(database)

    rebuild_all(database)

    assert read_projections(database) == before


def test_a_rebuild_undoes_what_was_done_to_the_tables_by_hand(database: Database) -> None:
    begin(database)
    enrol(database, member())
    publish(database, post())
    press(database)
    before = read_projections(database)
    with database.writing() as connection:
        connection.execute(delete(schema.confirmation))
        connection.execute(update(schema.member).values(name="Ai đó"))
        connection.execute(insert(schema.unit), {"id": 99, "name": "Phòng không có", "first_name": ""})
        connection.execute(update(schema.campaign).values(title="Khác"))

    rebuild_all(database)

    assert read_projections(database) == before


def change_keys_and_declare(ledger: OpenLedger) -> None:
    old = key_named("khoá cũ")
    record_rotation(ledger, old, KEY, "chi", OPENED)
    record_revocation(ledger, old.verifier, 1, "chi", OPENED)
    declare(ledger, [Campaign("dot-mot", "Đợt một")], Department("Sở Nội vụ"), OPENED)
    draft = Draft(post().id, 1, "bai-dang/thu.md", "Thử".encode(), "", "chi", OPENED)
    for kind in (Kind.DRAFT_SUBMITTED, Kind.DRAFT_RETURNED, Kind.DRAFT_APPROVED, Kind.DRAFT_PUBLISHED):
        note_act(ledger, kind, draft, "chi", OPENED)


def test_every_kind_of_entry_is_rebuilt(database: Database) -> None:
    begin(database)
    enrol(database, member("SKHCN-001"), member("SKHCN-002"))
    enrol(database, member("SKHCN-001", name="Nguyễn Văn An"), member("SKHCN-002", name="Lò Thị Bình"))
    enrol(database, member("SKHCN-001"))
    publish(database, post())
    press(database)
    withdraw(database, exempt(database, "SKHCN-001"))
    extend(database, "SKHCN-001", date(2025, 11, 20))
    leave(database, "SKHCN-001")
    restore(database, end(database, OFFICE, ["Phòng Tổng hợp"], decide()))
    with appending(database) as ledger:
        apply_roster(ledger, RosterPlan((member("SKHCN-003"),), (), (), 0), FIRST_LATE, RosterSource("chi"))
        print_sheet(ledger, "thong-bao-485", OFFICE, [1], "chi", FIRST_LATE)
        sequence = record_dispatch(
            ledger, "thong-bao-485", Dispatch(Channel.WEBSITE, date(2025, 10, 1)), "chi", FIRST_LATE
        )
        withdraw_dispatch(ledger, "thong-bao-485", sequence, "chi", FIRST_LATE)
        close_posts(ledger, KEY, read_due(ledger.connection, FIRST_LATE + timedelta(minutes=1)), FIRST_LATE)
        record_reminder(ledger, Subject(member_id=1), date(2025, 11, 4), Means.MAIL, ["thong-bao-485"], FIRST_LATE)
        record_seen(ledger, "thong-bao-485", SeenPeople((1,), 0, "ab" * 32), "chi", FIRST_LATE)
        ledger.append(Kind.SLIPS_ISSUED, FIRST_LATE, {"members": [1], "actor": "chi"})
        change_keys_and_declare(ledger)
        rectify(ledger, replace(find_person(ledger.connection, "SKHCN-001"), name="Nguyễn Văn Ân"), "chi", OPENED)
        person = find_person(ledger.connection, "SKHCN-002")
        erase_person(ledger, KEY, person, ErasedBy(ErasureReason.REQUEST, "chi", OPENED))
        recorded = set(Kind)
    before = read_projections(database)

    rebuild_all(database)

    with database.reading() as connection:
        assert set(connection.scalars(select(schema.entry.c.kind))) == recorded
        assert read_campaign(connection).title == "Phổ biến Thông báo 485"
    assert read_projections(database) == before


def test_who_was_erased_is_counted_without_a_name(database: Database) -> None:
    enrol(database, member())
    publish(database, post())
    press(database)
    with database.writing() as connection:
        connection.execute(delete(schema.personal))

    rebuild_all(database)

    assert list(states(database, OPENED)) == [""]
    with database.reading() as connection:
        assert read_roster(connection) == {}


def test_the_rows_of_a_rebuild_go_in_front_of_those_they_refer_to() -> None:
    """Else emptying them in this order would break their foreign keys."""
    order = list(schema.PROJECTIONS)

    for table in order:
        for key in table.foreign_keys:
            if key.column.table in order:
                assert order.index(table) < order.index(key.column.table)
