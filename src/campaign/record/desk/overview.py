"""Where an editor begins: the drafts with how far they have come, and the posts that readers see."""

from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request

from campaign.core.draft import Draft, DraftState, find_state
from campaign.core.people.access import Role
from campaign.errors.base import CampaignError
from campaign.posts.editing import to_declared
from campaign.posts.front_matter import split_front_matter
from campaign.record.desk.place import place_of
from campaign.record.web.admission import staff_of, unit_shown_to
from campaign.record.web.answers import reading
from campaign.record.web.visitor import recorder_of
from campaign.store.ledger.database import Connection
from campaign.store.posts.drafts import list_drafts, names_of_accounts, read_all_acts


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in the list.

    Attributes:
        title: What it is called now; "" when nobody said.
        author: The full name of who saved it last.
    """

    draft: Draft
    title: str
    state: DraftState
    author: str


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """A post that readers see, or whose file is in the content folder."""

    id: str
    title: str
    url: str | None
    has_draft: bool


@dataclass(frozen=True, slots=True)
class EditingPage:
    """Where an editor begins.

    Attributes:
        may_revise: Whether the account may begin a new revision of a post.
        may_switch: Whether the account may show the previous site again.
    """

    template: ClassVar[str] = "desk/editing.html"
    title: ClassVar[str] = "Biên tập"
    drafts: tuple[DraftLine, ...]
    posts: tuple[PublishedLine, ...]
    may_revise: bool = True
    may_switch: bool = False
    fault: CampaignError | None = None


@reading
def show_editing(request: Request, connection: Connection, fault: CampaignError | None = None) -> EditingPage:
    """Show drafts and posts; a unit head sees those that their unit proposes."""
    place, role = place_of(request), staff_of(request).role
    acts, names = read_all_acts(connection), names_of_accounts(connection)
    drafts = list_drafts(connection, unit_shown_to(request))
    manifest = recorder_of(request).site.manifest()
    shown = {post.id: post for post in manifest.posts} if manifest else {}
    files = place.workplace.find_posts() if place.workplace else {}
    begun = {draft.post for draft in drafts}
    posts = tuple(
        PublishedLine(post, shown[post].title if post in shown else post, shown[post].url, post in begun)
        if post in shown
        else PublishedLine(post, files[post], None, post in begun)
        for post in dict.fromkeys([*shown, *files])
    )
    lines = tuple(
        DraftLine(
            draft,
            str(to_declared(split_front_matter(draft.path, draft.source)).get("title", "")),
            find_state(draft.digest, acts.get(draft.post, ())),
            names.get(draft.author, draft.author),
        )
        for draft in drafts
    )
    has_folder = place.workplace is not None
    return EditingPage(lines, posts, role is not Role.UNIT_HEAD, role is Role.OFFICE and has_folder, fault)
