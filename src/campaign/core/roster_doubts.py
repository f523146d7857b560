"""Doubts about a new list: what a person should look at before it is applied, because it may be a slip of the pen."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from campaign.core.roster import Member, RosterPlan
from campaign.core.text import fold

MANY_LEAVE = 0.2
"""When more of the roster than this would leave, the file may be that of one unit only."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a plan that may be meant otherwise.

    Attributes:
        staff_code: Whom it is about, or nothing when it is about the whole list.
        problem: What looks wrong.
        remedy: What to do when it is.
    """

    staff_code: str | None
    problem: str
    remedy: str


def find_doubts(current: Mapping[str, Member], plan: RosterPlan, units: Iterable[str]) -> list[Doubt]:
    """Return what is doubtful about *plan*.

    Args:
        current: The roster by staff code.
        plan: What a new list would change in it.
        units: The names of the units that are known.
    """
    return [
        *_find_missing(current, plan),
        *_find_new_codes(current, plan),
        *_find_twins(current, plan),
        *_find_units(plan, units),
    ]


def _find_missing(current: Mapping[str, Member], plan: RosterPlan) -> Iterator[Doubt]:
    if len(plan.left) > len(current) * MANY_LEAVE:
        yield Doubt(
            None,
            f"{len(plan.left)} trên {len(current)} người trong danh sách vắng ở tệp này.",
            "Nếu tệp chỉ có một phần danh sách thì dừng lại và nhập tệp đủ mọi người.",
        )


def _find_new_codes(current: Mapping[str, Member], plan: RosterPlan) -> Iterator[Doubt]:
    """Find newcomers who may be known under another code: their confirmations would stay with the old one."""
    left = {fold(member.name): member for member in plan.left}
    written = {_bare(code): code for code in current}
    for member in plan.joined:
        similar, gone = written.get(_bare(member.staff_code)), left.get(fold(member.name))
        if similar is not None:
            yield Doubt(
                member.staff_code,
                f"Mã “{member.staff_code}” ({member.name}) chỉ khác cách viết với mã “{similar}” đang có.",
                f"Nếu là một người thì sửa mã trong tệp thành “{similar}”.",
            )
        elif gone is not None:
            yield Doubt(
                member.staff_code,
                f"{member.name} có mã mới “{member.staff_code}”, còn mã “{gone.staff_code}” cùng tên thì vắng.",
                f"Nếu là một người thì giữ mã “{gone.staff_code}”, để các xác nhận đã có vẫn là của người ấy.",
            )


def _find_twins(current: Mapping[str, Member], plan: RosterPlan) -> Iterator[Doubt]:
    """Find people of one name in one unit, when one of them is new."""
    gone = {member.staff_code for member in plan.left} | {old.staff_code for old, _ in plan.changed}
    staying = [member for code, member in current.items() if code not in gone]
    seen = {_who(member): member for member in [*staying, *(new for _, new in plan.changed)]}
    for member in plan.joined:
        other = seen.setdefault(_who(member), member)
        if other is not member:
            yield Doubt(
                member.staff_code,
                f"{member.name} ({member.unit}) có hai mã: “{other.staff_code}” và “{member.staff_code}”.",
                "Nếu là một người thì bỏ một dòng; nếu là hai người trùng tên thì không cần sửa.",
            )


def _find_units(plan: RosterPlan, units: Iterable[str]) -> Iterator[Doubt]:
    """Find names of units that are new and nearly those of others."""
    known = {fold(unit): unit for unit in units}
    exact = set(known.values())
    for unit in dict.fromkeys(member.unit for member in [*plan.joined, *(new for _, new in plan.changed)]):
        similar = known.setdefault(fold(unit), unit)
        if unit not in exact and similar != unit:
            yield Doubt(
                None,
                f"Đơn vị “{unit}” chỉ khác cách viết với “{similar}” đang có.",
                f"Nếu là một đơn vị thì sửa trong tệp thành “{similar}”.",
            )


def _who(member: Member) -> tuple[str, str]:
    return fold(member.name), fold(member.unit)


def _bare(code: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(code))
