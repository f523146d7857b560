"""The list of posts, a page at a time, so that no page grows with the years."""

from dataclasses import dataclass

from campaign.publish.site.site import PostView

POSTS_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class ListView:
    """A page of the list of posts.

    Attributes:
        posts: Those on it, the newest first.
        number: Which page it is, from 1.
        count: How many pages there are.
    """

    posts: tuple[PostView, ...]
    number: int
    count: int


def view_list(posts: tuple[PostView, ...], number: int) -> ListView:
    """Return the page *number* of the list of *posts*."""
    end = number * POSTS_ON_A_PAGE
    return ListView(posts[end - POSTS_ON_A_PAGE : end], number, -(-len(posts) // POSTS_ON_A_PAGE))
