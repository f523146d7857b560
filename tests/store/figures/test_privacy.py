from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update

from campaign.core.figures.coverage import State
from campaign.core.ledger.entry import Kind
from campaign.core.ledger.erasure import ErasureReason
from campaign.core.ledger.policy import Policy
from campaign.core.people.access import AccessSlip
from campaign.errors.privacy import PersonListedError, PersonUnknownError, RetentionError, TracesLeftError
from campaign.errors.roster import RosterErasedError
from campaign.store.base import schema
from campaign.store.credentials.sessions import Session, open_session
from campaign.store.credentials.slips import issue_slips, prepare_slip
from campaign.store.figures.coverage import ERASED, read_coverage
from campaign.store.figures.privacy import (
    ErasedBy,
    Person,
    erase_everyone,
    erase_person,
    find_person,
    read_personal_record,
    rectify,
    require_expired,
)
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.ledger.projections.projections import rebuild
from campaign.store.proofs.signing import LedgerKey
from campaign.store.proofs.verification import keep_checkpoint, verify_ledger
from campaign.store.roster.roster import find_by_code, read_roster
from campaign.store.roster.waiting_files import WaitingFile, find_file, keep_file
from tests.rigs.builders import CENTRE, LAST_SECOND, OPENED, member, post
from tests.rigs.keys import KEY
from tests.rigs.ledger_steps import begin, enrol, exempt, kinds, press, publish
from tests.rigs.tampering import tampering, verify
from tests.store.ledger.test_projections import read_projections

AN = member("SKHCN-001", "Nguyễn Văn An", email="an@example.vn")
BINH = member("SKHCN-002", "Lò Thị Bình", CENTRE)
LATER = LAST_SECOND + timedelta(days=30)
JOINED, OTHER_JOINED = 4, 5
"""The entries by which An and Bình came to the roster."""


@pytest.fixture
def held(database: Database) -> Database:
    """A ledger in which An confirmed, was exempted, has a slip and a session, and has left; Bình confirmed."""
    tell(database)
    return database


def tell(database: Database) -> None:
    begin(database)
    enrol(database, AN, BINH)
    publish(database, post())
    press(database, "SKHCN-001")
    press(database, "SKHCN-002")
    exempt(database, "SKHCN-001", "Nghỉ chữa bệnh")
    with appending(database) as ledger:
        listed = find_by_code(ledger.connection, "SKHCN-001")
        issue_slips(ledger, [prepare_slip(listed, AccessSlip("mã-bí-mật", "ABCDEFGH"))], "chi", OPENED)
        open_session(ledger.connection, Session("slip", member_id=listed.id), OPENED, timedelta(days=90))
    enrol(database, BINH, at=LATER)


def find(database: Database, staff_code: str = "SKHCN-001") -> Person:
    with database.reading() as connection:
        return find_person(connection, staff_code)


def erase(database: Database, staff_code: str = "SKHCN-001") -> int:
    person = find(database, staff_code)
    with appending(database) as ledger:
        return erase_person(ledger, KEY, person, ErasedBy(ErasureReason.REQUEST, "chi", LATER))


def erase_all(database: Database) -> int:
    with appending(database) as ledger:
        return erase_everyone(ledger, KEY, ErasedBy(ErasureReason.EXPIRED, "chi", LATER))


def correct(database: Database, person: Person) -> None:
    with appending(database) as ledger:
        rectify(ledger, person, "chi", LATER)


def refuse(database: Database, months: int, today: date) -> str:
    with database.reading() as connection, pytest.raises(RetentionError) as caught:
        require_expired(connection, months, today)
    return str(caught.value)


def test_everything_that_is_held_on_a_person_is_told(held: Database) -> None:
    with held.reading() as connection:
        record = read_personal_record(connection, find_person(connection, "SKHCN-001"))

    assert record.person == Person(1, "SKHCN-001", "Nguyễn Văn An", "an@example.vn")
    assert [(one.unit, one.until) for one in record.memberships] == [("Văn phòng", LATER)]
    assert [(one.post, one.received_at) for one in record.confirmations] == [("thong-bao-485", LAST_SECOND)]
    assert [(one.post, one.reason) for one in record.cases] == [("thong-bao-485", "Nghỉ chữa bệnh")]
    assert record.slip_issued_at == OPENED
    assert [one.identified_by for one in record.sessions] == ["slip"]
    assert [one.kind for one in record.entries] == [
        "member_joined",
        "confirmation",
        "exemption",
        "slips_issued",
        "member_left",
    ]
    assert all("Lò Thị Bình" not in str(one) for one in record.entries)


def test_nobody_is_found_under_an_unknown_code(held: Database) -> None:
    with pytest.raises(PersonUnknownError, match="SKHCN-099"):
        find(held, "SKHCN-099")


def test_a_correction_is_an_entry_and_changes_the_name(held: Database, key: LedgerKey) -> None:
    correct(held, Person(2, "SKHCN-002", "Lò Thị Bính", "binh@example.vn"))

    assert find(held, "SKHCN-002") == Person(2, "SKHCN-002", "Lò Thị Bính", "binh@example.vn")
    assert kinds(held)[-1] is Kind.PERSONAL_RECTIFIED
    assert verify(held, key) == []


@pytest.mark.parametrize("erasing", [erase, erase_all])
def test_a_list_that_waits_is_erased_too(held: Database, erasing: Callable[[Database], int]) -> None:
    with held.writing() as connection:
        keep_file(connection, "chi", WaitingFile("ds.csv", b"SKHCN-001"), LATER)

    erasing(held)

    with held.reading() as connection:
        assert find_file(connection, "chi") is None


def test_an_erased_person_is_gone_from_every_table(held: Database) -> None:
    assert erase(held) == 4

    with held.reading() as connection:
        rows = "\n".join(
            str(tuple(row)) for table in schema.metadata.sorted_tables for row in connection.execute(select(table))
        )
        assert connection.scalars(select(schema.slip.c.member_id)).all() == []
        assert connection.scalars(select(schema.session.c.member_id)).all() == []
    found = [word for word in ("Nguyễn Văn An", "an@example.vn", "Nghỉ chữa bệnh", "SKHCN-001") if word in rows]
    assert found == []
    assert "Lò Thị Bình" in rows


def test_an_erasure_leaves_a_ledger_that_verifies(held: Database, key: LedgerKey) -> None:
    with held.writing() as connection:
        keep_checkpoint(connection, key, LATER)

    erase(held)

    assert verify(held, key) == []
    assert kinds(held)[-1] is Kind.PERSONAL_ERASED


def test_the_figures_stay_and_the_name_is_replaced(held: Database) -> None:
    with held.reading() as connection:
        before = read_coverage(connection, post().id, LAST_SECOND)

    erase(held)

    with held.reading() as connection:
        after = read_coverage(connection, post().id, LAST_SECOND)
    assert after.by_unit == before.by_unit
    assert {(one.name, one.state) for one in after.standings} == {
        (ERASED, State.ON_TIME),
        ("Lò Thị Bình", State.ON_TIME),
    }


def test_a_rebuild_after_an_erasure_gives_the_same_rows(held: Database) -> None:
    correct(held, Person(1, "SKHCN-001", "Nguyễn Văn Ân", None))
    erase(held)
    before = read_projections(held)

    with held.writing() as connection:
        rebuild(connection)

    assert read_projections(held) == before


def test_nobody_is_erased_who_is_on_the_roster(held: Database) -> None:
    """Else the next list would bring the person in again, and count one twice."""
    with pytest.raises(PersonListedError, match="SKHCN-002"):
        erase(held, "SKHCN-002")

    assert find(held, "SKHCN-002").name == "Lò Thị Bình"


def test_who_comes_back_after_an_erasure_is_another_member(held: Database, key: LedgerKey) -> None:
    erase(held)

    enrol(held, AN, BINH, at=LATER)

    assert find(held).id == 3
    assert verify(held, key) == []


def test_everyone_is_erased_at_once(held: Database, key: LedgerKey) -> None:
    assert erase_all(held) == 6

    with held.reading() as connection:
        assert connection.scalars(select(schema.personal.c.sequence)).all() == []
        assert read_roster(connection) == {}
        assert read_coverage(connection, post().id, LAST_SECOND).total.on_time == 2
    assert verify(held, key) == []


def test_after_everyone_was_erased_no_list_is_taken(held: Database, key: LedgerKey) -> None:
    """Nobody could tell who in it was on the roster before, so everyone would be counted twice."""
    erase_all(held)
    before = kinds(held)

    with pytest.raises(RosterErasedError):
        enrol(held, member("SKHCN-003", "Đặng Thị Hoà"), at=LATER)

    assert kinds(held) == before
    assert verify(held, key) == []


def test_fields_that_are_back_after_their_erasure_are_found(held: Database, key: LedgerKey) -> None:
    with held.reading() as connection:
        query = select(schema.personal).where(schema.personal.c.sequence == JOINED)
        kept = dict(connection.execute(query).mappings().one())
    erase(held)

    with tampering(held) as connection:
        connection.execute(insert(schema.personal), kept)
        found = list(verify_ledger(connection, Policy(key.verifier)).findings)

    assert found == [f"dòng ghi {JOINED}: thông tin cá nhân vẫn còn, dù đã có dòng ghi xoá"]


def test_fields_of_another_that_vanish_with_an_erasure_are_found(held: Database, key: LedgerKey) -> None:
    erase(held)

    with tampering(held) as connection:
        connection.execute(delete(schema.personal).where(schema.personal.c.sequence == OTHER_JOINED))
        found = list(verify_ledger(connection, Policy(key.verifier)).findings)

    assert found == [f"dòng ghi {OTHER_JOINED}: thông tin cá nhân bị mất mà không có dòng ghi xoá"]


def test_a_name_that_is_back_in_a_table_is_found(held: Database, key: LedgerKey) -> None:
    erase(held)

    with tampering(held) as connection:
        connection.execute(update(schema.member).where(schema.member.c.id == 1).values(name="Nguyễn Văn An"))
        found = list(verify_ledger(connection, Policy(key.verifier)).findings)

    assert found == ["bảng member (người trong danh sách), dòng id=1: không khớp sổ"]


def test_nothing_expires_before_its_time(held: Database) -> None:
    assert "từ ngày 05/11/2026 mới được xoá" in refuse(held, 12, date(2026, 11, 4))


def test_everything_expires_after_its_time(held: Database) -> None:
    with held.reading() as connection:
        require_expired(connection, 12, date(2026, 11, 5))


def test_a_campaign_without_a_deadline_counts_from_its_opening(database: Database) -> None:
    begin(database, datetime.fromisoformat("2025-10-01T08:00:00+07:00"))

    assert "từ ngày 02/11/2025" in refuse(database, 1, date(2025, 11, 1))


def test_no_file_keeps_a_byte_of_what_was_erased(sqlite: Database, tmp_path: Path) -> None:
    tell(sqlite)
    files = list(tmp_path.glob("campaign.sqlite3*"))
    assert any("Nguyễn Văn An".encode() in file.read_bytes() for file in files)

    erase(sqlite)
    sqlite.scrub()

    left = b"".join(file.read_bytes() for file in tmp_path.glob("campaign.sqlite3*"))
    assert [word for word in ("Nguyễn Văn An", "an@example.vn", "Nghỉ chữa bệnh") if word.encode() in left] == []
    assert "Lò Thị Bình".encode() in left


def test_scrubbing_loses_nothing(held: Database, key: LedgerKey) -> None:
    erase(held)
    before = read_projections(held)

    held.scrub()

    assert read_projections(held) == before
    assert verify(held, key) == []


def test_traces_that_another_reader_holds_are_told(sqlite: Database, tmp_path: Path) -> None:
    tell(sqlite)
    reader = Database(f"sqlite:///{tmp_path / 'campaign.sqlite3'}")
    with reader.reading() as connection:
        connection.execute(select(schema.member)).all()
        erase(sqlite)

        with pytest.raises(TracesLeftError):
            sqlite.scrub()
    reader.close()
