"""A post: what is published, for whom, until when it asks for a confirmation, and in which revision."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256

from campaign.core.attachment import Attachment
from campaign.core.deadline import Deadline
from campaign.core.labelled import Labelled
from campaign.core.people.roster import Category
from campaign.core.source_document import SourceDocument, source_from_facts
from campaign.core.text import format_all


class Change(Labelled):
    """What a revision is to the one before it."""

    FIRST = "first", "đăng lần đầu"
    CORRECTION = "correction", "đính chính"
    REPLACEMENT = "replacement", "thay thế"

    @property
    def asks_again(self) -> bool:
        """Whether earlier confirmations end with this revision. A correction does not alter the meaning: they stay."""
        return self is not Change.CORRECTION


@dataclass(frozen=True, slots=True)
class Audience:
    """Who a post is for: everyone, or the members of some units, or of some categories, or of both at once."""

    units: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()

    def includes(self, unit: str, category: Category) -> bool:
        """Say whether a member of *unit* and *category* is meant."""
        return (not self.units or unit in self.units) and self.includes_category(category)

    def includes_category(self, category: Category) -> bool:
        """Say whether members of *category* are meant, of the units that it names (`Units.meant_by`)."""
        return not self.categories or category in self.categories

    def format(self) -> str:
        """Write the audience as people read it."""
        who = ", ".join(category.label for category in self.categories) or "công chức, viên chức, người lao động"
        where = f" của {', '.join(self.units)}" if self.units else ""
        return f"{who}{where}" if self.units or self.categories else f"toàn thể {who}"


class RosterRule(Labelled):
    """Which members of its audience a post counts: those on the roster now, or those when the post was published.

    A fixed list stays as it was: a member who joins later owes nothing, and a member who moved or left since is still
    counted, in the unit of that day, until exempted for a reason.
    """

    FOLLOWING = "following", "theo danh sách hiện tại"
    FIXED = "fixed", "theo danh sách chốt khi đăng bài"

    @property
    def meaning(self) -> str:
        """What the rule does, as people read it."""
        if self is RosterRule.FOLLOWING:
            return "ai vào danh sách sau khi đăng cũng phải xác nhận; ai ra khỏi danh sách thì thôi được tính"
        return (
            "ai vào danh sách sau khi đăng không phải xác nhận; ai chuyển đơn vị hoặc ra khỏi danh sách "
            "vẫn được tính ở đơn vị lúc chốt, cho đến khi được miễn"
        )


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a post's text.

    Attributes:
        number: 1, 2, 3 … within the post.
        change: What it is to the one before.
        note: What changed, in words that readers see; empty for the first.
    """

    number: int = 1
    change: Change = Change.FIRST
    note: str = ""


@dataclass(frozen=True)
class Post:
    """A post as its editor wrote it.

    Attributes:
        id: The stable name of the post; file name, title and address may change, this never.
        lead_units: Who leads; there may be several.
        cooperating_units: Units, or the plan's own words as one text.
        campaign: The id of its campaign; nothing in a revision from before campaigns, which belongs to the first.
        text: The body in Markdown, NFC, each line ended by a line feed alone.
        sentence: The sentence that a reader confirms; nothing when the post asks for no confirmation.
        deadline: Until when it must be confirmed; set if and only if *sentence* is.
        roster: Which list its audience is taken from.
        publish_at: The instant from which the post may be seen.
        expires: The instant from which the post is no longer shown, or nothing.
        verified: Whether the text was checked against the full source document.
        attachments: The files that readers are shown with the text. Revisions of older programs do not cover theirs.
        files: The files of the content folder that the post names; no part of the document.
    """

    id: str
    title: str
    summary: str
    text: str
    audience: Audience
    lead_units: tuple[str, ...]
    publish_at: datetime
    revision: Revision
    source_document: SourceDocument | None = None
    cooperating_units: tuple[str, ...] = ()
    sentence: str | None = None
    deadline: Deadline | None = None
    roster: RosterRule = RosterRule.FOLLOWING
    expires: datetime | None = None
    draft: bool = False
    tags: tuple[str, ...] = ()
    verified: bool = False
    campaign: str | None = None
    attachments: tuple[Attachment, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def leads(self) -> str:
        """Who leads, in words."""
        return format_all(self.lead_units)

    @property
    def listed(self) -> tuple[Attachment, ...]:
        """The attachments that are listed with the text: all but the pictures in it."""
        return tuple(file for file in self.attachments if not file.is_picture)

    def is_public_at(self, now: datetime) -> bool:
        """Say whether readers may see the post at *now*."""
        return not self.draft and self.publish_at <= now and (self.expires is None or now < self.expires)

    def to_document(self) -> bytes:
        """Return the revision's document: what readers are shown, as canonical JSON (sorted keys, UTF-8, no spaces).

        The SHA-256 of these bytes is the revision's digest, so anyone who has the file can compute it.
        """
        source = self.source_document
        facts: dict[str, object] = {
            "id": self.id,
            "title": self.title,
            "summary": self.summary,
            "text": self.text,
            "audience": {"units": list(self.audience.units), "categories": list(self.audience.categories)},
            "cooperating_units": list(self.cooperating_units),
            "revision": {"number": self.revision.number, "change": self.revision.change, "note": self.revision.note},
            "source_document": source and source.to_facts(),
            "sentence": self.sentence,
            "deadline": self.deadline and {"before": self.deadline.before.isoformat(), "named": self.deadline.named},
            "publish_at": self.publish_at.isoformat(),
            "verified": self.verified,
        }
        # What older programs did not know is there only when it is said, so their revisions keep their digests.
        if len(self.lead_units) == 1:
            facts["lead_unit"] = self.lead_units[0]
        else:
            facts["lead_units"] = list(self.lead_units)
        if self.roster is not RosterRule.FOLLOWING:
            facts["roster"] = self.roster
        if self.campaign is not None:
            facts["campaign"] = self.campaign
        if self.attachments:
            facts["attachments"] = [
                {"path": file.path, "size": file.size, "sha256": file.digest} for file in self.attachments
            ]
        return to_canonical_json(facts)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the revision's document, in hexadecimal; a build asks for it again and again."""
        return digest_of(self.to_document())


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
"""Made once: to make it takes as long as to write an entry."""


def to_canonical_json(facts: Mapping[str, object]) -> bytes:
    """Write *facts* so that equal facts give equal bytes: sorted keys, no spaces, UTF-8 as it is."""
    return _ENCODER.encode(facts).encode()


def digest_of(document: bytes) -> str:
    """Return the digest of a revision's document."""
    return sha256(document).hexdigest()


def post_from_document(
    document: bytes,
    *,
    expires: datetime | None = None,
    draft: bool = False,
    tags: tuple[str, ...] = (),
    files: tuple[str, ...] = (),
) -> Post:
    """Read a revision's document back; what it leaves out is given beside it.

    Raises:
        ValueError: The bytes are not a revision's document.
    """
    try:
        facts = json.loads(document)
        source, deadline = facts["source_document"], facts["deadline"]
        post = Post(
            id=facts["id"],
            title=facts["title"],
            summary=facts["summary"],
            text=facts["text"],
            audience=Audience(
                tuple(facts["audience"]["units"]), tuple(Category(name) for name in facts["audience"]["categories"])
            ),
            lead_units=tuple(facts["lead_units"] if "lead_units" in facts else [facts["lead_unit"]]),
            cooperating_units=tuple(facts["cooperating_units"]),
            publish_at=datetime.fromisoformat(facts["publish_at"]),
            revision=Revision(
                facts["revision"]["number"], Change(facts["revision"]["change"]), facts["revision"]["note"]
            ),
            source_document=source and source_from_facts(source),
            sentence=facts["sentence"],
            deadline=deadline and Deadline(date.fromisoformat(deadline["before"]), deadline["named"]),
            verified=facts["verified"],
            roster=RosterRule(facts.get("roster", RosterRule.FOLLOWING)),
            campaign=facts.get("campaign"),
            expires=expires,
            draft=draft,
            tags=tags,
            files=files,
            attachments=tuple(
                Attachment(file["path"], file["size"], file["sha256"]) for file in facts.get("attachments", ())
            ),
        )
    except (KeyError, TypeError, RecursionError) as error:
        message = f"not a revision's document: {error!r}"
        raise ValueError(message) from error
    vars(post)["digest"] = digest_of(document)  # What was confirmed are these bytes.
    return post
