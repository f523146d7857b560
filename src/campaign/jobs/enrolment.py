"""Adding one person to the roster, and correcting who one is: by the rules of lists, with their doubts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from campaign.core.people.roster import Category, Member, RosterPlan
from campaign.core.people.roster_codes import make_prefix, propose_codes
from campaign.core.people.roster_doubts import Doubt, find_doubts
from campaign.core.people.special_case import Grounds
from campaign.errors.base import CampaignError, Faults
from campaign.errors.roster import DoubtsUnseenError, MemberFieldError, MemberListedError
from campaign.errors.units import UnknownUnitError
from campaign.lists.cells import Problem, find_problem, read_address, read_code
from campaign.lists.headings import Column
from campaign.store.base.units import read_units
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.roster.roster import (
    ListedMember,
    RosterSource,
    apply_roster,
    find_by_code,
    find_by_mail,
    read_codes,
    read_roster,
)

NOTHING_WRITTEN = "Chưa có gì được ghi."
_EMPTY = Problem("đang trống", "Nhập họ và tên của người này.")
_IDENTITY = Problem("giống số định danh, dữ liệu cá nhân không được giữ", "Dùng mã khác, hoặc bỏ trống để đặt mã.")


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered about a person, as it was typed; without a code the next free one is meant."""

    code: str
    name: str
    unit: str
    category: str
    email: str


@dataclass(frozen=True, slots=True)
class MemberPlan:
    """What is to be written about a person.

    Attributes:
        member: Who the person will be.
        was: Who the person is on the roster now; nothing for a new one.
        doubts: What somebody should look at before.
    """

    member: Member
    was: Member | None
    doubts: tuple[Doubt, ...]


def plan_member(connection: Connection, entered: Entered, listed: ListedMember | None = None) -> MemberPlan:
    """Return what would be written about somebody.

    Args:
        connection: One state of the database.
        entered: What was typed; for somebody *listed* unit and code stay as they are.
        listed: The person, when on the roster already.

    Raises:
        Faults: What cannot be used.
        MemberListedError: The code is somebody else's on the roster.
    """
    member = _read_member(connection, entered)
    if listed is not None:
        member = replace(member, staff_code=listed.member.staff_code, unit=listed.member.unit)
        return MemberPlan(member, listed.member, tuple(_doubt_address(connection, member)))
    current = {code: each.member for code, each in read_roster(connection).items()}
    former = read_codes(connection)
    if not member.staff_code:
        (member,) = propose_codes({}, [member], former, make_prefix(""))
    elif member.staff_code in current:
        raise MemberListedError(member.staff_code, current[member.staff_code].name)
    doubts = [*find_doubts(current, RosterPlan((member,), (), (), 0), [member.unit])]
    if member.staff_code in former:
        problem = f"Mã “{member.staff_code}” là của {former[member.staff_code]}, đã ra khỏi danh sách."
        remedy = "Nếu là người ấy trở lại thì các xác nhận đã có vẫn là của người ấy; nếu không thì nhập mã khác."
        doubts.append(Doubt(member.staff_code, problem, remedy))
    return MemberPlan(member, None, (*doubts, *_doubt_address(connection, member)))


def write_member(
    ledger: OpenLedger, entered: Entered, grounds: Grounds, listed: ListedMember | None = None, *, doubts_seen: bool
) -> int:
    """Add somebody to the roster, or write who somebody on it is now; return the person's number.

    Args:
        ledger: The ledger, open for appending.
        entered: What was typed.
        grounds: Who writes it, when and why.
        listed: The person, when on the roster already.
        doubts_seen: Whether somebody looked at the doubts.

    Raises:
        CampaignError: As :func:`plan_member`.
        DoubtsUnseenError: There are doubts, and nobody looked at them.
        RosterErasedError: The time of this campaign's personal fields is over.
    """
    planned = plan_member(ledger.connection, entered, listed)
    if planned.doubts and not doubts_seen:
        raise DoubtsUnseenError
    joined = () if planned.was else (planned.member,)
    changed = ((planned.was, planned.member),) if planned.was and planned.was != planned.member else ()
    apply_roster(ledger, RosterPlan(joined, changed, (), 0), grounds.at, RosterSource(grounds.actor, grounds.reason))
    return find_by_code(ledger.connection, planned.member.staff_code).id


def _read_member(connection: Connection, entered: Entered) -> Member:
    code, of_code = read_code(entered.code, None)
    email, of_email = read_address(entered.email)
    wrong = {
        Column.CODE: of_code or find_problem(code) or (_IDENTITY if re.fullmatch(r"\d{12}", code) else None),
        Column.NAME: find_problem(entered.name) if entered.name else _EMPTY,
        Column.EMAIL: of_email,
    }
    texts = {Column.CODE: entered.code, Column.NAME: entered.name, Column.EMAIL: entered.email}
    faults: list[CampaignError] = [
        MemberFieldError(
            column, f"“{texts[column]}” {problem.reason}" if texts[column] else problem.reason, problem.advice
        )
        for column, problem in wrong.items()
        if problem is not None
    ]
    unit = read_units(connection).by_name.get(entered.unit)
    if unit is None or unit.endings:
        faults.append(UnknownUnitError(entered.unit))
    if entered.category not in set(Category):
        faults.append(MemberFieldError(Column.CATEGORY, "chưa chọn", "Chọn một loại."))
    if faults or unit is None:
        raise Faults(tuple(faults), NOTHING_WRITTEN)
    return Member(code, entered.name, unit.name, Category(entered.category), email)


def _doubt_address(connection: Connection, member: Member) -> Iterator[Doubt]:
    for other in find_by_mail(connection, member.email) if member.email else ():
        if other.member.staff_code != member.staff_code:
            problem = f"Địa chỉ “{member.email}” đang là của {other.member.name} ({other.member.staff_code})."
            yield Doubt(member.staff_code, problem, "Thư nhắc người này đến tay người kia: để mỗi người một địa chỉ.")
