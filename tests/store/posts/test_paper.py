from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from campaign.core.figures.coverage import Coverage, MemberStanding, State
from campaign.core.ledger.entry import Kind
from campaign.core.ledger.policy import Policy
from campaign.core.people.paper import Method, Paper, was_signed_in_time
from campaign.core.people.special_case import Grounds
from campaign.core.post import Audience
from campaign.errors.confirming import NotConcernedError, RevisionStaleError
from campaign.errors.paper import ConfirmationUnknownError, SheetUnknownError, SignedDayError
from campaign.store.figures.coverage import read_coverage
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending, read_personal
from campaign.store.ledger.projections.projections import rebuild
from campaign.store.posts.confirmations import Confirmation
from campaign.store.posts.paper import find_sheet, member_papers, print_sheet, record_paper, withdraw_confirmation
from campaign.store.posts.posts import current_revision
from campaign.store.proofs.signing import LedgerKey
from campaign.store.proofs.verification import verify_ledger
from campaign.store.roster.roster import find_by_code
from tests.rigs.builders import CENTRE, FIRST_LATE, LAST_SECOND, OFFICE, OPENED, member, post
from tests.rigs.ledger_steps import begin, corrected, enrol, extend, kinds, press, publish, replaced, states

DAY = timedelta(days=1)
AN, BINH = member("SKHCN-001"), member("SKHCN-002", "Lò Thị Bình", CENTRE)
SIGNED = Paper("chi", signed_on=date(2025, 10, 2), witness="Đặng Thị Hoà", scan="ab" * 32)
BEHALF = Paper("chi", reason="Đã nghe phổ biến tại chỗ")


@pytest.fixture(autouse=True)
def _campaign(database: Database) -> None:
    begin(database)
    enrol(database, AN, BINH)
    publish(database, post())


def sign(
    database: Database, paper: Paper = SIGNED, at: datetime = LAST_SECOND, revision: int | None = None
) -> Confirmation:
    with appending(database) as ledger:
        return record_paper(
            ledger, find_by_code(ledger.connection, "SKHCN-001"), post().id, paper, at, revision=revision
        )


def withdraw(database: Database, sequence: int, at: datetime) -> None:
    with appending(database) as ledger:
        withdraw_confirmation(ledger, sequence, Grounds("Ghi nhầm người", "chi", at))


def standing(database: Database, as_of: datetime) -> MemberStanding:
    with database.reading() as connection:
        return next(
            one for one in read_coverage(connection, post().id, as_of).standings if one.staff_code == "SKHCN-001"
        )


def test_a_signature_counts_when_the_server_received_it(database: Database) -> None:
    """Rule 1 knows no other clock: what stands on the paper is what somebody says."""
    sign(database, at=LAST_SECOND)

    assert states(database, LAST_SECOND)["SKHCN-001"] is State.ON_TIME


def test_a_signature_in_time_that_is_entered_late_is_late(database: Database) -> None:
    sign(database, at=FIRST_LATE)

    found = standing(database, FIRST_LATE)
    assert (found.state, found.paper) == (State.LATE, SIGNED)
    with database.reading() as connection:
        deadline = current_revision(connection, post().id).post.deadline
    assert deadline
    assert was_signed_in_time(SIGNED, deadline)
    assert not was_signed_in_time(replace(SIGNED, signed_on=date(2025, 11, 5)), deadline)


def test_an_extension_with_a_reason_brings_it_in_time(database: Database) -> None:
    sign(database, at=FIRST_LATE)

    extend(database, "SKHCN-001", date(2025, 11, 5), at=FIRST_LATE + DAY)

    assert states(database, FIRST_LATE + DAY)["SKHCN-001"] is State.ON_TIME


def test_the_entry_names_method_actor_days_and_scan_and_hides_the_witness(database: Database) -> None:
    sequence = sign(database).sequence

    with database.reading() as connection:
        [recorded] = member_papers(connection, 1)
        personal = read_personal(connection, sequence)
    assert (recorded.sequence, recorded.recorded_at, recorded.method) == (sequence, LAST_SECOND, Method.PAPER)
    assert recorded.paper == SIGNED
    assert personal
    assert "Đặng Thị Hoà" in personal.payload.decode()


def test_a_confirmation_on_behalf_is_a_method_of_its_own_with_a_reason(database: Database) -> None:
    found = sign(database, BEHALF)

    with database.reading() as connection:
        [recorded] = member_papers(connection, 1)
    assert (found.method, recorded.method, recorded.paper.reason) == ("on_behalf", Method.ON_BEHALF, BEHALF.reason)
    assert states(database, LAST_SECOND)["SKHCN-001"] is State.ON_TIME


def test_who_confirmed_before_is_not_recorded_again(database: Database) -> None:
    first = press(database, at=OPENED + DAY)
    before = kinds(database)

    assert sign(database) == first
    assert kinds(database) == before
    assert standing(database, LAST_SECOND).paper is None


def test_a_press_after_the_paper_gives_the_paper_back(database: Database) -> None:
    first = sign(database, at=OPENED + DAY)

    assert press(database, at=LAST_SECOND) == first


def test_a_mistake_is_taken_back_from_then_on_and_the_person_can_confirm(database: Database) -> None:
    sequence = sign(database, at=OPENED + DAY).sequence

    withdraw(database, sequence, at=OPENED + 2 * DAY)

    assert states(database, OPENED + 2 * DAY - timedelta(microseconds=1))["SKHCN-001"] is State.ON_TIME
    assert states(database, OPENED + 2 * DAY)["SKHCN-001"] is State.OUTSTANDING
    press(database, at=FIRST_LATE)
    assert states(database, FIRST_LATE)["SKHCN-001"] is State.LATE
    assert states(database, OPENED + DAY)["SKHCN-001"] is State.ON_TIME


def test_a_press_by_mistake_is_taken_back_with_a_reason_and_stays_in_past_figures(
    database: Database,
) -> None:
    sequence = press(database, at=OPENED + DAY).sequence

    withdraw(database, sequence, at=OPENED + 2 * DAY)

    assert states(database, OPENED + DAY)["SKHCN-001"] is State.ON_TIME
    assert states(database, OPENED + 2 * DAY)["SKHCN-001"] is State.OUTSTANDING
    assert press(database, at=FIRST_LATE).sequence > sequence
    with database.reading() as connection:
        [kept] = member_papers(connection, find_by_code(connection, "SKHCN-001").id)
    assert (kept.method, kept.paper.reason, kept.withdrawn_at) == (Method.WEB, "Ghi nhầm người", OPENED + 2 * DAY)


def test_only_a_confirmation_is_taken_back_and_once(database: Database) -> None:
    paper = sign(database).sequence
    withdraw(database, paper, at=FIRST_LATE)
    before = kinds(database)

    for sequence in (paper, 1, 99):
        with pytest.raises(ConfirmationUnknownError):
            withdraw(database, sequence, at=FIRST_LATE)

    assert kinds(database) == before


def test_a_sheet_of_the_text_before_a_correction_counts_and_before_a_replacement_does_not(database: Database) -> None:
    publish(database, corrected(2), at=OPENED + DAY)
    found = sign(database, SIGNED, at=OPENED + 3 * DAY, revision=1)
    publish(database, replaced(3), at=OPENED + 4 * DAY)

    assert found.revision == 1
    with pytest.raises(RevisionStaleError):
        sign(database, revision=1)


@pytest.mark.parametrize("day", [date(2025, 9, 30), date(2025, 11, 5), date(2052, 11, 3)])
def test_a_day_that_cannot_be_is_refused(database: Database, day: date) -> None:
    with pytest.raises(SignedDayError):
        sign(database, replace(SIGNED, signed_on=day))

    assert Kind.CONFIRMATION not in kinds(database)


@pytest.mark.parametrize("day", [date(2025, 10, 1), date(2025, 11, 4)])
def test_the_day_of_publication_and_today_are_possible(database: Database, day: date) -> None:
    sign(database, replace(SIGNED, signed_on=day))

    assert Kind.CONFIRMATION in kinds(database)


def test_a_post_for_others_is_not_signed(database: Database) -> None:
    publish(database, post(id="rieng", audience=Audience(units=(CENTRE,))))

    with appending(database) as ledger, pytest.raises(NotConcernedError):
        record_paper(ledger, find_by_code(ledger.connection, "SKHCN-001"), "rieng", SIGNED, LAST_SECOND)


def test_a_sheet_is_found_again_by_its_code(database: Database) -> None:
    with appending(database) as ledger:
        printed = print_sheet(ledger, post().id, OFFICE, [1, 2], "chi", OPENED)

    with database.reading() as connection:
        found = find_sheet(connection, printed.sequence)
        with pytest.raises(SheetUnknownError, match="PK-99"):
            find_sheet(connection, 99)
    assert (found, found.code, found.members) == (printed, f"PK-{printed.sequence}", (1, 2))
    assert (found.post, found.revision, found.unit, found.actor) == (post().id, 1, OFFICE, "chi")


def test_the_ledger_verifies_and_is_rebuilt_with_all_of_it(database: Database, key: LedgerKey) -> None:
    with appending(database) as ledger:
        print_sheet(ledger, post().id, OFFICE, [1], "chi", OPENED)
    withdraw(database, sign(database).sequence, at=FIRST_LATE)
    sign(database, BEHALF, at=FIRST_LATE)

    with database.reading() as connection:
        before = (
            verify_ledger(connection, Policy(key.verifier)).findings,
            read_coverage(connection, post().id, FIRST_LATE),
        )
    with database.writing() as connection:
        rebuild(connection)

    assert before[0] == ()
    assert before[1].total == Coverage(opening=2, late=1, outstanding=1)
    with database.reading() as connection:
        assert read_coverage(connection, post().id, FIRST_LATE) == before[1]
