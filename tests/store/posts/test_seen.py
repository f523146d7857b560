"""Lists of who has seen a document: of one post, and of one person."""

from campaign.core.people.seen import SeenPeople
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.posts.seen import find_posts_seen_by, find_seen, record_seen
from tests.rigs.builders import OPENED, post
from tests.rigs.ledger_steps import begin, publish


def test_the_posts_that_somebody_has_seen_are_those_on_any_of_whose_lists_they_stand(database: Database) -> None:
    begin(database)
    publish(database, post(), post(id="bai-khac"))
    with appending(database) as ledger:
        for key, members in ((post().id, (1, 12)), (post().id, (3,)), ("bai-khac", (1,))):
            record_seen(ledger, key, SeenPeople(members, 0, f"{len(members)}{members[0]}" * 16), "chi", OPENED)

    with database.reading() as connection:
        assert [sorted(find_posts_seen_by(connection, member)) for member in (1, 2, 3, 12)] == [
            ["bai-khac", post().id],
            [],
            [post().id],
            [post().id],
        ]
        assert find_seen(connection, post().id) == {1, 3, 12}
