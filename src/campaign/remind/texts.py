"""The words of reminders. Links lead to a page where a person reads and confirms; opening one records nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

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
    count = len(debtor.owed)
    body = (
        f"Kính gửi anh/chị {debtor.name},\n\n"
        f"{sender.office} chưa nhận được xác nhận đã đọc của anh/chị đối với {count} bài:\n\n"
        f"{_list(debtor.owed, today)}\n\n"
        f"Mời anh/chị mở trang sau để đọc và xác nhận:\n{sender.address}{_MINE}\n\n"
        "Mở liên kết không ghi nhận gì; chỉ khi anh/chị bấm “Xác nhận đã đọc” thì việc đó mới được ghi.\n"
        "Nếu vừa xác nhận xong, hoặc đang nghỉ, mời anh/chị bỏ qua lời nhắc này. "
        f"Cần giúp, mời anh/chị liên hệ {sender.helper}.\n"
    )
    return Text(f"Nhắc xác nhận đã đọc: {count} bài", body)


def write_head_notice(unit: str, debtors: Sequence[Debtor], sender: Sender, today: date) -> Text:
    """Write to the head of a unit who of the unit is outstanding."""
    people = "\n".join(
        f"- {debtor.name} ({debtor.staff_code}): {len(debtor.owed)} bài{', đang nghỉ' if debtor.is_away else ''}"
        for debtor in debtors
    )
    posts = {owed.post: owed for debtor in debtors for owed in debtor.owed}
    body = (
        f"Kính gửi người đứng đầu {unit},\n\n"
        f"Đến ngày {format_day(today)}, {unit} còn {len(debtors)} người chưa xác nhận đã đọc:\n\n{people}\n\n"
        f"Các bài:\n{_list(posts.values(), today)}\n\n"
        f"Mời anh/chị đôn đốc. Tình hình của từng phòng, đơn vị: {sender.address}{_OFFICE}\n\n"
        f"{sender.helper}\n"
    )
    return Text(f"{unit}: {len(debtors)} người chưa xác nhận đã đọc", body)


def _list(owed: Iterable[Owed], today: date) -> str:
    lines = []
    for number, post in enumerate(owed, 1):
        late = "đã hết hạn" if today >= post.deadline.before else "hạn cuối"
        lines.append(f"{number}. {post.title} ({late} hết ngày {format_day(post.deadline.last_day)})")
    return "\n".join(lines)
