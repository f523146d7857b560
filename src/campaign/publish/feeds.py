"""RSS 2.0 and Atom, written with feedgen so that equal posts give equal bytes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from campaign.core.clock import VIET_NAM
from campaign.core.post import Post
from campaign.core.text import to_slug
from campaign.publish.rendering import to_html

FEEDS_FOLDER = "feeds"
ALL_POSTS = "tat-ca"

_LENGTH = 100
"""How many of the newest posts a feed holds: it carries their full text."""

BEFORE_ALL_POSTS = datetime(2025, 1, 1, tzinfo=VIET_NAM)
"""Dates what has no post yet; the clock must not."""

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A post in a feed.

    Attributes:
        address: The post's full address.
    """

    post: Post
    address: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, in both formats.

    Attributes:
        slug: Its name in addresses.
        title: Its name for readers.
        unit: The unit whose posts it holds; "" for all posts.
        entries: Newest first.
    """

    slug: str
    title: str
    unit: str
    entries: tuple[Entry, ...]

    @property
    def rss(self) -> str:
        """The RSS file, relative to the site folder."""
        return f"{FEEDS_FOLDER}/{self.slug}.rss.xml"

    @property
    def atom(self) -> str:
        """The Atom file, relative to the site folder."""
        return f"{FEEDS_FOLDER}/{self.slug}.atom.xml"


def select_feeds(title: str, units: Sequence[str], entries: Sequence[Entry]) -> tuple[Feed, ...]:
    """Return the feed of all posts, then one for each unit, of the posts that are meant for it.

    Args:
        title: The name of the campaign.
        units: The names of the units.
        entries: The public posts, newest first.
    """
    feeds = [Feed(ALL_POSTS, title, "", tuple(entries[:_LENGTH]))]
    for unit in units:
        meant = [entry for entry in entries if not entry.post.audience.units or unit in entry.post.audience.units]
        feeds.append(Feed(to_slug(unit), f"{title} – {unit}", unit, tuple(meant[:_LENGTH])))
    return tuple(feeds)


def write_feeds(site: Path, home: str, tag_authority: str, feeds: Sequence[Feed]) -> None:
    """Write each feed in both formats into the site folder.

    Args:
        site: The site folder.
        home: The full address of the site, with ``/`` at its end.
        tag_authority: Who names the posts, since when: ``skhcn.sonla.gov.vn,2025`` (RFC 4151).
        feeds: The feeds.
    """
    entries = {entry.address: entry for feed in feeds for entry in feed.entries}
    texts = {address: _for_xml(to_html(entry.post.text, address)) for address, entry in entries.items()}
    (site / FEEDS_FOLDER).mkdir(parents=True, exist_ok=True)
    for feed in feeds:
        for file, kind in ((feed.rss, "rss"), (feed.atom, "atom")):
            generator = _describe(feed, home, tag_authority, own_address=home + file, kind=f"application/{kind}+xml")
            for entry in feed.entries:
                item = _to_item(entry.post, entry.address, tag_authority, texts[entry.address])
                generator.add_entry(item, order="append")
            written: bytes = getattr(generator, f"{kind}_str")(pretty=True)
            (site / file).write_bytes(written)


def _describe(feed: Feed, home: str, tag_authority: str, *, own_address: str, kind: str) -> FeedGenerator:
    """Begin a feed in one format. feedgen takes the last link for RSS, and stamps the clock's time unless told."""
    newest = feed.entries[0].post.publish_at if feed.entries else BEFORE_ALL_POSTS
    generator = FeedGenerator()
    generator.id(f"tag:{tag_authority}:{FEEDS_FOLDER}/{feed.slug}")
    generator.title(_for_xml(feed.title))
    generator.description(_for_xml(feed.title))
    generator.language("vi")
    generator.updated(newest)
    generator.link(href=own_address, rel="self", type=kind)
    generator.link(href=home, rel="alternate", type="text/html")
    return generator


def _to_item(post: Post, address: str, tag_authority: str, html: str) -> FeedEntry:
    item = FeedEntry()
    item.guid(f"tag:{tag_authority}:{post.id}", permalink=False)
    item.title(_for_xml(post.title))
    item.link(href=address, rel="alternate", type="text/html")
    item.author(name=_for_xml(post.lead_unit))
    item.published(post.publish_at)
    item.updated(post.publish_at)
    item.summary(_for_xml(post.summary))
    item.content(html, type="html")
    item.category([{"term": _for_xml(tag)} for tag in post.tags])
    return item


def _for_xml(text: str) -> str:
    """Leave out what XML cannot carry: feedgen would fail on it."""
    return _NOT_IN_XML.sub("", text)
