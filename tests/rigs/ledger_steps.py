"""What happens in a campaign, a line each, so that a test can tell a story."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import delete, func, insert, select

from campaign.core.clock import day_in_viet_nam
from campaign.core.deadline import Deadline
from campaign.core.figures.coverage import State
from campaign.core.ledger.entry import Kind
from campaign.core.ledger.note import Verifier
from campaign.core.people.access import Role
from campaign.core.people.paper import Paper
from campaign.core.people.roster import Member
from campaign.core.people.special_case import Grounds
from campaign.core.post import Change, Post, Revision
from campaign.store.base import schema
from campaign.store.credentials.accounts import Account, Secrets, add_account, make_totp_secret
from campaign.store.credentials.sessions import Reader
from campaign.store.figures.coverage import read_coverage
from campaign.store.ledger.campaigns import Campaign, open_campaign
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.posts.confirmations import Confirmation, Press, confirm
from campaign.store.posts.paper import record_paper, withdraw_confirmation
from campaign.store.posts.posts import publish_revision
from campaign.store.posts.special_cases import exempt_member, extend_member, put_on_leave, withdraw_case
from campaign.store.proofs.signing import LedgerKey
from campaign.store.roster.plans import plan_list
from campaign.store.roster.reorganisations import Decision, end_unit, place_unit, rename_unit, withdraw_unit_change
from campaign.store.roster.roster import apply_roster, find_by_code
from tests.rigs.builders import LAST_SECOND, OFFICE, OPENED, post

CHI = Account("chi", "Lường Thị Chi", Role.OFFICE)

HEAD = Account("dung", "Vừ A Dũng", Role.UNIT_HEAD, OFFICE)


def empty(database: Database) -> None:
    """Make *database* as it was when it was new."""
    with database.writing() as connection:
        for table in reversed(schema.metadata.sorted_tables):
            if table is not schema.schema_version:
                connection.execute(delete(table))
        connection.execute(insert(schema.tree_head), {"id": 1, "size": 0, "frontier": b""})


def begin(database: Database, at: datetime = OPENED) -> None:
    """Open the campaign."""
    with appending(database) as ledger:
        open_campaign(ledger, Campaign("Phổ biến Thông báo 485", sample=False), at, None)


def employ(database: Database, account: Account = CHI) -> None:
    """Give someone an account, Chi in the office unless told, with secrets that nobody knows."""
    given = Secrets("mưa rơi trên bản nhỏ", make_totp_secret())
    key = LedgerKey(Verifier("example.vn/so", bytes(32)), Ed25519PrivateKey.generate())
    with database.writing() as connection:
        add_account(connection, account, given, key, OPENED)


def enrol(database: Database, *members: Member, at: datetime = OPENED) -> None:
    """Make *members* the roster: who is not among them leaves."""
    with appending(database) as ledger:
        apply_roster(ledger, plan_list(ledger.connection, members).plan, at)


def decide(at: datetime = OPENED, first_day: date | None = None) -> Decision:
    """Return a decision about units that holds from a day, that of *at* unless told."""
    return Decision(first_day or day_in_viet_nam(at), "Quyết định 12/QĐ-UBND", "chi", at)


def rename(database: Database, unit: str, name: str, decision: Decision) -> list[int]:
    """Record that a unit has another name, and return the numbers of the entries."""
    with appending(database) as ledger:
        return [rename_unit(ledger, unit, name, decision).sequence]


def end(database: Database, unit: str, successors: Sequence[str], decision: Decision) -> list[int]:
    """Record that a unit is one no more, and return the numbers of the entries."""
    with appending(database) as ledger:
        return [entry.sequence for entry in end_unit(ledger, unit, successors, decision)]


def place(database: Database, unit: str, parent: str, decision: Decision) -> list[int]:
    """Record that a unit is below another, or below none, and return the numbers of the entries."""
    with appending(database) as ledger:
        return [place_unit(ledger, unit, parent, decision).sequence]


def restore(database: Database, sequences: Sequence[int], at: datetime = OPENED) -> None:
    """Take back what was recorded about units."""
    with appending(database) as ledger:
        for sequence in sequences:
            withdraw_unit_change(ledger, sequence, Grounds("Ghi nhầm", "chi", at))


def publish(database: Database, *posts: Post, at: datetime = OPENED) -> None:
    """Publish the posts."""
    with appending(database) as ledger:
        for one in posts:
            publish_revision(ledger, one.to_document(), at)


def press(
    database: Database,
    staff_code: str = "SKHCN-001",
    seen: Post | None = None,
    at: datetime = LAST_SECOND,
    identified_by: str = "slip_code",
    **changes: Any,  # noqa: ANN401
) -> Confirmation:
    """Confirm *seen* as the member."""
    read = seen or post()
    sent = replace(Press("", read.id, read.revision.number, read.digest, at), **changes)
    with appending(database) as ledger:
        return confirm(ledger, Reader(find_by_code(ledger.connection, staff_code), identified_by), sent)


def sign(database: Database, staff_code: str, at: datetime = LAST_SECOND) -> int:
    """Record that the member has signed on paper, and return the number of the entry."""
    with appending(database) as ledger:
        listed = find_by_code(ledger.connection, staff_code)
        return record_paper(ledger, listed, post().id, Paper("chi"), at).sequence


def take_back(database: Database, sequence: int, at: datetime = LAST_SECOND) -> None:
    """Take back a confirmation on paper."""
    with appending(database) as ledger:
        withdraw_confirmation(ledger, sequence, Grounds("Ghi nhầm người", "chi", at))


def exempt(database: Database, staff_code: str, reason: str = "Nghỉ thai sản", at: datetime = OPENED) -> int:
    """Exempt the member from the post, and return the number of the entry."""
    with appending(database) as ledger:
        return exempt_member(ledger, post().id, staff_code, Grounds(reason, "chi", at)).sequence


def extend(database: Database, staff_code: str, through: date, at: datetime = OPENED) -> int:
    """Give the member until the end of a day to confirm the post, and return the number of the entry."""
    with appending(database) as ledger:
        own = Deadline.through_day(through)
        return extend_member(ledger, post().id, staff_code, own, Grounds("Đi công tác", "chi", at)).sequence


def leave(database: Database, staff_code: str, before: date | None = None, at: datetime = OPENED) -> int:
    """Record that the member is away, and return the number of the entry."""
    with appending(database) as ledger:
        return put_on_leave(ledger, staff_code, before, Grounds("Nghỉ phép", "chi", at)).sequence


def withdraw(database: Database, sequence: int, at: datetime = OPENED) -> None:
    """Withdraw the case that an entry records."""
    with appending(database) as ledger:
        withdraw_case(ledger, sequence, Grounds("Ghi nhầm", "chi", at))


def corrected(number: int = 2) -> Post:
    """Return the post with a correction: earlier confirmations stand."""
    text = f"Nội dung thông báo, bản {number}.\n"
    return post(text=text, revision=Revision(number, Change.CORRECTION, "Sửa lỗi chính tả."))


def replaced(number: int = 2) -> Post:
    """Return the post with a replacement: everyone is asked again."""
    text = f"Nội dung thông báo, bản {number}.\n"
    return post(text=text, revision=Revision(number, Change.REPLACEMENT, "Thêm mục 3."))


def newest(database: Database) -> datetime:
    """Return the instant of the newest entry."""
    with database.reading() as connection:
        found: datetime = connection.execute(select(func.max(schema.entry.c.at))).scalar_one()
        return found


def states(database: Database, as_of: datetime) -> dict[str, State]:
    """Return how everyone concerned stood to the post, by staff code."""
    with database.reading() as connection:
        return {one.staff_code: one.state for one in read_coverage(connection, post().id, as_of).standings}


def kinds(database: Database) -> list[Kind]:
    """Return what the ledger records, in order."""
    with database.reading() as connection:
        return [
            Kind(kind) for kind in connection.scalars(select(schema.entry.c.kind).order_by(schema.entry.c.sequence))
        ]
