"""Doubts about a new list: what a person should look at before it is applied, because it may be a slip of the pen."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from campaign.core.people.roster import Member, RosterPlan
from campaign.core.people.unit_names import find_similar
from campaign.core.text import fold

MANY_LEAVE = 0.2
"""When more of the roster than this would leave, the file may be that of one unit only."""
MOST_COMPARED = 300
"""More new units than these are compared with none: another column was taken for that of units."""
UNITS_NAMED = 20


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


def find_doubts(
    current: Mapping[str, Member], plan: RosterPlan, units: Iterable[str], accepted: Collection[str] = ()
) -> list[Doubt]:
    """Return what is doubtful about *plan*.

    Args:
        current: The roster by staff code.
        plan: What a new list would change in it.
        units: The names of the units that are known.
        accepted: New units of which somebody has said that they are units of their own.
    """
    return [
        *_find_missing(current, plan),
        *_find_new_codes(current, plan),
        *_find_twins(current, plan),
        *_find_units(plan, units, accepted),
    ]


def _find_missing(current: Mapping[str, Member], plan: RosterPlan) -> Iterator[Doubt]:
    if len(plan.left) > len(current) * MANY_LEAVE:
        yield Doubt(
            None,
            f"{len(plan.left)} trên {len(current)} người trong danh sách vắng ở tệp này.",
            "Nếu tệp chỉ có một phần danh sách thì dừng lại và nhập tệp đủ mọi người.",
        )
        return
    leaving, people = Counter(member.unit for member in plan.left), Counter(member.unit for member in current.values())
    coming = {member.unit for member in _arriving(plan)}
    for unit, count in leaving.items():
        if count == people[unit] and unit not in coming:
            yield Doubt(
                None,
                f"Cả đơn vị “{unit}” ({count} người) vắng ở tệp này.",
                "Nếu tệp thiếu trang hoặc dòng của đơn vị ấy thì dừng lại và nhập tệp đủ mọi người.",
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


def _find_units(plan: RosterPlan, units: Iterable[str], accepted: Collection[str]) -> Iterator[Doubt]:
    """Find units that nobody knows, and those of them that may be known ones in another spelling."""
    known = list(units)
    listed = Counter(member.unit for member in _arriving(plan))
    new = [unit for unit in listed if unit not in known and unit not in accepted]
    alike: dict[str, list[str]] = defaultdict(list)
    for unit in new:
        larger = [other for other in new if listed[other] > listed[unit]]
        alike[(find_similar(unit, [*known, *larger]) if len(new) <= MOST_COMPARED else None) or ""].append(unit)
    for similar, written in alike.items():
        if similar:
            remedy = f"Nếu là một đơn vị thì sửa trong tệp thành “{similar}”, hoặc chọn ở trang xem trước."
            yield Doubt(None, f"Đơn vị {_quote(written)} chỉ khác cách viết với “{similar}” đang có.", remedy)
        elif known:
            named = ", ".join(f"“{unit}” ({listed[unit]} người)" for unit in written[:UNITS_NAMED])
            more = ", …" if len(written) > UNITS_NAMED else ""
            remedy = "Nếu là đơn vị đang có viết khác đi thì sửa trong tệp, hoặc chọn ở trang xem trước."
            yield Doubt(None, f"{len(written)} đơn vị mới: {named}{more}.", remedy)


def _quote(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _arriving(plan: RosterPlan) -> list[Member]:
    """Return those who will be in a unit in which they are not now, and those who change otherwise."""
    return [*plan.joined, *(new for _, new in plan.changed)]


def _who(member: Member) -> tuple[str, str]:
    return _bare(member.name), fold(member.unit)


def _bare(text: str) -> str:
    """Return the letters and digits alone, without zeros in front: of “SKHCN-001” and of “SKHCN 1”."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", re.sub(r"[^a-z0-9]", "", fold(text)))
