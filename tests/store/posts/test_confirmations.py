from datetime import datetime, timedelta

import pytest

from campaign.core.figures.coverage import State
from campaign.core.ledger.entry import Kind, to_payload
from campaign.core.people.roster import Category
from campaign.core.post import Audience, Post
from campaign.errors.base import CampaignError
from campaign.errors.confirming import NotConcernedError, PostUnknownError, RevisionStaleError
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import read_entry, read_personal
from campaign.store.posts.confirmations import find_confirmation, member_confirmations, standing_confirmation
from campaign.store.posts.posts import current_revision
from tests.rigs.builders import CENTRE, FIRST_LATE, LAST_SECOND, OFFICE, OPENED, member, post
from tests.rigs.ledger_steps import corrected, enrol, kinds, press, publish, replaced, states

AN = member("SKHCN-001", "Nguyễn Văn An")
BINH = member("SKHCN-002", "Lò Thị Bình", CENTRE, Category.WORKER)
AN_ID = 1


@pytest.fixture
def opened(database: Database) -> Database:
    """A campaign with An and Bình on the roster and one post."""
    enrol(database, AN, BINH)
    publish(database, post())
    return database


def count(database: Database) -> int:
    return kinds(database).count(Kind.CONFIRMATION)


def test_a_confirmation_names_the_text_that_was_read(opened: Database) -> None:
    confirmation = press(opened)

    with opened.reading() as connection:
        entry = read_entry(connection, confirmation.sequence)
        personal = read_personal(connection, confirmation.sequence)
    assert entry is not None
    assert post().digest.encode() in entry.facts
    assert (post().sentence or "").encode() in entry.facts
    assert entry.at == LAST_SECOND
    assert personal is not None
    assert personal.payload == to_payload({"staff_code": "SKHCN-001", "name": "Nguyễn Văn An", "unit": OFFICE})
    assert AN.name.encode() not in entry.facts
    assert AN.staff_code.encode() not in entry.facts


def test_a_repeated_confirmation_gives_the_first_back(opened: Database) -> None:
    first = press(opened)

    second = press(opened, at=LAST_SECOND + timedelta(days=2))

    assert second == first
    assert count(opened) == 1


def test_one_members_confirmation_is_not_anothers(opened: Database) -> None:
    first, second = press(opened, "SKHCN-001"), press(opened, "SKHCN-002")

    assert first.sequence != second.sequence
    assert count(opened) == 2


def test_after_a_correction_the_first_confirmation_is_kept(opened: Database) -> None:
    first = press(opened)
    publish(opened, corrected(2))

    assert press(opened, seen=corrected(2)) == first
    assert press(opened, seen=post()) == first


def test_after_a_replacement_everyone_is_asked_again(opened: Database) -> None:
    first = press(opened)
    publish(opened, replaced(2))

    second = press(opened, seen=replaced(2), at=FIRST_LATE)

    assert second.sequence != first.sequence
    assert second.revision == 2
    assert states(opened, FIRST_LATE)["SKHCN-001"] is State.LATE


def test_pressing_again_on_a_replaced_text_gives_its_own_confirmation_back(opened: Database) -> None:
    """A retry whose answer was lost gets the receipt that it asks for, whatever was published meanwhile."""
    first = press(opened)
    publish(opened, replaced(2))

    assert press(opened, seen=post()) == first
    assert states(opened, LAST_SECOND)["SKHCN-001"] is State.OUTSTANDING


@pytest.mark.parametrize("newer", [corrected(2), replaced(2)])
def test_a_text_that_is_not_the_newest_is_not_confirmed(opened: Database, newer: Post) -> None:
    publish(opened, newer)

    with pytest.raises(RevisionStaleError) as raised:
        press(opened, seen=post())

    assert (raised.value.seen, raised.value.current) == (1, 2)
    assert count(opened) == 0


def test_a_text_that_the_recorder_does_not_know_yet_is_not_confirmed(opened: Database) -> None:
    with pytest.raises(RevisionStaleError):
        press(opened, seen=replaced(2))

    assert count(opened) == 0


def test_a_text_with_another_digest_is_not_confirmed(opened: Database) -> None:
    with pytest.raises(RevisionStaleError):
        press(opened, digest=post(text="Nội dung khác.\n").digest)

    assert count(opened) == 0


@pytest.mark.parametrize("key", ["khong-co", "tin"])
def test_a_post_that_asks_for_nothing_cannot_be_confirmed(opened: Database, key: str) -> None:
    publish(opened, post(id="tin", deadline=None, sentence=None))

    with pytest.raises(PostUnknownError):
        press(opened, post=key)

    assert count(opened) == 0


@pytest.mark.parametrize("audience", [Audience(units=(OFFICE,)), Audience(categories=(Category.CIVIL_SERVANT,))])
def test_who_is_not_meant_cannot_confirm(database: Database, audience: Audience) -> None:
    for_office = post(audience=audience)
    enrol(database, AN, BINH)
    publish(database, for_office)

    with pytest.raises(NotConcernedError, match="Thông báo 485"):
        press(database, "SKHCN-002", for_office)

    assert count(database) == 0
    press(database, "SKHCN-001", for_office)


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (LAST_SECOND, State.ON_TIME),
        (FIRST_LATE - timedelta(microseconds=1), State.ON_TIME),
        (FIRST_LATE, State.LATE),
    ],
)
def test_the_deadline_ends_with_the_last_second_of_4_november(opened: Database, at: datetime, state: State) -> None:
    press(opened, at=at)

    assert states(opened, FIRST_LATE)["SKHCN-001"] is state


def test_the_standing_confirmation_is_the_first_since_everyone_was_asked(opened: Database) -> None:
    press(opened)
    publish(opened, replaced(2))
    second = press(opened, seen=replaced(2))
    publish(opened, corrected(3))

    with opened.reading() as connection:
        revision = current_revision(connection, post().id)
        assert standing_confirmation(connection, AN_ID, revision) == second
        assert standing_confirmation(connection, AN_ID + 1, revision) is None


def test_a_members_confirmations_are_listed_newest_first(opened: Database) -> None:
    publish(opened, post(id="dien-va-sac"))
    first = press(opened, at=OPENED)
    second = press(opened, seen=post(id="dien-va-sac"))
    press(opened, "SKHCN-002")

    with opened.reading() as connection:
        assert member_confirmations(connection, AN_ID) == [second, first]
        assert member_confirmations(connection, 99) == []


def test_a_confirmation_is_found_by_its_entry(opened: Database) -> None:
    confirmation = press(opened)

    with opened.reading() as connection:
        assert find_confirmation(connection, confirmation.sequence) == confirmation
        assert find_confirmation(connection, confirmation.sequence - 1) is None


def test_a_refusal_tells_that_nothing_was_recorded(opened: Database) -> None:
    with pytest.raises(CampaignError) as raised:
        press(opened, seen=replaced(2))

    assert "chưa được ghi nhận" in raised.value.remedy
