"""The list of a post: whom it counts of those it is for, on the roster of now or on the one that was fixed.

Ask `find_posts_concerning` for all posts of one person, and `find_concerned` for many people of one post.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, and_, bindparam, select

from campaign.core.people.roster import Category, Member
from campaign.core.post import Audience
from campaign.errors.roster import UnknownMemberError
from campaign.store.base import schema
from campaign.store.base.rule import is_meant, is_on_list
from campaign.store.posts.posts import PublishedRevision
from campaign.store.roster.roster import ListedMember, find_by_code


def find_concerned(
    connection: Connection, revision: PublishedRevision, people: Sequence[ListedMember]
) -> frozenset[int]:
    """Return the numbers of those *people*, all on the roster now, who must confirm a post."""
    if revision.post.audience == Audience() and connection.scalar(_FIXED_AT, {"post": revision.post_id}) is None:
        return frozenset(listed.id for listed in people)
    return find_concerned_members(connection, revision, [listed.id for listed in people])


def is_concerned(connection: Connection, revision: PublishedRevision, listed: ListedMember) -> bool:
    """Say whether somebody on the roster must confirm a post."""
    return listed.id in find_concerned(connection, revision, [listed])


def find_concerned_members(
    connection: Connection, revision: PublishedRevision, members: Sequence[int]
) -> frozenset[int]:
    """Return which of *members* are on the list of a post; on a fixed one may be some who left the roster."""
    return frozenset(connection.scalars(_CONCERNED, {"post": revision.post_id, "members": members}))


def find_posts_concerning(connection: Connection, member_id: int) -> frozenset[int]:
    """Return the numbers of all posts on whose list a member is."""
    return frozenset(connection.scalars(_POSTS, {"member": member_id}))


def find_by_staff_code(connection: Connection, revision: PublishedRevision, staff_code: str) -> ListedMember:
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


_FIXED_AT = select(schema.post.c.fixed_at).where(schema.post.c.id == bindparam("post"))
_PLACE = schema.membership
_LIST = schema.post.join(_PLACE, and_(is_on_list(_PLACE, schema.post), is_meant(_PLACE, schema.post)))
_CONCERNED = (
    select(_PLACE.c.member_id)
    .select_from(_LIST)
    .where(schema.post.c.id == bindparam("post"), _PLACE.c.member_id.in_(bindparam("members", expanding=True)))
)
_POSTS = select(schema.post.c.id).select_from(_LIST).where(_PLACE.c.member_id == bindparam("member"))
_BY_CODE = (
    select(schema.member, schema.unit.c.name.label("unit"), _PLACE.c.category)
    .select_from(_LIST.join(schema.unit, schema.unit.c.id == _PLACE.c.unit_id).join(schema.member))
    .where(schema.post.c.id == bindparam("post"), schema.member.c.staff_code == bindparam("code"))
)
