"""Reminders in the database: who owes what, who was reminded, and that nobody is reminded twice.

A reminder is claimed in a transaction of its own before it is sent, and recorded afterwards. A worker that dies in
between leaves its claim: the person may not have got the message, but never gets it twice; the next day of the plan
follows.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, func, insert, select

from campaign.core.clock import day_in_viet_nam, to_microseconds
from campaign.core.coverage import MemberStanding, State
from campaign.core.entry import Kind
from campaign.core.reminder import Debtor, Means, Owed
from campaign.core.special_case import own_deadline
from campaign.store import schema
from campaign.store.coverage import read_coverage
from campaign.store.database import Database
from campaign.store.ledger import OpenLedger
from campaign.store.posts import current_revisions, first_published_at
from campaign.store.roster import read_roster, read_units
from campaign.store.special_cases import deadline_of


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a reminder is for: a member, or the head of a unit, by the number in the ledger."""

    member_id: int | None = None
    unit_id: int | None = None

    @property
    def key(self) -> str:
        """The subject in a word, for its claim."""
        return f"unit:{self.unit_id}" if self.member_id is None else f"member:{self.member_id}"


def read_debtors(connection: Connection, now: datetime) -> list[Debtor]:
    """Return everyone on the roster who has not confirmed something, in the Vietnamese order of names."""
    owed = defaultdict[int, list[Owed]](list)
    standings: dict[int, MemberStanding] = {}
    for revision in current_revisions(connection):
        post, opened_on = revision.post, day_in_viet_nam(first_published_at(connection, revision.post_id))
        for one in read_coverage(connection, post.id, now).standings:
            if one.state is State.OUTSTANDING:
                deadline = own_deadline(deadline_of(revision), one.cases)
                owed[one.member_id].append(Owed(post.id, post.title, deadline, opened_on))
                standings[one.member_id] = one
    emails = {listed.id: listed.member.email for listed in read_roster(connection).values()}
    reminded = _last_days(connection, "member_id")
    return [
        Debtor(
            member_id=number,
            staff_code=one.staff_code,
            name=one.name,
            unit=one.unit,
            email=emails.get(number),
            owed=tuple(sorted(owed[number], key=lambda each: (each.deadline.before, each.post))),
            is_away=one.is_on_leave,
            reminded_for=reminded.get(number),
        )
        for number, one in standings.items()
        if number in emails
    ]


def read_heads_told(connection: Connection) -> dict[str, date]:
    """Return the last day of the plan for which the head of a unit was told, by unit."""
    told = _last_days(connection, "unit_id")
    return {name: told[number] for name, number in read_units(connection).items() if number in told}


def claim(database: Database, subject: Subject, day: date, now: datetime) -> bool:
    """Claim a reminder; say whether it is ours to send: not claimed, and not sent for that day or a later one."""
    with database.writing() as connection:
        claims, sent = schema.reminder_claim, schema.reminder.c
        mine = sent.unit_id == subject.unit_id if subject.member_id is None else sent.member_id == subject.member_id
        is_claimed = connection.scalar(
            select(claims.c.claimed_at).where(claims.c.subject == subject.key, claims.c.day == day.isoformat())
        )
        is_sent = connection.scalar(select(sent.sequence).where(mine, sent.day >= day.isoformat()).limit(1))
        if is_claimed is not None or is_sent is not None:
            return False
        row = {"subject": subject.key, "day": day.isoformat(), "claimed_at": to_microseconds(now)}
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
    mine = (columns.subject == subject.key, columns.day == day.isoformat())
    connection.execute(delete(schema.reminder_claim).where(*mine))


def _last_days(connection: Connection, column: str) -> dict[int, date]:
    subject = schema.reminder.c[column]
    query = select(subject, func.max(schema.reminder.c.day)).where(subject.is_not(None)).group_by(subject)
    return {number: date.fromisoformat(day) for number, day in connection.execute(query)}
