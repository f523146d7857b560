"""The list of a post: whom it counts of those it is for, on the roster of now or on the one that was fixed."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select, text

from campaign.core.post import RosterRule
from campaign.core.roster import Category, Member
from campaign.errors.roster import UnknownMemberError
from campaign.store.base import schema
from campaign.store.posts.posts import PublishedRevision
from campaign.store.roster.roster import ListedMember, find_by_code
from campaign.store.tallies import ON_LIST


def find_concerned(
    connection: Connection, revision: PublishedRevision, people: Sequence[ListedMember]
) -> frozenset[int]:
    """Return the numbers of those *people*, all on the roster now, who must confirm a post."""
    post = revision.post
    if post.roster is RosterRule.FIXED or post.audience.units:
        return find_on(connection, revision, [one.id for one in people])
    categories = post.audience.categories or tuple(Category)
    return frozenset(one.id for one in people if one.member.category in categories)


def is_concerned(connection: Connection, revision: PublishedRevision, listed: ListedMember) -> bool:
    """Say whether somebody on the roster must confirm a post."""
    return listed.id in find_concerned(connection, revision, [listed])


def find_on(connection: Connection, revision: PublishedRevision, members: Sequence[int]) -> frozenset[int]:
    """Return which of *members* are on the list of a post; on a fixed one may be some who left the roster."""
    return frozenset(connection.scalars(_ON, {"post": revision.post_id, "members": members}))


def find_on_list(connection: Connection, revision: PublishedRevision, staff_code: str) -> ListedMember:
    """Return the member with that staff code: on the roster now, or else on the fixed list of the post.

    Raises:
        UnknownMemberError: Nobody there has it.
    """
    try:
        return find_by_code(connection, staff_code)
    except UnknownMemberError:
        row = connection.execute(_BY_CODE, {"post": revision.post_id, "code": staff_code}).one_or_none()
        if row is None:
            raise
        return ListedMember(row.id, Member(row.staff_code, row.name, row.unit, Category(row.category), row.email))


def find_meant_posts(connection: Connection, unit_id: int, category: Category) -> frozenset[int]:
    """Return the numbers of the posts that are for the members of a unit who are of a category."""
    columns = schema.audience.c
    query = select(columns.post_id).where(columns.unit_id == unit_id, columns.category == category.value)
    return frozenset(connection.scalars(query))


_ON_POSTS_LIST = f"""
    FROM membership m
    JOIN post p ON p.id = :post
    JOIN audience a ON a.post_id = p.id AND a.unit_id = m.unit_id AND a.category = m.category
    JOIN member o ON o.id = m.member_id
    JOIN unit u ON u.id = m.unit_id
    WHERE {ON_LIST}
"""
_ON = text(f"SELECT o.id {_ON_POSTS_LIST} AND m.member_id IN :members").bindparams(bindparam("members", expanding=True))
_BY_CODE = text(
    f"SELECT o.id, o.staff_code, o.name, o.email, u.name AS unit, m.category {_ON_POSTS_LIST} AND o.staff_code = :code"
)
