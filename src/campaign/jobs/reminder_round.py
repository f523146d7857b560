"""One round of reminders: planned, claimed, sent, recorded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from campaign.core.clock import Clock, day_in_viet_nam
from campaign.core.reminder import HeadNotice, Means, Reminder, plan_head_notices, plan_reminders
from campaign.remind.calendar import Calendar
from campaign.remind.mail import (
    AddressRefusedError,
    Mailbox,
    MailDelayedError,
    MailRefusedError,
    MailServer,
    MailUncertainError,
    open_mailbox,
)
from campaign.remind.outbox import OutboxMessage, write_outbox
from campaign.remind.texts import Sender, write_head_notice, write_reminder
from campaign.store.base.units import read_units
from campaign.store.figures.refused import is_refused, keep_refused, read_refused
from campaign.store.figures.reminders import (
    Subject,
    claim,
    claim_in,
    read_debtors,
    read_heads_told,
    read_ledger_name,
    record_reminder,
    release,
)
from campaign.store.ledger.database import Connection, Database
from campaign.store.ledger.ledger import appending

TOGETHER = 500
"""So many messages are claimed, and recorded, in one transaction: others wait to write for no more than that."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is reminded today, and which heads of units are told."""

    reminders: tuple[Reminder, ...]
    heads: tuple[HeadNotice, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A text on its way to somebody.

    Attributes:
        day: The day of the plan that it is for.
        email: The address; nothing when it goes to the outbox.
        posts: The posts that it is about.
        key: What no other message is called, of this ledger or another.
    """

    subject: Subject
    day: date
    email: str | None
    posts: tuple[str, ...]
    content: OutboxMessage
    key: str


@dataclass(slots=True)
class Tally:
    """What became of the messages of a round.

    Attributes:
        mailed: Sent by mail.
        passed_on: Written to the outbox.
        taken: Sent, or being sent, by another worker.
        delayed: Not taken by the mail server now; tried again in the next round.
        uncertain: Whose message was perhaps sent; not tried again unless the Office says so.
        refused: The addresses that there are not, each with whose it is; their texts were passed on.
        file: The file of the outbox, when one was written.
    """

    mailed: int = 0
    passed_on: int = 0
    taken: int = 0
    delayed: int = 0
    uncertain: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """What a round works with.

    Attributes:
        server: Where mail is handed in; nothing when all goes to the outbox.
        heads: The e-mail address of a unit's head, by unit.
        csv_separator: What stands between the cells of the outbox's files.
        calendar: The working days.
    """

    database: Database
    clock: Clock
    sender: Sender
    outbox: Path
    server: MailServer | None = None
    heads: Mapping[str, str] = field(default_factory=dict)
    csv_separator: str = ";"
    calendar: Calendar = field(default_factory=Calendar)

    def plan(self, unit: str | None = None, *, extra: bool = False) -> Plan:
        """Return who is reminded now, or when reminders go out next, in a unit or in all."""
        with self.database.reading() as connection:
            return self.plan_in(connection, unit, extra=extra)

    def plan_in(self, connection: Connection, unit: str | None, *, extra: bool) -> Plan:
        """Do as `plan` with one state of the database."""
        now = self.calendar.next_open(self.clock())
        today, is_working_day = day_in_viet_nam(now), self.calendar.is_working_day
        debtors, told = read_debtors(connection, now, unit), read_heads_told(connection)
        known, refused = read_units(connection).by_name, read_refused(connection)
        has_mail = self.server is not None
        reminders = plan_reminders(debtors, today, is_working_day, has_mail=has_mail, extra=extra)
        heads = {name: to for name, to in self.heads.items() if not is_refused(to, refused)}
        addresses = {known[name].name if name in known else name: to for name, to in heads.items()}
        notices = plan_head_notices(debtors, today, is_working_day, addresses, told)
        return Plan(tuple(reminders), tuple(notices))

    def send(self, plan: Plan) -> Tally:
        """Send what *plan* says, each message once, whoever else is sending.

        Raises:
            MailServerError: The mail server cannot be used; nothing was sent.
        """
        tally, messages = Tally(), list(self._write(plan))
        by_mail = [message for message in messages if message.email is not None and self.server is not None]
        to_pass_on = [message for message in messages if message.email is None or self.server is None]
        waiting = self._send_mails(by_mail, tally) if by_mail else []
        # Mail first: what goes to the outbox is claimed right before its file is written.
        for batch in _batches(to_pass_on):
            now = self.clock()
            with self.database.writing() as connection:
                claimed = [message for message in batch if claim_in(connection, message.subject, message.day, now)]
            tally.taken += len(batch) - len(claimed)
            waiting += claimed
        if waiting:
            contents = [message.content for message in waiting]
            tally.file = write_outbox(self.outbox, contents, self.clock(), self.csv_separator)
            for batch in _batches(waiting):
                self._record(batch, Means.OUTBOX)
            tally.passed_on = len(waiting)
        return tally

    def _send_mails(self, mails: list[Message], tally: Tally) -> list[Message]:
        """Send the mails, each claimed on its own, and return those that go to the outbox instead."""
        waiting: list[Message] = []
        assert self.server is not None  # noqa: S101 - there are mails only where there is a server
        with open_mailbox(self.server) as mailbox:
            for message in mails:
                if not claim(self.database, message.subject, message.day, self.clock()):
                    tally.taken += 1
                elif not self._send_mail(mailbox, message, tally, waiting):
                    break
        return waiting

    def _send_mail(self, mailbox: Mailbox, message: Message, tally: Tally, waiting: list[Message]) -> bool:
        """Send one message by mail; say whether the connection still serves."""
        now = self.clock()
        try:
            mailbox.send(message.email or "", message.content.text, message.key, now)
        except MailRefusedError as refusal:
            waiting.append(message)
            if isinstance(refusal, AddressRefusedError) and message.email:
                with self.database.writing() as connection:
                    keep_refused(connection, message.email, now)
                tally.refused.append(f"{message.content.recipient}: {message.email}")
        except MailDelayedError:
            release(self.database, message.subject, message.day)
            tally.delayed += 1
        except MailUncertainError:
            tally.uncertain.append(message.content.recipient)
            return False
        else:
            self._record([message], Means.MAIL)
            tally.mailed += 1
        return True

    def _record(self, messages: Sequence[Message], means: Means) -> None:
        with appending(self.database) as ledger:
            for message in messages:
                record_reminder(ledger, message.subject, message.day, means, message.posts, self.clock())

    def _write(self, plan: Plan) -> Iterator[Message]:
        today = day_in_viet_nam(self.clock())
        with self.database.reading() as connection:
            units, ledger = read_units(connection).by_name, read_ledger_name(connection)

        def to_message(
            subject: Subject, day: date, email: str | None, posts: set[str], content: OutboxMessage
        ) -> Message:
            key = f"{ledger}.{subject.key.replace(':', '-')}.{day.isoformat()}"
            return Message(subject, day, email, tuple(sorted(posts)), content, key)

        for reminder in plan.reminders:
            if reminder.day is not None:
                debtor, posts = reminder.debtor, {owed.post for owed in reminder.debtor.owed}
                text = write_reminder(debtor, self.sender, today)
                content = OutboxMessage(debtor.name, debtor.staff_code, debtor.unit, text)
                email = debtor.email if reminder.means is Means.MAIL else None
                yield to_message(Subject(member_id=debtor.member_id), reminder.day, email, posts, content)
        for notice in plan.heads:
            text = write_head_notice(notice.unit, notice.debtors, self.sender, today)
            content = OutboxMessage(f"Người đứng đầu {notice.unit}", "", notice.unit, text)
            posts = {owed.post for debtor in notice.debtors for owed in debtor.owed}
            yield to_message(Subject(unit_id=units[notice.unit].id), notice.day, notice.email, posts, content)


def _batches(messages: Sequence[Message]) -> Iterator[Sequence[Message]]:
    """Divide messages into as many as go together."""
    return (messages[start : start + TOGETHER] for start in range(0, len(messages), TOGETHER))
