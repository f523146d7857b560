"""RSS 2.0, Atom and JSON Feed 1.1, so that equal posts give equal bytes. RSS and Atom are written with feedgen."""

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from html import escape
from pathlib import Path

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from campaign.core.clock import VIET_NAM
from campaign.core.post import Post
from campaign.core.text import to_slug
from campaign.posts.manifest import list_shown, name_shown
from campaign.posts.rendering import to_html
from campaign.publish.cache.cache import NO_CACHE, Cache, digest_of_all

_FOLDER = "feeds"
ALL_POSTS = "tat-ca"
_TAG = "chu-de-"

_LENGTH = 30
_LENGTH_OF_TAG = 20
"""How many of the newest posts a feed holds: it carries their full text, and readers' programs ask for it every hour.

Tags are many.
"""

BEFORE_ALL_POSTS = datetime(2025, 1, 1, tzinfo=VIET_NAM)
"""Dates what has no post yet; the clock must not."""

_STYLE = b'<?xml-stylesheet href="../assets/feed.css" type="text/css"?>\n'
"""Lets a browser that opens a feed show it as a page."""

_OPENED = {"rss": b"    <item>", "atom": b"  <entry>"}
_CLOSED = {"rss": b"  </channel>", "atom": b"</feed>"}
"""What a post in a feed begins with, and what follows the last one."""

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
    """A feed, in all formats.

    Attributes:
        slug: Its name in addresses.
        title: Its name for readers.
        unit: The unit whose posts it holds, or "".
        tag: The tag whose posts it holds, or "". Without unit and tag it holds all posts.
        calendar: Its calendar of deadlines, relative to the site folder; "" when no post of it has a deadline.
        entries: Newest first; no template shows them.
    """

    slug: str
    title: str
    unit: str
    tag: str
    calendar: str
    entries: tuple[Entry, ...] = field(repr=False)

    @property
    def about(self) -> str:
        """What readers find in it, as they read it in a list of feeds."""
        return self.unit or self.tag or "Tất cả bài"

    @property
    def rss(self) -> str:
        """The RSS file, relative to the site folder."""
        return f"{_FOLDER}/{self.slug}.rss.xml"

    @property
    def atom(self) -> str:
        """The Atom file, relative to the site folder."""
        return f"{_FOLDER}/{self.slug}.atom.xml"

    @property
    def json(self) -> str:
        """The JSON Feed, relative to the site folder."""
        return f"{_FOLDER}/{self.slug}.json"


def select_feeds(title: str, units: Sequence[str], entries: Sequence[Entry]) -> tuple[Feed, ...]:
    """Return the feed of all posts; one for each unit, of the posts that are meant for it; and one for each tag.

    Tags that differ in marks or capitals only are one tag; a tag of signs alone is none.

    Args:
        title: The name of the campaign.
        units: The names of the units.
        entries: The public posts, newest first.
    """
    feeds = [_make_feed(ALL_POSTS, title, "", "", entries[:_LENGTH])]
    for unit in units:
        meant = [entry for entry in entries if not entry.post.audience.units or unit in entry.post.audience.units]
        feeds.append(_make_feed(to_slug(unit), f"{title} – {unit}", unit, "", meant[:_LENGTH]))
    by_tag: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for slug in dict.fromkeys(filter(None, map(to_slug, entry.post.tags))):
            by_tag[slug].append(entry)
    for slug, tagged in sorted(by_tag.items()):
        tag = next(tag for tag in tagged[0].post.tags if to_slug(tag) == slug)
        feeds.append(_make_feed(_TAG + slug, f"{title} – {tag}", "", tag, tagged[:_LENGTH_OF_TAG]))
    return tuple(feeds)


def _make_feed(slug: str, title: str, unit: str, tag: str, entries: Sequence[Entry]) -> Feed:
    has_deadline = any(entry.post.deadline for entry in entries)
    return Feed(slug, title, unit, tag, f"{_FOLDER}/{slug}.ics" if has_deadline else "", tuple(entries))


def name_post(post: Post, tag_authority: str) -> str:
    """Return the name of *post* in feeds and calendars, which survives a new title, address or host (RFC 4151)."""
    return f"tag:{tag_authority}:{post.id}"


def write_feeds(site: Path, home: str, tag_authority: str, feeds: Sequence[Feed], cache: Cache = NO_CACHE) -> None:
    """Write each feed in all formats into the site folder.

    Args:
        site: The site folder.
        home: The full address of the site, with ``/`` at its end.
        tag_authority: Who names the posts, since when: ``skhcn.sonla.gov.vn,2025`` (RFC 4151).
        feeds: The feeds.
        cache: Has the feeds whose posts are as they were.
    """
    writer = _Writer(home, tag_authority, cache)
    (site / _FOLDER).mkdir(parents=True, exist_ok=True)
    for feed in feeds:
        key = digest_of_all([home, tag_authority, feed.title, *map(_to_key, feed.entries)])
        for entry in feed.entries:
            cache.spare(entry.address)
        makers = {
            feed.rss: partial(writer.to_xml, feed, "rss"),
            feed.atom: partial(writer.to_xml, feed, "atom"),
            feed.json: partial(writer.to_json, feed),
        }
        for file, make in makers.items():
            (site / file).write_bytes(cache.remember("feed", file, key, make))


def _to_key(entry: Entry) -> bytes:
    """Return the digest of all that a feed shows of a post."""
    return digest_of_all([entry.post.digest, entry.address, *entry.post.tags])


class _Writer:
    """Writes one feed after another; what a post is in a format is made once for all feeds."""

    def __init__(self, home: str, tag_authority: str, cache: Cache) -> None:
        self._home = home
        self._tag_authority = tag_authority
        self._cache = cache
        self._items: dict[tuple[str, str], bytes] = {}

    def to_xml(self, feed: Feed, kind: str) -> bytes:
        """Put the posts, each as feedgen writes it, where feedgen would: a post is in many feeds and changes seldom."""
        own_address = self._home + (feed.rss if kind == "rss" else feed.atom)
        frame = self._write(self._describe(feed, own_address, f"application/{kind}+xml"), kind)
        head, closed, tail = frame.rpartition(_CLOSED[kind])
        items = (self._find_item(entry, kind) for entry in feed.entries)
        return b"".join([head.replace(b"?>\n", b"?>\n" + _STYLE, 1), *items, closed, tail])

    def to_json(self, feed: Feed) -> bytes:
        facts = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": self._home,
            "feed_url": self._home + feed.json,
            "language": "vi",
            "items": [
                {
                    "id": name_post(entry.post, self._tag_authority),
                    "url": entry.address,
                    "title": entry.post.title,
                    "summary": entry.post.summary,
                    "content_html": self._render(entry),
                    "date_published": entry.post.publish_at.isoformat(),
                    "authors": [{"name": entry.post.leads}],
                    **({"tags": list(entry.post.tags)} if entry.post.tags else {}),
                    **({"attachments": self._list_files(entry)} if entry.post.listed else {}),
                }
                for entry in feed.entries
            ],
        }
        return (json.dumps(facts, ensure_ascii=False) + "\n").encode()

    def _list_files(self, entry: Entry) -> list[dict[str, object]]:
        return [
            {
                "url": self._home + name_shown(entry.post, file),
                "mime_type": file.media_type,
                "title": file.format(),
                "size_in_bytes": file.size,
            }
            for file in entry.post.listed
        ]

    def _find_item(self, entry: Entry, kind: str) -> bytes:
        place = (kind, entry.address)
        if place not in self._items:
            key = digest_of_all([self._tag_authority, _to_key(entry)])
            make = partial(self._write_item, entry, kind)
            self._items[place] = self._cache.remember(f"{kind}-item", entry.address, key, make)
        return self._items[place]

    def _write_item(self, entry: Entry, kind: str) -> bytes:
        """Return a post as it is written in a feed of its own."""
        post, item = entry.post, FeedEntry()
        item.guid(name_post(post, self._tag_authority), permalink=False)
        item.title(_for_xml(post.title))
        item.link(href=entry.address, rel="alternate", type="text/html")
        item.author(name=_for_xml(post.leads))
        item.published(post.publish_at)
        item.updated(post.publish_at)
        item.summary(_for_xml(post.summary))
        item.content(self._render(entry), type="html")
        for file in entry.post.listed[:1]:  # RSS has room for one; the text lists all.
            item.enclosure(self._home + name_shown(post, file), str(file.size), file.media_type)
        item.category([{"term": _for_xml(tag)} for tag in post.tags])
        alone = self._describe(Feed("", "-", "", "", "", (entry,)), self._home, "")
        alone.add_entry(item)
        written = self._write(alone, kind)
        return written[written.index(_OPENED[kind]) : written.rindex(_CLOSED[kind])]

    def _describe(self, feed: Feed, own_address: str, kind: str) -> FeedGenerator:
        """Begin a feed in one format. feedgen takes the last link for RSS, and stamps the clock's time unless told."""
        generator = FeedGenerator()
        generator.id(f"tag:{self._tag_authority}:{_FOLDER}/{feed.slug}")
        generator.title(_for_xml(feed.title))
        generator.description(_for_xml(feed.title))
        generator.language("vi")
        generator.updated(feed.entries[0].post.publish_at if feed.entries else BEFORE_ALL_POSTS)
        generator.link(href=own_address, rel="self", type=kind)
        generator.link(href=self._home, rel="alternate", type="text/html")
        return generator

    def _write(self, generator: FeedGenerator, kind: str) -> bytes:
        written: bytes = getattr(generator, f"{kind}_str")(pretty=True)
        return written

    def _render(self, entry: Entry) -> str:
        key = digest_of_all([entry.post.digest, entry.address])
        text = self._cache.remember("entry", entry.address, key, partial(self._make_text, entry)).decode()
        return _for_xml(text)

    def _make_text(self, entry: Entry) -> bytes:
        links = "".join(
            f'<li><a href="{escape(self._home + shown.url)}">{escape(shown.words)}</a></li>'
            for shown in list_shown(entry.post)
        )
        files = f"<p>Tệp kèm theo:</p><ul>{links}</ul>" if links else ""
        return (to_html(entry.post.text, entry.address) + files).encode()


def _for_xml(text: str) -> str:
    """Leave out what XML cannot carry: feedgen would fail on it."""
    return _NOT_IN_XML.sub("", text)
