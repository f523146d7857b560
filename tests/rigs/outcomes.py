"""An outcome to report: made-up people of two units, some on time, late, outstanding, exempt."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from campaign.core.campaign import Basis, Campaign, Plan, YearlyReport
from campaign.core.clock import day_in_viet_nam
from campaign.core.deadline import Deadline
from campaign.core.department import Department, Signer
from campaign.core.dispatch import Channel, Dispatch, RecordedDispatch
from campaign.core.figures.coverage import MemberStanding, State, count_coverage
from campaign.core.figures.curve import CurvePoint, draw_curve
from campaign.core.ledger.checkpoint import Checkpoint
from campaign.core.people.roster import Category
from campaign.core.people.special_case import CaseKind, SpecialCase
from campaign.report.outcome import Outcome
from campaign.store.proofs.signing import make_key
from tests.rigs.builders import CENTRE, FIRST_LATE, LAST_SECOND, OFFICE, OPENED, post

DEPARTMENT = Department(
    name="Sở Khoa học và Công nghệ",
    superior="UBND tỉnh Sơn La",
    place="Sơn La",
    symbol="SKHCN",
    office_symbol="VP",
    office="Văn phòng Sở",
    archive="VT, VP",
    signer=Signer("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
)
AS_OF = datetime(2025, 11, 8, 2, 30, 5, tzinfo=UTC)
SENT = RecordedDispatch(
    9, Dispatch(Channel.DOCUMENT_SYSTEM, date(2025, 10, 5), "45/SKHCN-VP", "các phòng, đơn vị"), OPENED, "chi"
)


def standing(number: int, name: str, unit: str, state: State, **changes: Any) -> MemberStanding:  # noqa: ANN401
    """Return someone in a state, who confirmed when that fits."""
    at = {State.ON_TIME: LAST_SECOND, State.LATE: FIRST_LATE}.get(state)
    reason = "Nghỉ thai sản" if state is State.EXEMPT else None
    one = MemberStanding(number, f"SKHCN-{number:03}", name, unit, Category.CIVIL_SERVANT, state, at, reason)
    return replace(one, **changes)


LEAVE = SpecialCase(5, CaseKind.LEAVE, 4, "SKHCN-004", None, OPENED, None, date(2025, 12, 1), "Nghỉ ốm", "chi")
CAMPAIGN = Campaign(
    id="thong-bao-485",
    title="Phổ biến Thông báo số 485/TB-VPCP",
    plan=Plan(
        issuer="Sở Khoa học và Công nghệ",
        number="12/KH-SKHCN",
        issued_on=date(2025, 10, 20),
        item="mục II.2",
        subject="Triển khai thực hiện Kết luận của Thủ tướng Chính phủ",
    ),
    lead_units=(OFFICE,),
    bases=tuple(Basis(f"Căn cứ văn bản thứ {number}") for number in (1, 2, 3)),
    yearly_report=YearlyReport("báo cáo công tác PCCC và CNCH năm 2025", "PC04", date(2025, 12, 15)),
    recipients=("Phòng PCCC&CNCH Công an tỉnh", "Các phòng, đơn vị thuộc Sở"),
)
PEOPLE = (
    standing(1, "Nguyễn Văn An", OFFICE, State.ON_TIME),
    standing(2, "Lò Thị Bình", CENTRE, State.LATE),
    standing(3, "Vừ A Hồng", CENTRE, State.EXEMPT),
    standing(4, "Đặng Thị Ánh", OFFICE, State.OUTSTANDING, cases=(LEAVE,), is_on_leave=True),
)


def draw_points(people: tuple[MemberStanding, ...]) -> tuple[CurvePoint, ...]:
    """Return how *people* stood at the end of each day from the opening to the day of the figures."""
    days = [OPENED.date() + timedelta(days=number) for number in range((AS_OF.date() - OPENED.date()).days + 1)]
    due = sum(one.state is not State.EXEMPT for one in people)
    at = [day_in_viet_nam(one.confirmed_at) for one in people if one.confirmed_at]
    return tuple(CurvePoint(day, sum(confirmed <= day for confirmed in at), due) for day in days)


def outcome(folder: Path, people: tuple[MemberStanding, ...] = PEOPLE, **changes: Any) -> Outcome:  # noqa: ANN401
    """Return the outcome of the post for *people*, signed with a key in *folder*."""
    key = make_key(folder / "ledger.key", "example.vn/so-ghi-nhan")
    figures = count_coverage({one.member_id: one.unit for one in people}, people)
    deadline = Deadline.before_day(date(2025, 11, 5))
    made = Outcome(
        department=DEPARTMENT,
        campaign=CAMPAIGN,
        sample=False,
        post=post(),
        deadline=deadline,
        opened_on=OPENED.date(),
        as_of=AS_OF,
        made_on=date(2026, 1, 5),
        figures=figures,
        standings=people,
        curve=draw_curve(draw_points(people), deadline.before),
        dispatches=(SENT,),
        note=key.sign(Checkpoint(key.verifier.origin, 1043, bytes(range(32))), AS_OF),
        verifier=key.verifier,
        address="http://tuyen-truyen.example.vn",
    )
    return replace(made, **changes)
