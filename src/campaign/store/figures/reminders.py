"""Reminders in the database: who owes what, who was reminded, and that nobody is reminded twice.

A reminder is claimed in a transaction of its own before it is sent, and recorded afterwards. A worker that dies in
between leaves its claim: the person may not have got the message, but never gets it twice. Such messages are shown by
name, and the Office says whether they are sent again or count as sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter

from sqlalchemy import Connection, and_, delete, func, insert, or_, select

from campaign.core.clock import day_in_viet_nam
from campaign.core.ledger.entry import Kind
from campaign.core.people.special_case import is_on_leave, own_deadline
from campaign.core.post import Post
from campaign.core.reminder import Debtor, Means, Owed
from campaign.store.base import schema
from campaign.store.base.rows import VALUES_AT_ONCE
from campaign.store.base.units import read_units
from campaign.store.figures.coverage import ERASED
from campaign.store.figures.debts import is_in_unit, read_debts
from campaign.store.figures.refused import is_refused, read_refused
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.posts.posts import current_revisions, first_published
from campaign.store.posts.special_cases import cases_at, deadline_of
from campaign.store.roster.roster import ListedMember, find_members

UNSURE_AFTER = timedelta(minutes=10)
"""No message takes so long: whoever claimed it has ended."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a reminder is for: a member, or the head of a unit, by the number in the ledger."""

    member_id: int | None = None
    unit_id: int | None = None

    @property
    def key(self) -> str:
        """The subject in a word, for its claim."""
        return f"unit:{self.unit_id}" if self.member_id is None else f"member:{self.member_id}"

    @classmethod
    def from_key(cls, key: str) -> "Subject":
        """Return the subject of a claim."""
        kind, _, number = key.partition(":")
        return cls(unit_id=int(number)) if kind == "unit" else cls(member_id=int(number))


def read_debtors(
    connection: Connection, now: datetime, unit: str | None = None, members: Sequence[int] | None = None
) -> list[Debtor]:
    """Return everyone on the roster who has not confirmed something, in the Vietnamese order of names.

    Args:
        connection: One state of the database.
        now: The present instant.
        unit: One unit, or nothing for all.
        members: A few members, or nothing for all of the unit.
    """
    debts = read_debts(connection, unit, members)
    posts = {revision.post_id: revision for revision in current_revisions(connection)}
    opened = {number: day_in_viet_nam(at) for number, at in first_published(connection).items()}
    refused, claims = read_refused(connection), schema.reminder_claim.c
    held = dict(connection.execute(select(claims.subject, func.max(claims.day)).group_by(claims.subject)).all())
    cases, reminded = cases_at(connection, now), _last_days(connection, "member_id", members)
    wanted, listed = list(debts), dict[int, ListedMember]()
    for start in range(0, len(wanted), VALUES_AT_ONCE):
        listed |= find_members(connection, wanted[start : start + VALUES_AT_ONCE])
    debtors = []
    for number, owing in debts.items():
        if number not in listed:  # Erased: nobody knows whom to remind.
            continue
        member, own = listed[number].member, cases.get(number, ())
        owed = []
        for post_id in owing:
            post, deadline = posts[post_id].post, deadline_of(posts[post_id])
            if own:
                deadline = own_deadline(deadline, [case for case in own if case.post == post.id])
            owed.append(Owed(post.id, post.title, deadline, opened[post_id], _name_document(post)))
        debtors.append(
            Debtor(
                member_id=number,
                staff_code=member.staff_code,
                name=member.name,
                unit=member.unit,
                email=None if is_refused(member.email, refused) else member.email,
                owed=tuple(sorted(owed, key=attrgetter("deadline.before", "post"))),
                is_away=bool(own) and is_on_leave(own, day_in_viet_nam(now)),
                reminded_for=reminded.get(number),
                is_refused=is_refused(member.email, refused),
                held_for=held.get(Subject(member_id=number).key),
            )
        )
    return debtors


def _name_document(post: Post) -> str:
    """Name the document that a post spreads, shortly; empty for none."""
    source = post.source_document
    return f"{source.kind or 'văn bản'} số {source.number}" if source and source.number else ""


@dataclass(frozen=True, slots=True)
class UnsureReminder:
    """A message that was begun, and of which nobody knows whether it was sent.

    Attributes:
        name: Of the member, or of the unit whose head it was for.
        day: The day of the plan that it was for.
    """

    subject: Subject
    name: str
    staff_code: str
    day: date
    claimed_at: datetime


def read_unsure(connection: Connection, now: datetime) -> list[UnsureReminder]:
    """Return the messages whose worker ended without a word, the oldest first."""
    claims = schema.reminder_claim.c
    query = select(schema.reminder_claim).where(claims.claimed_at <= now - UNSURE_AFTER).order_by(claims.claimed_at)
    rows = [(Subject.from_key(row.subject), row) for row in connection.execute(query)]
    listed = find_members(connection, [subject.member_id for subject, _ in rows if subject.member_id is not None])
    units = read_units(connection).by_id
    found = []
    for subject, row in rows:
        if subject.member_id is None:
            name, code = f"Người đứng đầu {units[subject.unit_id or 0].name}", ""
        else:
            member = listed[subject.member_id].member if subject.member_id in listed else None
            name, code = (member.name, member.staff_code) if member else (ERASED, "")
        found.append(UnsureReminder(subject, name, code, row.day, row.claimed_at))
    return found


def settle_unsure(ledger: OpenLedger, subject: Subject, day: date, now: datetime, *, as_sent: bool) -> None:
    """Let a message of which nobody knows be sent again, or count it as sent; one that is being sent stays."""
    unsure = {(reminder.subject, reminder.day) for reminder in read_unsure(ledger.connection, now)}
    if (subject, day) not in unsure:
        return
    if as_sent:
        record_reminder(ledger, subject, day, Means.MAIL, [], now)
    _drop_claim(ledger.connection, subject, day)


def read_ledger_name(connection: Connection) -> str:
    """Return a word that no other ledger has: from its first entry, which names its key."""
    leaf = connection.scalar(select(schema.entry.c.leaf_hash).where(schema.entry.c.sequence == 1))
    return bytes(leaf or b"").hex()[:16]


def read_heads_told(connection: Connection) -> dict[str, date]:
    """Return the last day of the plan for which the head of a unit was told, by unit."""
    told = _last_days(connection, "unit_id")
    return {known.name: told[known.id] for known in read_units(connection).all if known.id in told}


@dataclass(frozen=True, slots=True)
class SentReminder:
    """A reminder that was sent.

    Attributes:
        member_id: Whom it went to; nothing for the head of a unit.
        name: Of the member, as it is now; the unit's for its head.
        staff_code: Of the member; empty for a head, and once erased.
        unit: Where the member is now; nothing for who is off the roster.
        day: The day of the plan that it was for.
    """

    sequence: int
    member_id: int | None
    name: str
    staff_code: str
    unit: str | None
    day: date
    means: Means
    sent_at: datetime


def read_sent(connection: Connection, unit: str | None, start: int, count: int) -> list[SentReminder]:
    """Return a page of the reminders that were sent to a unit or to all, the newest first.

    Args:
        connection: One state of the database.
        unit: One unit, or nothing for all.
        start: How many come before the page.
        count: How many the page holds.
    """
    query = _SENT.limit(count).offset(start)
    if unit is not None:
        names = read_units(connection).names_below(unit)
        query = query.where(or_(schema.unit.c.name.in_(names), _HEAD.c.name.in_(names)))
    return [
        SentReminder(
            sequence=row.sequence,
            member_id=row.member_id,
            name=row.head or row.name or ERASED,
            staff_code=row.staff_code or "",
            unit=row.head or row.unit,
            day=row.day,
            means=Means(row.means),
            sent_at=row.sent_at,
        )
        for row in connection.execute(query)
    ]


def find_passed_on(connection: Connection, unit: str | None, start: int, count: int) -> list[int]:
    """Return a page of the members whose last reminder waits to be passed on by the Office, in the order of names."""
    return list(connection.scalars(_PASSED_ON.where(is_in_unit(unit)).limit(count).offset(start)))


def claim(database: Database, subject: Subject, day: date, now: datetime) -> bool:
    """Claim a reminder; say whether it is ours to send: not claimed, and not sent for that day or a later one."""
    with database.writing() as connection:
        return claim_in(connection, subject, day, now)


def claim_in(connection: Connection, subject: Subject, day: date, now: datetime) -> bool:
    """Claim a reminder as `claim` does, in a writing transaction that claims several."""
    claims, sent = schema.reminder_claim, schema.reminder.c
    mine = sent.unit_id == subject.unit_id if subject.member_id is None else sent.member_id == subject.member_id
    is_claimed = connection.scalar(
        select(claims.c.claimed_at).where(claims.c.subject == subject.key, claims.c.day == day)
    )
    is_sent = connection.scalar(select(sent.sequence).where(mine, sent.day >= day).limit(1))
    if is_claimed is not None or is_sent is not None:
        return False
    row = {"subject": subject.key, "day": day, "claimed_at": now}
    connection.execute(insert(claims), row)
    return True


def release(database: Database, subject: Subject, day: date) -> None:
    """Give up a claim: nothing was sent, and the next run may try again."""
    with database.writing() as connection:
        _drop_claim(connection, subject, day)


def record_reminder(
    ledger: OpenLedger, subject: Subject, day: date, means: Means, posts: Sequence[str], at: datetime
) -> None:
    """Append that a reminder was sent, and drop its claim."""
    whom = {"unit": subject.unit_id} if subject.member_id is None else {"member": subject.member_id}
    facts = {**whom, "day": day.isoformat(), "means": means.value, "posts": list(posts)}
    ledger.append(Kind.REMINDER, at, facts)
    _drop_claim(ledger.connection, subject, day)


def _drop_claim(connection: Connection, subject: Subject, day: date) -> None:
    columns = schema.reminder_claim.c
    mine = (columns.subject == subject.key, columns.day == day)
    connection.execute(delete(schema.reminder_claim).where(*mine))


def _last_days(connection: Connection, column: str, numbers: Sequence[int] | None = None) -> dict[int, date]:
    subject = schema.reminder.c[column]
    query = select(subject, func.max(schema.reminder.c.day)).where(subject.is_not(None)).group_by(subject)
    if numbers is not None:
        query = query.where(subject.in_(numbers))
    return dict(connection.execute(query).all())


_HEAD = schema.unit.alias("head")
_STAY = and_(schema.membership.c.member_id == schema.reminder.c.member_id, schema.membership.c.until.is_(None))
_SENT = (
    select(
        schema.reminder,
        schema.member.c.name,
        schema.member.c.staff_code,
        schema.unit.c.name.label("unit"),
        _HEAD.c.name.label("head"),
    )
    .outerjoin(schema.member, schema.member.c.id == schema.reminder.c.member_id)
    .outerjoin(schema.membership, _STAY)
    .outerjoin(schema.unit, schema.unit.c.id == schema.membership.c.unit_id)
    .outerjoin(_HEAD, _HEAD.c.id == schema.reminder.c.unit_id)
    .order_by(schema.reminder.c.sequence.desc())
)

_LAST = (
    select(func.max(schema.reminder.c.sequence))
    .where(schema.reminder.c.member_id == schema.listed.c.member_id)
    .correlate(schema.listed)
    .scalar_subquery()
)
_PASSED_ON = (
    select(schema.listed.c.member_id)
    .join(schema.reminder, schema.reminder.c.sequence == _LAST)
    .where(schema.reminder.c.means == Means.OUTBOX.value)
    .order_by(schema.listed.c.sort_key, schema.listed.c.member_id)
)
