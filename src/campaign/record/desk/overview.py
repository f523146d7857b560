"""Where an editor begins."""

from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request

from campaign.core.post import Post
from campaign.record.web.answers import reading
from campaign.record.web.visitor import recorder_of
from campaign.store.ledger.database import Connection
from campaign.store.posts.posts import current_revisions


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """A post as readers see it now."""

    post: Post
    url: str | None


@dataclass(frozen=True, slots=True)
class EditingPage:
    """Where an editor begins."""

    template: ClassVar[str] = "desk/editing.html"
    title: ClassVar[str] = "Biên tập"
    posts: tuple[PublishedLine, ...]


@reading
def show_editing(request: Request, connection: Connection) -> EditingPage:
    """Show the posts that ask for a confirmation, in the revision that readers see now."""
    site, posts = recorder_of(request).site, [revision.post for revision in current_revisions(connection)]
    return EditingPage(tuple(PublishedLine(post, site.url_of(post.id)) for post in posts))
