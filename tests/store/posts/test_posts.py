import json
from datetime import timedelta

import pytest

from campaign.core.ledger.entry import Kind
from campaign.core.post import Post, to_canonical_json
from campaign.errors.confirming import PostUnknownError
from campaign.errors.site import RevisionConflictError
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.posts.posts import (
    current_revision,
    current_revisions,
    find_revision,
    first_published,
    first_published_at,
    publish_revision,
)
from tests.rigs.builders import OPENED, post
from tests.rigs.ledger_steps import corrected, kinds, publish, replaced

LATER = OPENED + timedelta(days=3)


def is_new(database: Database, one: Post) -> bool:
    with appending(database) as ledger:
        return publish_revision(ledger, one.to_document(), LATER)


def test_a_published_revision_reads_back_as_it_was_written(database: Database) -> None:
    publish(database, post())

    with database.reading() as connection:
        revision = current_revision(connection, post().id)
    assert revision.post == post()
    assert revision.digest == post().digest
    assert revision.published_at == OPENED


def test_publishing_the_same_again_is_no_entry(database: Database) -> None:
    publish(database, post())

    assert not is_new(database, post())
    assert kinds(database) == [Kind.REVISION_PUBLISHED]


def test_another_text_under_the_same_number_is_refused(database: Database) -> None:
    publish(database, post())

    with pytest.raises(RevisionConflictError, match="số phiên bản 1"):
        publish(database, post(text="Nội dung khác.\n"))

    assert kinds(database) == [Kind.REVISION_PUBLISHED]


def test_an_older_revision_does_not_come_back(database: Database) -> None:
    publish(database, post(), corrected(2))

    with pytest.raises(RevisionConflictError):
        publish(database, post())

    with database.reading() as connection:
        assert current_revision(connection, post().id).post.revision.number == 2


def test_numbers_may_be_left_out(database: Database) -> None:
    """An editor may build 2 and publish 3 only."""
    publish(database, post(), corrected(3))

    with database.reading() as connection:
        assert current_revision(connection, post().id).post == corrected(3)


def test_a_document_that_is_not_canonical_is_refused(database: Database) -> None:
    """The ledger keeps the facts; their digest must be the one that the manifest names."""
    spaced = json.dumps(json.loads(post().to_document())).encode()
    with_more = to_canonical_json(json.loads(post().to_document()) | {"author": "An"})

    for document in (spaced, with_more, b"[]", b"{}", b"\xff"):
        with pytest.raises(ValueError, match=r".+"), appending(database) as ledger:
            publish_revision(ledger, document, OPENED)

    assert kinds(database) == []


def test_a_revision_is_known_from_the_instant_of_its_publication_on(database: Database) -> None:
    publish(database, post())
    publish(database, replaced(2), at=LATER)

    with database.reading() as connection:
        numbers = [
            current_revision(connection, post().id, as_of).post.revision.number
            for as_of in (OPENED, LATER - timedelta(microseconds=1), LATER)
        ]
        assert numbers == [1, 1, 2]
        with pytest.raises(PostUnknownError):
            current_revision(connection, post().id, OPENED - timedelta(microseconds=1))


def test_a_post_that_asks_for_nothing_has_no_current_revision(database: Database) -> None:
    publish(database, post(id="tin", deadline=None, sentence=None), post())

    with database.reading() as connection:
        with pytest.raises(PostUnknownError, match="tin"):
            current_revision(connection, "tin")
        assert [one.post.id for one in current_revisions(connection)] == [post().id]


def test_the_newest_post_stands_first(database: Database) -> None:
    publish(database, post(), post(id="thay-chay-goi-114"), replaced(2))

    with database.reading() as connection:
        current = current_revisions(connection)
    assert [(one.post.id, one.post.revision.number) for one in current] == [("thay-chay-goi-114", 1), (post().id, 2)]


def test_any_published_revision_is_found(database: Database) -> None:
    publish(database, post(), corrected(2))

    with database.reading() as connection:
        found = [find_revision(connection, post().id, number) for number in (1, 2, 3)]
        assert [one and one.post for one in found] == [post(), corrected(2), None]
        assert find_revision(connection, "khong-co", 1) is None


def test_the_first_publication_of_a_post_stays_its_first(database: Database) -> None:
    publish(database, post())
    publish(database, replaced(2), post(id="bai-khac"), at=LATER)

    with database.reading() as connection:
        revision, other = (current_revision(connection, key) for key in (post().id, "bai-khac"))
        assert first_published_at(connection, revision.post_id) == OPENED
        assert first_published(connection) == {revision.post_id: OPENED, other.post_id: LATER}
        assert revision.published_at == LATER


def test_a_correction_asks_nobody_again_and_a_replacement_everyone(database: Database) -> None:
    publish(database, post(), corrected(2), replaced(3), corrected(4))

    with database.reading() as connection:
        found = [find_revision(connection, post().id, number) for number in (1, 2, 3, 4)]
    assert [one and one.asks_since for one in found] == [1, 1, 3, 3]
