"""A person as the Office looks at one: everything that was recorded about them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, and_, select

from campaign.core.deadline import Deadline
from campaign.core.figures.coverage import State, judge
from campaign.core.people.paper import RecordedPaper
from campaign.core.people.roster import Category
from campaign.core.people.special_case import SpecialCase, own_deadline
from campaign.core.post import Post
from campaign.store.base import schema
from campaign.store.figures.coverage import ERASED
from campaign.store.posts.concerned import find_posts_concerning
from campaign.store.posts.confirmations import Confirmation, member_confirmations
from campaign.store.posts.paper import member_papers
from campaign.store.posts.posts import current_revisions
from campaign.store.posts.special_cases import deadline_of, member_cases


@dataclass(frozen=True, slots=True)
class Stay:
    """When somebody was in which unit.

    Attributes:
        actor: The account that recorded that it began; empty when none is known.
        reason: Why it began; empty for who came with a list.
        ending: By whom and why the person was taken off the roster; empty for who moved, or left with a list.
    """

    sequence: int
    unit: str
    category: Category
    since: datetime
    until: datetime | None
    actor: str
    reason: str = ""
    ending: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """How somebody stands to a post that is for them.

    Attributes:
        deadline: The one that holds for them.
        confirmed: The confirmation that counts, or nothing.
    """

    post: Post
    deadline: Deadline
    state: State
    confirmed: Confirmation | None


@dataclass(frozen=True, slots=True)
class PersonHistory:
    """What was recorded about somebody, the newest first.

    Attributes:
        duties: The posts that are for the person now; for who is off the roster, those with a fixed list.
    """

    member_id: int
    staff_code: str
    name: str
    email: str | None
    stays: tuple[Stay, ...]
    duties: tuple[Duty, ...]
    confirmations: tuple[Confirmation, ...]
    cases: tuple[SpecialCase, ...]
    papers: tuple[RecordedPaper, ...]

    @property
    def stay(self) -> Stay | None:
        """Where the person is now, or nothing for who is off the roster."""
        return next((stay for stay in self.stays if stay.until is None), None)


def read_history(connection: Connection, member_id: int) -> PersonHistory | None:
    """Return what was recorded about a person, or nothing when there is none with that number."""
    row = connection.execute(select(schema.member).where(schema.member.c.id == member_id)).one_or_none()
    if row is None:
        return None
    confirmations, cases = member_confirmations(connection, member_id), member_cases(connection, member_id)
    return PersonHistory(
        member_id=member_id,
        staff_code=row.staff_code or "",
        name=row.name or ERASED,
        email=row.email,
        stays=_read_stays(connection, member_id, row.staff_code),
        duties=_find_duties(connection, member_id, confirmations, cases),
        confirmations=tuple(confirmations),
        cases=tuple(reversed(cases)),
        papers=tuple(reversed(member_papers(connection, member_id))),
    )


def read_duties(connection: Connection, member_id: int) -> tuple[Duty, ...]:
    """Return how a person stands to all posts that are for them now, the newest first."""
    confirmations, cases = member_confirmations(connection, member_id), member_cases(connection, member_id)
    return _find_duties(connection, member_id, confirmations, cases)


def _find_duties(
    connection: Connection, member_id: int, confirmations: Sequence[Confirmation], cases: Sequence[SpecialCase]
) -> tuple[Duty, ...]:
    concerning, duties = find_posts_concerning(connection, member_id), list[Duty]()
    for revision in current_revisions(connection):
        if revision.post_id in concerning:
            post, deadline = revision.post, deadline_of(revision)
            of_post = [given for given in confirmations if given.post == post.id]
            counting = [given for given in of_post if given.revision >= revision.asks_since]
            confirmed = min(counting, key=lambda given: given.received_at, default=None)
            own = [case for case in cases if case.post == post.id and case.until is None]
            state = judge(deadline, confirmed.received_at if confirmed else None, own)
            duties.append(Duty(post, own_deadline(deadline, own), state, confirmed))
    return tuple(duties)


def _read_stays(connection: Connection, member_id: int, staff_code: str | None) -> tuple[Stay, ...]:
    columns, change, personal = schema.membership.c, schema.roster_change.c, schema.personal.c
    belongs = and_(columns.sequence > change.sequence, columns.sequence <= change.sequence + change.entries)
    query = (
        select(schema.membership, schema.unit.c.name, change.actor, personal.payload)
        .join(schema.unit, schema.unit.c.id == columns.unit_id)
        .outerjoin(schema.roster_change, belongs)
        .outerjoin(schema.personal, personal.sequence == columns.sequence)
        .where(columns.member_id == member_id)
        .order_by(columns.sequence.desc())
    )
    stays = []
    for row in connection.execute(query):
        unit, reason = (row.name, Category(row.category)), _reason_in(row.payload)
        stays.append(Stay(row.sequence, *unit, row.since, row.until, row.actor or "", reason))
    # A change of one person is one entry after that of the change.
    single = select(change.actor, personal.payload).join_from(
        schema.roster_change, schema.personal, personal.sequence == change.sequence + 1
    )
    if stays and stays[0].until is not None:
        for row in connection.execute(single.where(change.entries == 1, change.changed_at == stays[0].until)):
            if json.loads(row.payload).get("staff_code") == staff_code:
                stays[0] = replace(stays[0], ending=f"{row.actor}: {_reason_in(row.payload)}")
    return tuple(stays)


def _reason_in(payload: bytes | None) -> str:
    """Return the reason among the personal fields of an entry; empty once they were erased."""
    return str(json.loads(payload).get("reason", "")) if payload else ""
