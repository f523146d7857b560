"""Moving somebody to another unit, taking somebody off the roster: what it would change, and doing it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from campaign.core.people.roster import Member, RosterPlan
from campaign.core.people.special_case import Grounds
from campaign.core.post import Post, RosterRule
from campaign.errors.units import UnitChangeError, UnitFault, UnknownUnitError
from campaign.store.base.units import read_units
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.posts.concerned import find_meant_posts, find_posts_concerning
from campaign.store.posts.posts import current_revisions
from campaign.store.posts.special_cases import deadline_of
from campaign.store.roster.roster import ListedMember, RosterSource, apply_roster, find_by_code


@dataclass(frozen=True, slots=True)
class MemberChange:
    """What a move, or the end of a membership, would change for a member.

    Attributes:
        unit: The unit that the member would be in; nothing for one who would be off the roster.
        lost: The posts that would count the member no longer.
        gained: The posts that would count the member from then on.
        fixed: The posts that count the member all the same, because their list is fixed or their time is over.
    """

    member: Member
    unit: str | None
    lost: tuple[Post, ...]
    gained: tuple[Post, ...]
    fixed: tuple[Post, ...]


def plan_move(connection: Connection, staff_code: str, unit: str, now: datetime) -> MemberChange:
    """Return what moving a member to *unit* now would change; for a unit that has ended, its only successor is meant.

    Raises:
        UnknownMemberError: Nobody on the roster has that code.
        UnknownUnitError: There is no such unit.
        UnitChangeError: The unit has ended without one that took over, or the member is in it already.
    """
    listed, units = find_by_code(connection, staff_code), read_units(connection)
    if unit not in units.by_name:
        raise UnknownUnitError(unit)
    heir = units.heir_of(units.by_name[unit])
    if heir is None:
        raise UnitChangeError(UnitFault.ENDED, unit)
    if heir.name == listed.member.unit:
        raise UnitChangeError(UnitFault.SAME, heir.name)
    meant = find_meant_posts(connection, heir.id, listed.member.category)
    return _compare(connection, listed, heir.name, meant, now)


def plan_removal(connection: Connection, staff_code: str, now: datetime) -> MemberChange:
    """Return what taking a member off the roster would change.

    Raises:
        UnknownMemberError: Nobody on the roster has that code.
    """
    return _compare(connection, find_by_code(connection, staff_code), None, (), now)


def move_member(ledger: OpenLedger, staff_code: str, unit: str, grounds: Grounds) -> None:
    """Move a member to another unit.

    Raises:
        CampaignError: As :func:`plan_move`.
        RosterErasedError: The time of this campaign's personal fields is over.
    """
    planned = plan_move(ledger.connection, staff_code, unit, grounds.at)
    moved = replace(planned.member, unit=planned.unit or "")
    _apply(ledger, RosterPlan((), ((planned.member, moved),), (), 0), grounds)


def remove_member(ledger: OpenLedger, staff_code: str, grounds: Grounds) -> None:
    """Take a member off the roster; the confirmations stay.

    Raises:
        UnknownMemberError: Nobody on the roster has that code.
        RosterErasedError: The time of this campaign's personal fields is over.
    """
    member = find_by_code(ledger.connection, staff_code).member
    _apply(ledger, RosterPlan((), (), (member,), 0), grounds)


def _apply(ledger: OpenLedger, plan: RosterPlan, grounds: Grounds) -> None:
    apply_roster(ledger, plan, grounds.at, RosterSource(grounds.actor, grounds.reason))


def _compare(
    connection: Connection, listed: ListedMember, unit: str | None, meant: Iterable[int], now: datetime
) -> MemberChange:
    """Compare the posts that count the member now with those that would, *meant* being for the new unit."""
    lost, gained, fixed = list[Post](), list[Post](), list[Post]()
    before, after = find_posts_concerning(connection, listed.id), frozenset(meant)
    for revision in current_revisions(connection):
        is_on, will_be = revision.post_id in before, revision.post_id in after
        if revision.post.roster is RosterRule.FIXED or not deadline_of(revision).is_met_at(now):
            fixed += [revision.post] * is_on
        elif is_on != will_be:
            (gained if will_be else lost).append(revision.post)
    return MemberChange(listed.member, unit, tuple(lost), tuple(gained), tuple(fixed))
