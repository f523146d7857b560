"""The feed of checkpoints: any program that reads feeds keeps them, out of this machine's reach."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from feedgen.feed import FeedGenerator

from campaign.core.ledger.checkpoint import checkpoint_from_note
from campaign.core.ledger.note import claimed_time, read_note

LONG_AGO = datetime.fromtimestamp(0, UTC)
"""When a checkpoint was signed that does not say so: one of before 0.3."""


def write_feed(notes: Sequence[bytes], own_address: str, address: str) -> bytes:
    """Write an Atom feed.

    Args:
        notes: The signed checkpoints, the newest first.
        own_address: Where the feed is.
        address: Where a checkpoint is, with ``{size}`` in it.
    """
    feed, times = FeedGenerator(), [claimed_time(read_note(note)) or LONG_AGO for note in notes]
    feed.id(own_address)
    feed.title("Mốc kiểm chứng của sổ ghi nhận")
    feed.language("vi")
    feed.updated(max(times, default=LONG_AGO))
    feed.author(name="Sổ ghi nhận")
    feed.link(href=own_address, rel="self", type="application/atom+xml")
    for note, at in zip(notes, times, strict=True):
        checkpoint = checkpoint_from_note(read_note(note).text)
        entry = feed.add_entry(order="append")
        entry.id(uuid5(NAMESPACE_URL, f"{checkpoint.origin}#{checkpoint.size}").urn)
        entry.title(f"{checkpoint.origin}: {checkpoint.size} dòng ghi")
        entry.link(href=address.format(size=checkpoint.size), rel="alternate", type="text/plain")
        entry.updated(at)
        entry.content(note.decode(), type="text")
    written: bytes = feed.atom_str(pretty=True)
    return written
