"""Earlier revisions: each keeps an address of its own, with what changed since."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from campaign.core.difference import ChangedPart, compare_posts
from campaign.core.post import Post
from campaign.posts.archive import Archive
from campaign.posts.attachments import find_files
from campaign.posts.manifest import ShownFile, list_shown, name_shown
from campaign.posts.rendering import with_plain_text, to_html

_FOLDER = "phien-ban"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A revision that a later one followed.

    Attributes:
        post: The post as readers saw it then.
        path: The file of its page, as if it lay in the content folder.
    """

    post: Post
    path: str

    @property
    def url(self) -> str:
        """The address of its page from the root of the site."""
        return f"{_FOLDER}/{self.post.id}/{self.post.revision.number}/"

    def to_page(self) -> str:
        """Return its page as MkDocs is to see it; the template shows the rest."""
        title = f"{self.post.title} (phiên bản {self.post.revision.number})"
        meta = {"template": "revision.html", "title": escape(title)}
        return f"---\n{json.dumps(meta, ensure_ascii=False)}\n---\n"


@dataclass(frozen=True, slots=True)
class EarlierView:
    """An earlier revision as its template shows it.

    Attributes:
        deadline: Until when it was to be confirmed, in words; "" when it was not.
        current: The post as it is now.
        current_url: Its address from the root of the site.
        changes: What changed since.
        text: The text of then, as HTML that is safe.
        files: The files of then.
        is_covered: Whether they are part of what was confirmed.
    """

    post: Post
    deadline: str
    current: Post
    current_url: str
    changes: tuple[ChangedPart, ...]
    text: str
    files: tuple[ShownFile, ...]
    is_covered: bool


def find_earlier(post: Post, archive: Archive) -> Iterator[Earlier]:
    """Yield the revisions that readers saw before the present one of *post*, the newest first."""
    for number in reversed(archive.numbers(post.id)):
        if number < post.revision.number:
            yield Earlier(archive.load(post.id, number), f"{_FOLDER}/{post.id}/{number}.md")


def view_earlier(earlier: Earlier, current: Post, current_url: str, home: str) -> EarlierView:
    """Compare an earlier revision with the present one.

    Args:
        earlier: The revision.
        current: The post as it is now.
        current_url: Its address from the root of the site.
        home: The full address of the site.
    """
    moved = {home + quote(file.path): home + name_shown(earlier.post, file) for file in earlier.post.attachments}
    return EarlierView(
        post=earlier.post,
        deadline=earlier.post.deadline.format() if earlier.post.deadline else "",
        current=current,
        current_url=current_url,
        changes=compare_posts(with_plain_text(earlier.post), with_plain_text(current)),
        text=to_html(earlier.post.text, home + current_url, moved),
        files=list_shown(earlier.post),
        is_covered=bool(earlier.post.attachments) or not find_files(earlier.post, earlier.path),
    )
