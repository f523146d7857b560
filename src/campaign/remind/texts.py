"""The words of reminders. Links lead to a page where a person reads and confirms; opening one records nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

from campaign.core.clock import format_day
from campaign.core.department import Department
from campaign.core.reminder import Debtor, Owed

_MINE = "/cua-toi"
_OFFICE = "/van-phong"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who reminds, and where the pages are.

    Attributes:
        office: How the Office calls itself: ``Văn phòng Sở``.
        address: The recorder's address.
        contact: How the Office is reached; "" while that is not said.
    """

    office: str
    address: str
    contact: str = ""

    @property
    def helper(self) -> str:
        """Whom to turn to."""
        return f"{self.office} ({self.contact})" if self.contact else self.office


def sender_for(department: Department, address: str) -> Sender:
    """Return who reminds in the name of *department*."""
    return Sender(department.office, address, department.contact.format())


@dataclass(frozen=True, slots=True)
class Text:
    """A message: subject and body, plain; and files of text by their names."""

    subject: str
    body: str
    files: Mapping[str, bytes] = field(default_factory=dict)


def write_reminder(debtor: Debtor, sender: Sender, today: date) -> Text:
    """Write to a member what is still to be confirmed."""
    count, first = len(debtor.owed), debtor.owed[0]
    named = (first.document or f"“{first.title}”") if count == 1 else f"{count} bài"
    nearest = min(owed.deadline.last_day for owed in debtor.owed)
    path = f"/xac-nhan/{quote(first.post)}" if count == 1 else _MINE
    body = (
        f"Kính gửi anh/chị {debtor.name},\n\n"
        f"{sender.office} chưa nhận được xác nhận đã đọc của anh/chị đối với {count} bài:\n\n"
        f"{_list(debtor.owed, today)}\n\n"
        f"Mời anh/chị mở trang sau để đọc và xác nhận:\n{sender.address}{path}\n\n"
        "Mở liên kết không ghi nhận gì; chỉ khi anh/chị bấm “Xác nhận đã đọc” thì việc đó mới được ghi.\n"
        "Nếu vừa xác nhận xong, hoặc đang nghỉ, mời anh/chị bỏ qua lời nhắc này. "
        f"Cần giúp, mời anh/chị liên hệ {sender.helper}.\n"
    )
    is_past = any(today >= owed.deadline.before for owed in debtor.owed)
    when = "đã quá hạn" if is_past else f"hạn cuối {format_day(nearest)}"
    return Text(f"{sender.office}: xác nhận đã đọc {named}, {when}", body)


def write_head_notice(unit: str, debtors: Sequence[Debtor], sender: Sender, today: date) -> Text:
    """Write to the head of a unit who of the unit has not confirmed which posts."""
    people = "\n".join(
        f"- {debtor.name} ({debtor.staff_code}{', đang nghỉ' if debtor.is_away else ''}):\n"
        + "\n".join(f"  + {_format_owed(owed, today)}" for owed in debtor.owed)
        for debtor in debtors
    )
    body = (
        f"Kính gửi: {format_head(unit)}\n\n"
        f"Đến ngày {format_day(today)}, {unit} còn {len(debtors)} người chưa xác nhận đã đọc:\n\n{people}\n\n"
        f"Mời đồng chí đôn đốc. Tình hình của từng phòng, đơn vị: {sender.address}{_OFFICE}\n\n"
        f"{sender.helper}\n"
    )
    return Text(f"{sender.office}: {unit} còn {len(debtors)} người chưa xác nhận đã đọc", body)


def format_head(unit: str) -> str:
    """Address the head of a unit by the office that such a unit's head has: ``Đồng chí Trưởng phòng Chuyển đổi số``."""
    for kind, office in _HEADS.items():
        if unit == kind or unit.startswith(f"{kind} "):
            return office if kind in _COLLECTIVE else f"Đồng chí {office} {unit.removeprefix(kind).strip()}".strip()
    return f"Người đứng đầu {unit}"


_COLLECTIVE = {"Ban Giám đốc", "Lãnh đạo"}
_HEADS = {
    "Ban Giám đốc": "Ban Giám đốc",
    "Lãnh đạo": "Lãnh đạo",
    "Văn phòng": "Chánh Văn phòng",
    "Thanh tra": "Chánh Thanh tra",
    "Phòng": "Trưởng phòng",
    "Trung tâm": "Giám đốc Trung tâm",
    "Chi cục": "Chi cục trưởng Chi cục",
}


def _list(owed: Iterable[Owed], today: date) -> str:
    return "\n".join(f"{number}. {_format_owed(post, today)}" for number, post in enumerate(owed, 1))


def _format_owed(owed: Owed, today: date) -> str:
    late = " – đã quá hạn" if today >= owed.deadline.before else ""
    return f"{owed.title} (hạn cuối: hết ngày {format_day(owed.deadline.last_day)}{late})"
