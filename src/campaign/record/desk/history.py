"""The history of a post: its drafts and revisions, who did what and when, and how any two differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from starlette.requests import Request

from campaign.core.difference import ChangedPart, compare_posts
from campaign.core.draft import Draft, DraftAct
from campaign.core.post import Audience, Post, Revision
from campaign.posts.editing import to_declared
from campaign.posts.front_matter import split_front_matter
from campaign.posts.rendering import with_plain_text
from campaign.record.desk.editor import saved_name
from campaign.record.desk.place import Place, place_of
from campaign.record.web.admission import unit_shown_to
from campaign.record.web.answers import reading
from campaign.record.web.guard import to_number
from campaign.store.ledger.database import Connection
from campaign.store.posts.drafts import find_draft, list_versions, names_of_accounts, read_acts, require_draft


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A version of a draft, or a revision that readers saw.

    Attributes:
        key: How a choice names it: ``b3`` is the third draft, ``p2`` the second revision.
        label: What it is called.
        who: Who saved it; "" for a revision.
        at: When it was saved; nothing for a revision.
        acts: What was decided about it.
        note: What readers were told of the change.
    """

    key: str
    label: str
    who: str = ""
    at: datetime | None = None
    acts: tuple[DraftAct, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """The versions of a post, and the difference between two of them.

    Attributes:
        old: The key of the earlier one.
        new: The key of the later one.
        changes: What differs; nothing while no two are chosen.
    """

    template: ClassVar[str] = "desk/history.html"
    title: ClassVar[str] = "Lịch sử của bài"
    post: str
    lines: tuple[HistoryLine, ...]
    names: Mapping[str, str]
    old: str = ""
    new: str = ""
    changes: tuple[ChangedPart, ...] | None = None


@reading
def show_history(request: Request, connection: Connection) -> HistoryPage:
    """Show every version of a post, and how the two chosen ones differ."""
    post, place = saved_name(request), place_of(request)
    require_draft(connection, post, unit_shown_to(request))
    names, acts = names_of_accounts(connection), read_acts(connection, post)
    lines = [_to_line(draft, acts, names) for draft in list_versions(connection, post)]
    archive = place.archive
    for number in reversed(archive.numbers(post)) if place.workplace else ():
        note = archive.load(post, number).revision.note
        lines.append(HistoryLine(f"p{number}", f"Phiên bản {number} người đọc đã thấy", note=note))
    old, new = request.query_params.get("tu", ""), request.query_params.get("den", "")
    before, after = _find(connection, place, post, old), _find(connection, place, post, new)
    changes = compare_posts(with_plain_text(before), with_plain_text(after)) if before and after else None
    return HistoryPage(post, tuple(lines), names, old, new, changes)


def _to_line(draft: Draft, acts: list[DraftAct], names: Mapping[str, str]) -> HistoryLine:
    about = tuple(act for act in acts if act.digest == draft.digest)
    label = f"Bản thảo {draft.version}"
    return HistoryLine(f"b{draft.version}", label, names.get(draft.author, draft.author), draft.saved_at, about)


def _find(connection: Connection, place: Place, post: str, key: str) -> Post | None:
    """Return the version that a key names, or nothing."""
    number = to_number(key[1:])
    if key.startswith("b"):
        draft = find_draft(connection, post, number)
        return (place.read_post(draft) or _read_text(draft)) if draft else None
    archive = place.archive
    is_kept = key.startswith("p") and place.workplace and number in archive.numbers(post)
    return archive.load(post, number) if is_kept else None


def _read_text(draft: Draft) -> Post:
    """Return what can be compared of a draft whose fields have faults: its title and its text."""
    front = split_front_matter(draft.path, draft.source)
    title = str(to_declared(front).get("title", ""))
    return Post(draft.post, title, "", front.text, Audience(), (), draft.saved_at, Revision())
