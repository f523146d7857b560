"""The checkpoints that anybody's program takes and keeps."""

from datetime import timedelta

import feedparser

from campaign.store.ledger.ledger import kept_checkpoints
from campaign.store.proofs.verification import keep_checkpoint
from tests.rigs.ledger_steps import press
from tests.rigs.recorder import Desk

FEED, NEWEST = "/kiem-chung/moc.atom.xml", "/kiem-chung/moc.txt"


def keep(desk: Desk) -> None:
    with desk.database.writing() as connection:
        keep_checkpoint(connection, desk.recorder.key, desk.clock())


def keep_two(desk: Desk) -> dict[int, bytes]:
    """Keep a checkpoint, and another a day and an entry later."""
    keep(desk)
    press(desk.database)
    desk.clock.now += timedelta(days=1)
    keep(desk)
    with desk.database.reading() as connection:
        return kept_checkpoints(connection)


def test_the_newest_and_each_kept_checkpoint_are_there_byte_for_byte(desk: Desk) -> None:
    kept, visitor = keep_two(desk), desk.visitor()

    assert visitor.get(NEWEST).content == kept[desk.entries()]
    assert {size: visitor.get(f"/kiem-chung/moc/{size}.txt").content for size in kept} == kept
    assert visitor.get("/kiem-chung/moc/5000.txt").status_code == 404


def test_a_feed_reader_finds_them_the_newest_first(desk: Desk) -> None:
    kept = keep_two(desk)
    answer = desk.visitor().get(FEED)

    found = feedparser.parse(answer.content)

    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert not found.bozo
    assert [entry.content[0].value.strip() for entry in found.entries] == [
        note.decode().strip() for note in reversed(kept.values())
    ]
    assert [entry.link for entry in found.entries] == [
        f"{desk.recorder.address}/kiem-chung/moc/{size}.txt" for size in reversed(kept)
    ]
    assert len({entry.id for entry in found.entries}) == 2
    assert found.feed.updated_parsed[:5] == desk.clock().utctimetuple()[:5]


def test_the_feed_of_equal_checkpoints_is_equal_and_may_be_empty(desk: Desk) -> None:
    empty = desk.visitor().get(FEED).content
    keep_two(desk)

    first = desk.visitor().get(FEED).content
    desk.clock.now += timedelta(days=30)

    assert feedparser.parse(empty).entries == []
    assert desk.visitor().get(FEED).content == first
