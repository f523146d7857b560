"""When a changed text needs a new revision, and when a site must be built again."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from campaign.core.clock import ONE_DAY, day_in_viet_nam, start_of_day
from campaign.core.post import Post


def is_announced(number: int, digest: str, published: Mapping[int, str]) -> bool:
    """Say whether a text may be published as revision *number*: it was published as that, or is newer than all.

    Args:
        number: The revision's number.
        digest: The digest of the text.
        published: The digests of the post's revisions that readers have seen, by number.
    """
    latest = max(published, default=0)
    return number > latest or (number == latest and published[number] == digest)


def next_change(posts: Iterable[Post], now: datetime) -> datetime | None:
    """Return the first instant after *now* at which the site would say something else, or `None` if none is known.

    A post begins or ends, or the words on its deadline change: while a deadline is open, the site counts the days, so
    it changes at every midnight in Viet Nam.
    """
    turns = []
    for post in posts:
        if not post.draft and now < post.publish_at:
            turns.append(post.publish_at)
        elif not post.draft and post.expires and now < post.expires:
            turns.append(post.expires)
        if post.is_public_at(now) and post.deadline and post.deadline.is_met_at(now):
            turns.append(start_of_day(day_in_viet_nam(now) + ONE_DAY))
    return min(turns, default=None)


def is_build_due(posts: Iterable[Post], built: datetime, now: datetime) -> bool:
    """Say whether the site built at *built* differs from a site built *now*."""
    first = next_change(posts, built)
    return first is not None and first <= now
