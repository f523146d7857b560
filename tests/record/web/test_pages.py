from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from campaign.core.campaign import Campaign
from campaign.core.deadline import Deadline
from campaign.core.difference import compare_posts
from campaign.core.dispatch import Channel, Dispatch, RecordedDispatch
from campaign.core.draft import Draft, DraftAct, DraftState, PublishingState
from campaign.core.figures.coverage import Coverage, Figures, MemberStanding, State
from campaign.core.figures.curve import Curve, CurvePoint
from campaign.core.figures.roll_up import RolledUp
from campaign.core.ledger.checkpoint import Checkpoint
from campaign.core.ledger.delivery import Delivery
from campaign.core.ledger.entry import SALT_BYTES, Entry, Kind, Personal, to_payload
from campaign.core.ledger.receipt import Receipt
from campaign.core.people.access import AccessSlip, Role
from campaign.core.people.paper import Method, Paper, RecordedPaper, Sheet
from campaign.core.people.roster import Category, RosterPlan
from campaign.core.people.roster_doubts import Doubt
from campaign.core.people.seen import RecordedSeen, SeenLine, SeenPeople
from campaign.core.people.special_case import CaseKind, SpecialCase
from campaign.core.people.unit import Unit, UnitChange
from campaign.core.post import Change, Post, Revision
from campaign.core.reminder import Debtor, HeadNotice, Means, Owed, Reminder, plan_post
from campaign.errors.access import (
    AccessRefusedError,
    AccountRefusedError,
    DayError,
    OldCodeRefusedError,
    PassphraseRefusedError,
    SessionExpiredError,
)
from campaign.errors.base import Faults
from campaign.errors.confirming import RevisionStaleError
from campaign.errors.drafts import ContentChangedError
from campaign.jobs.membership import MemberChange
from campaign.jobs.reminder_round import Tally
from campaign.jobs.sample import SampleAccount
from campaign.lists.choices import Choices
from campaign.lists.people import read_list
from campaign.lists.sheets import Sheet as ListSheet
from campaign.record.access.accounts import OfficeSignInPage, ProofPage, SessionLine, SessionsPage
from campaign.record.access.common_sign_in import ReturnPage
from campaign.record.access.mail_links import LinkPage, LinkSentPage
from campaign.record.access.passkeys import PasskeyLine, PasskeysPage
from campaign.record.access.sign_in import SignInPage
from campaign.record.access.slips import DeviceLine, NewSlipPage, OpeningPage, OwnSlipPage, SlipPage
from campaign.record.access.webauthn import Question
from campaign.record.desk.deciding import DecisionPage
from campaign.record.desk.declaring import CAMPAIGN_LINES, DEPARTMENT_LINES, DeclarationPage
from campaign.record.desk.editor import Choice, EditorPage
from campaign.record.desk.fields import LABELS, Finding
from campaign.record.desk.history import HistoryLine, HistoryPage
from campaign.record.desk.overview import DraftLine, EditingPage, PublishedLine
from campaign.record.desk.starting import StartPage
from campaign.record.desk.word_uploads import WordUploadPage
from campaign.record.office.dispatches import ChannelLines, OfficeDispatchPage
from campaign.record.office.ledger import LedgerPage
from campaign.record.office.lists import Filter, Found, OfficeListPage, OfficeStrangersPage
from campaign.record.office.membership import MovePage, RemovalPage
from campaign.record.office.overview import CampaignLines, OfficePage, OfficePostPage, PostLine
from campaign.record.office.people import PersonPage
from campaign.record.office.reminded import PersonText, RemindedPage, SentLine, TextsPage
from campaign.record.office.reminder_round import RoundPage
from campaign.record.office.reminders import PlanLine, RemindersPage, UnitDebts
from campaign.record.office.reports import OfficeReportPage
from campaign.record.office.roster.choices import make_form
from campaign.record.office.roster.directory import PeoplePage
from campaign.record.office.roster.enrolment import AdditionPage, CorrectionPage
from campaign.record.office.roster.preview import PlanPart, PlanRow, RosterPreviewPage
from campaign.record.office.roster.roster import RosterPage
from campaign.record.office.seen import SeenFigures, SeenPage, SeenPreview
from campaign.record.office.sheets import PrintedSheet, PrintedSheetsPage, SheetLine, SheetPage, SheetsPage, UnitLine
from campaign.record.office.slips import OfficeSlipsPage, PrintedSlipsPage, RenewalPage, UnitSlips
from campaign.record.office.tokens import TokensPage
from campaign.record.office.trail import TrailPage
from campaign.record.office.units import ChangeLine, UnitRow, UnitsPage
from campaign.record.reader.confirming import ConfirmedLine, ConfirmPage
from campaign.record.reader.receipts import MinePage, Notice, ReceiptPage, VerificationPage
from campaign.record.web.answers import FaultPage
from campaign.record.web.assets import address_of_asset
from campaign.record.web.forms import EMPTY, Form
from campaign.record.web.pages import Frame, Page, render_page
from campaign.record.web.paging import ListPage
from campaign.record.web.printing import PrintedSlip
from campaign.remind.calendar import Calendar
from campaign.remind.texts import Text
from campaign.store.credentials.accounts import Account
from campaign.store.credentials.api_tokens import ApiToken
from campaign.store.credentials.slip_batches import SlipBatch
from campaign.store.credentials.slips import PreparedSlip
from campaign.store.credentials.trail import Act, TrailLine
from campaign.store.figures.coverage import Stranger
from campaign.store.figures.directory import FoundPerson, Order, Wanted
from campaign.store.figures.people import Duty, PersonHistory, Stay
from campaign.store.figures.reminders import SentReminder, Subject, UnsureReminder
from campaign.store.posts.confirmations import Confirmation
from campaign.store.posts.posts import Replaced
from campaign.store.posts.publishing import Publishing
from campaign.store.roster.changes import RosterChange
from campaign.store.roster.roster import ListedMember
from tests.rigs.builders import member, post
from tests.rigs.record_pages import find_pages

NASTY = "<script>alert('Lò Thị Ước & Đặng')</script>"
NOON = datetime(2025, 11, 4, 5, tzinfo=UTC)
RENAMED = UnitChange(7, 1, date(2025, 11, 1), NASTY, None, NASTY, NASTY, NOON)
ENDED = UnitChange(8, 2, date(2025, 11, 1), None, 1, "", NASTY, NOON, NOON)
CHECKPOINT = Checkpoint("campaign", 1043, bytes(32))
AN = member(name=NASTY, unit=NASTY)
FIRST = post(title=NASTY, summary=NASTY, sentence=NASTY)
SECOND = replace(
    FIRST,
    title=f"{NASTY} mới",
    text=f"{NASTY} đã đổi.",
    revision=Revision(2, Change.REPLACEMENT, NASTY),
    deadline=Deadline.through_day(date(2025, 11, 5)),
)
BARE = replace(FIRST, source_document=None)
CHANGE = MemberChange(AN, NASTY, (FIRST,), (SECOND,), (FIRST,))
DIGEST = FIRST.digest
FIGURES = Coverage(opening=4, joined=1, left=1, exempt=1, on_time=1, late=1, outstanding=1)
LINE = ConfirmedLine(1043, 1, NOON, State.LATE)
CONFIRMED = Confirmation(1043, 1, FIRST.id, 1, NOON, "web")
FAULT = DayError(NASTY)
FULL_FRAME = Frame(
    campaign=NASTY,
    sample=True,
    reader=NASTY,
    staff=Account(NASTY, NASTY, Role.UNIT_HEAD, NASTY),
    form_token="token-of-this-browser",
)
BARE_FRAME = Frame(campaign="Đợt tuyên truyền", sample=False, reader=None, staff=None, form_token="token")
SLIPS = (PreparedSlip(ListedMember(1, AN), AccessSlip("mã", "ABCDEFGH"), "băm"),)
BATCH = SlipBatch("abc", NASTY, SLIPS, is_at_once=True, in_force_at=NOON, made_at=NOON)
PRINTED = PrintedSlip(AN, "ABCD-EFGH", Markup("<svg></svg>"))
LIST = read_list(
    "ds.csv",
    [ListSheet("", [["Mã", "Họ và tên", "Đơn vị", "Loại"], ["SKHCN-001", "An", NASTY, "CC"]])],
    Choices(),
    ("Sở",),
)
OPEN_LIST = read_list(
    "ds.xlsx",
    [
        ListSheet(NASTY, [["Họ và tên", NASTY, "Ngày sinh"], ["An", "lạ", "1980"], ["Bình", "lạ", "1981"]]),
        ListSheet("hai", [["Họ và tên", "Mã", "Loại"], ["An", "1", NASTY], ["Bình", "2", "CC"]]),
        ListSheet("ba", [["ghi chú"]]),
    ],
)


def notice(shown: Post, confirmed: Confirmation | None, *, url: str | None) -> Notice:
    late = confirmed is None
    duty = Duty(shown, shown.deadline or Deadline.before_day(NOON.date()), State.LATE, confirmed)
    return Notice(duty, url, "Còn 2 ngày", is_late=late, asked_again=late)


CAMPAIGN = Campaign("a", NASTY)


def receipt(state: State, url: str | None, proof: tuple[bytes, ...]) -> ReceiptPage:
    facts = {
        "post": FIRST.id,
        "revision": 1,
        "digest": DIGEST,
        "sentence": NASTY if url else None,
        "member": 1,
        "method": "web",
        "identified_by": "slip_qr",
    }
    hidden = Personal(bytes(SALT_BYTES), to_payload({"staff_code": NASTY, "name": NASTY, "unit": NASTY}))
    entry = Entry(1043, NOON, Kind.CONFIRMATION, to_payload(facts), hidden.digest)
    return ReceiptPage(
        receipt=Receipt(entry.leaf_data, hidden, proof, CHECKPOINT.to_note()),
        post=FIRST if url else BARE,
        url=url,
        state=state,
        method="trên trang web",
        identified_by="mã QR trên phiếu",
        checkpoint=CHECKPOINT,
        qr=Markup("<svg></svg>"),
        verifier="campaign+00000000+AAAA",
        campaign=NASTY,
        witnesses=(NASTY, "w") if url else (),
    )


def confirm_page(**changes: Any) -> ConfirmPage:  # noqa: ANN401 - any field of the page
    bare = ConfirmPage(AN, BARE, DIGEST, url=None, is_late=False, state="Hôm nay là ngày cuối", confirmed=None)
    return replace(bare, **changes)


STANDINGS = tuple(
    MemberStanding(number, f"SKHCN-{number:03}", NASTY, NASTY, Category.WORKER, state, confirmed_at, reason)
    for number, (state, confirmed_at, reason) in enumerate(
        [
            (State.ON_TIME, NOON, None),
            (State.LATE, NOON, None),
            (State.OUTSTANDING, None, None),
            (State.EXEMPT, None, NASTY),
        ]
    )
)
CHANNELS = (
    ChannelLines(
        Channel.WEBSITE,
        (RecordedDispatch(7, Dispatch(Channel.WEBSITE, date(2025, 10, 27), NASTY, NASTY, "ab" * 32), NOON, NASTY),),
    ),
    ChannelLines(Channel.DOCUMENT_SYSTEM, ()),
)
UNSURE = UnsureReminder(Subject(member_id=1), NASTY, NASTY, NOON.date(), NOON)
CURVE = Curve(tuple(CurvePoint(date(2025, 10, day), day // 8, 5) for day in range(1, 32)), date(2025, 11, 5))
APART = SpecialCase(7, CaseKind.EXTENSION, 1, NASTY, "thong-bao-485", NOON, None, date(2025, 11, 21), NASTY, "chi")
SHEET = Sheet(12, FIRST.id, 1, NASTY, NOON, NASTY, (1, 2, 3))
LINES = (SheetLine(1, AN, None), SheetLine(2, AN, NOON), SheetLine(3, None, None))
SIGNED = RecordedPaper(8, 1, FIRST.id, 1, NOON, Method.PAPER, Paper("chi", date(2025, 11, 3), NASTY, "", "ab" * 32))
BEHALF = replace(SIGNED, method=Method.ON_BEHALF, paper=Paper(NASTY, reason=NASTY), withdrawn_at=NOON)
HISTORY = PersonHistory(
    1,
    NASTY,
    NASTY,
    NASTY,
    (Stay(4, NASTY, Category.WORKER, NOON, None, NASTY, NASTY, NASTY), Stay(3, NASTY, Category.WORKER, NOON, NOON, "")),
    (
        Duty(
            FIRST,
            FIRST.deadline or Deadline.before_day(NOON.date()),
            State.LATE,
            Confirmation(8, 1, FIRST.id, 1, NOON, "paper"),
        ),
    ),
    (Confirmation(8, 1, FIRST.id, 1, NOON, "paper"),),
    (APART, replace(APART, until=NOON, post=None, actor="")),
    (SIGNED, BEHALF),
)
OWED = Owed(FIRST.id, NASTY, Deadline.before_day(date(2025, 11, 5)), date(2025, 10, 1))
DEBTOR = Debtor(1, NASTY, NASTY, NASTY, NASTY, (OWED,))
DUE = Reminder(DEBTOR, Means.MAIL, date(2025, 11, 4), NASTY, date(2025, 11, 5), None)
HEAD = HeadNotice(NASTY, date(2025, 11, 4), None, (DEBTOR,))
LAST = ListPage(1, 200)
DRAFT = Draft("abc", 2, "bai-dang/abc.md", NASTY.encode(), "", NASTY, NOON, NASTY, {"hinh.png": DIGEST})
RETURNED = DraftAct(7, Kind.DRAFT_RETURNED, DRAFT.digest, NASTY, NOON, NASTY)
PUBLISHING = Publishing("abc", DRAFT.digest, NASTY, NOON, PublishingState.RUNNING, 3, 9, NASTY, NOON)
CAMPAIGN = Campaign("dot-1", NASTY)


def decision(**changes: Any) -> DecisionPage:  # noqa: ANN401 - any field of the page
    bare = DecisionPage(
        draft=DRAFT,
        post=FIRST,
        changes=(),
        is_new=False,
        confirmed=0,
        people=27,
        fault_count=0,
        state=DraftState.DRAFT,
        acts=(RETURNED, replace(RETURNED, digest="x", note="")),
        names={NASTY: NASTY},
        may_decide=True,
        is_here=False,
        is_due=True,
    )
    return replace(bare, **changes)


STANDINGS += (
    replace(STANDINGS[0], cases=(APART,), paper=Paper("chi", date(2025, 11, 3))),
    replace(STANDINGS[1], paper=Paper("chi", reason=NASTY)),
)
PAGES: dict[str, Page] = {
    "sign in": SignInPage("/cua-toi"),
    "sign in again": SignInPage("/cua-toi", staff_code=NASTY, fault=AccessRefusedError()),
    "opening": OpeningPage("/cua-toi"),
    "slip": SlipPage("0123", NASTY, NASTY, "/cua-toi"),
    "confirm": confirm_page(),
    "confirm late": confirm_page(post=SECOND, url="/bai-dang/", is_late=True, changes=compare_posts(FIRST, SECOND)),
    "confirm stale": confirm_page(
        fault=RevisionStaleError(FIRST.id, 1, 2), changes=compare_posts(FIRST, SECOND), text=Markup("<h2>Mới</h2>")
    ),
    "confirmed": confirm_page(confirmed=LINE, url="/bai-dang/"),
    "receipt": receipt(State.LATE, "/bai-dang/", (bytes(32), bytes(32))),
    "first receipt": receipt(State.ON_TIME, None, ()),
    "verification": VerificationPage("campaign+00000000+AAAA", "log campaign+00000000+AAAA", "ab" * 32),
    "mine": MinePage(
        AN,
        waiting=(notice(SECOND, None, url="/bai-dang/"), notice(BARE, None, url=None)),
        confirmed=(notice(FIRST, CONFIRMED, url="/bai-dang/"), notice(BARE, CONFIRMED, url=None)),
    ),
    "mine, all confirmed": MinePage(AN, (), (notice(FIRST, CONFIRMED, url=None),)),
    "mine, nothing yet": MinePage(AN, (), ()),
    "sign in with a known account": SignInPage("/cua-toi", proxy=True, account=NASTY, known=AN),
    "sign in with a strange account": SignInPage("/cua-toi", proxy=True, account=NASTY),
    "sign in without an account": SignInPage("/cua-toi", slip=False, proxy=True),
    "sign in by mail": SignInPage("/cua-toi", slip=False, mail=True),
    "sign in by provider": SignInPage("/cua-toi", slip=False, oidc=True),
    "return": ReturnPage(NASTY, NASTY),
    "link sent": LinkSentPage(NASTY),
    "link": LinkPage("0123", AN, "/cua-toi"),
    "own slip": OwnSlipPage(
        AN,
        (
            DeviceLine("mã QR", NOON, NOON, is_remembered=True, is_here=True),
            DeviceLine("mã QR", NOON, NOON, is_remembered=False, is_here=False),
        ),
        has_slip=True,
        fault=OldCodeRefusedError(),
    ),
    "own devices": OwnSlipPage(AN, (), has_slip=False),
    "new slip": NewSlipPage(PrintedSlip(AN, "ABCD-EFGH", Markup("<svg></svg>")), "https://a.example"),
    "office sign in": OfficeSignInPage("/van-phong"),
    "office sign in again": OfficeSignInPage("/van-phong", NASTY, fault=AccountRefusedError()),
    "office sign in of the sample": OfficeSignInPage(
        "/van-phong", samples=(SampleAccount(Account(NASTY, NASTY, Role.UNIT_HEAD, NASTY), NASTY, "123456"),)
    ),
    "office sign in with a passkey": OfficeSignInPage("/van-phong", question=Question(NASTY, "1")),
    "passkeys": PasskeysPage((PasskeyLine("ab12", NASTY, NOON),), Question(NASTY, "1")),
    "no passkeys": PasskeysPage((), Question("{}", "1")),
    "proof": ProofPage(NASTY, "/van-phong", is_fresh=False, is_file=False, fault=PassphraseRefusedError()),
    "proof given": ProofPage("chi", "/van-phong/x.csv", is_fresh=True, is_file=True),
    "sessions": SessionsPage(
        (
            SessionLine("ab12", NASTY, NASTY, "cụm mật khẩu", NOON, NOON, is_here=False),
            SessionLine("cd34", "chi", "Chi", "cụm mật khẩu", NOON, NOON, is_here=True),
        ),
        sees_all=True,
    ),
    "ledger": LedgerPage(CHECKPOINT, NASTY, NASTY, tuple(range(70)), NOON),
    "ledger, where checkpoints went": LedgerPage(
        CHECKPOINT,
        "mốc",
        "khoá",
        (),
        NOON,
        "Đã 3 ngày",
        (NASTY, "nhân chứng w"),
        (Delivery(NASTY, 7, NOON), Delivery("trước kia", 6, NOON, NASTY)),
    ),
    "ledger without checkpoints": LedgerPage(CHECKPOINT, "mốc", "khoá", (), NOON),
    "editing": EditingPage(
        (DraftLine(DRAFT, NASTY, DraftState.APPROVED, NASTY), DraftLine(DRAFT, "", DraftState.DRAFT, NASTY)),
        (PublishedLine("abc", NASTY, "/bai-dang/", has_draft=True), PublishedLine("b", "b.md", None, has_draft=False)),
        may_switch=True,
        fault=FAULT,
    ),
    "editing nothing": EditingPage((), ()),
    "editing of a unit": EditingPage((), (), may_revise=False),
    "campaign": DeclarationPage(CAMPAIGN_LINES, Form((line.name, NASTY) for line in CAMPAIGN_LINES), fault=FAULT),
    "new campaign": DeclarationPage(CAMPAIGN_LINES, EMPTY),
    "department": DeclarationPage(DEPARTMENT_LINES, Form((line.name, NASTY) for line in DEPARTMENT_LINES)),
    "department elsewhere": DeclarationPage(DEPARTMENT_LINES, EMPTY, is_here=False),
    "start": StartPage({"abc": NASTY}, (), EMPTY),
    "start again": StartPage({"abc": NASTY}, (CAMPAIGN, CAMPAIGN), Form([("title", NASTY), ("id", NASTY)]), FAULT),
    "editor": EditorPage(DRAFT, EMPTY, {}, (), (), DraftState.DRAFT),
    "editor with everything": EditorPage(
        DRAFT,
        Form((name, NASTY) for name in (*LABELS, "unit:Văn phòng", "audience", "deadline.kind", "verified")),
        {name: (Finding(NASTY, NASTY), Finding(NASTY, NASTY, "Dòng 1: ", 1, is_fault=False)) for name in ("", *LABELS)},
        (Choice("Văn phòng", NASTY, 3), Choice("Sở", NASTY, 0)),
        (Choice("worker", NASTY, 3),),
        DraftState.RETURNED,
        (CAMPAIGN, CAMPAIGN),
        "2",
        1234,
        NASTY,
        RETURNED,
        (NASTY,),
        NASTY,
        (NASTY,),
        ContentChangedError(NASTY),
    ),
    "decision": decision(),
    "decision of the Office": decision(state=DraftState.SUBMITTED, changes=compare_posts(FIRST, SECOND), fault=FAULT),
    "decision to publish": decision(state=DraftState.APPROVED, is_here=True, is_due=False, confirmed=3, post=SECOND),
    "decision elsewhere": decision(state=DraftState.APPROVED, is_new=True, fault_count=2, post=BARE),
    "decision, running": decision(state=DraftState.APPROVED, is_here=True, publishing=PUBLISHING),
    "decision, waiting": decision(
        state=DraftState.APPROVED, is_here=True, publishing=replace(PUBLISHING, state=PublishingState.WAITING)
    ),
    "decision, failed": decision(
        state=DraftState.APPROVED, is_here=True, publishing=replace(PUBLISHING, state=PublishingState.FAILED)
    ),
    "decision, published": decision(
        state=DraftState.PUBLISHED, publishing=replace(PUBLISHING, state=PublishingState.DONE)
    ),
    "decision of an editor": decision(post=None, may_decide=False, state=DraftState.SUBMITTED, acts=()),
    "history": HistoryPage(
        "abc",
        (HistoryLine("b1", NASTY, NASTY, NOON, (RETURNED,)), HistoryLine("p1", NASTY, note=NASTY)),
        {},
        "b1",
        "p1",
        compare_posts(FIRST, SECOND),
    ),
    "history, alike": HistoryPage("abc", (), {}, changes=()),
    "office": OfficePage(
        (
            CampaignLines(CAMPAIGN, (PostLine(FIRST, "Còn 2 ngày", FIGURES),), 2025, NASTY),
            CampaignLines(
                Campaign("b", NASTY, closed=True),
                (PostLine(BARE, "Đã hết hạn (từ 0 giờ hôm nay)", Coverage()),),
                0,
                NASTY,
                is_due=True,
            ),
            CampaignLines(Campaign("c", "Đợt chưa có bài"), ()),
        ),
        NOON,
        1234,
        NASTY,
    ),
    "office without posts": OfficePage((), NOON, 0, None),
    "office, somebody tries": OfficePage((), NOON, 0, None, locked=3),
    "office, no checkpoint left": OfficePage((), NOON, 0, None, overdue=NASTY),
    "office post": OfficePostPage(
        FIRST,
        "Còn 2 ngày",
        NOON,
        "2025-11-04",
        Figures({NASTY: FIGURES}),
        (RolledUp(NASTY, 0, FIGURES), RolledUp("Thanh tra", 1, Coverage())),
        CHANNELS,
        CURVE,
        2,
        replaced=Replaced(2, NOON, 1, 41),
    ),
    "office dispatch": OfficeDispatchPage(FIRST, CAMPAIGN, CHANNELS, EMPTY),
    "office dispatch again": OfficeDispatchPage(
        BARE,
        CAMPAIGN,
        CHANNELS,
        Form([("channel", "website"), ("sent_on", NASTY), ("number", NASTY), ("recipients", NASTY)]),
        FAULT,
    ),
    "office post without units": OfficePostPage(BARE, "Còn 2 ngày", NOON, "", Figures(), (), CHANNELS, CURVE),
    "office list": OfficeListPage(
        Found(FIRST, NOON, STANDINGS, 1204, 2, 1204, (NASTY,)),
        Filter(State.LATE, NASTY, NASTY),
        "2025-11-04",
        "trang-thai=late&tim=%3C",
    ),
    "office list without people": OfficeListPage(Found(BARE, NOON, (), 0, 1, 0, ()), Filter(), "", ""),
    "strangers": OfficeStrangersPage(
        FIRST,
        (
            Stranger(1, NASTY, NASTY, NASTY, has_left=True, confirmed_at=NOON),
            Stranger(2, "", "An", "B", has_left=False, confirmed_at=NOON),
        ),
    ),
    "no strangers": OfficeStrangersPage(BARE, ()),
    "office report": OfficeReportPage(BARE, ""),
    "office report of a day": OfficeReportPage(FIRST, NASTY),
    "reminders": RemindersPage(
        NOON,
        (PlanLine(plan_post(OWED, date(2025, 11, 4), Calendar().is_working_day), 3),),
        (UnitDebts(NASTY, 3, 3), UnitDebts("Thanh tra", 0, 0)),
        "",
        is_bound=False,
        people=(DUE, replace(DUE, day=None, debtor=replace(DUE.debtor, is_away=True))),
        list_page=ListPage(2, 200, has_more=True),
        is_quiet=True,
        has_mail=False,
        refused=(ListedMember(1, AN),) * 51,
    ),
    "reminders of a large unit": RemindersPage(
        NOON,
        (PlanLine(plan_post(OWED, date(2026, 11, 4), Calendar().is_working_day), 3),),
        (UnitDebts(NASTY, 3, 3),),
        NASTY,
        is_bound=False,
        people=None,
        list_page=LAST,
        is_quiet=False,
        has_mail=True,
    ),
    "no reminders": RemindersPage(
        NOON, (), (), "", is_bound=True, people=(), list_page=LAST, is_quiet=False, has_mail=False
    ),
    "round": RoundPage(NOON, NASTY, extra=False, due=(DUE,) * 201, idle={NASTY: (DUE,)}, heads=(HEAD,)),
    "round at night": RoundPage(
        NOON, "", extra=True, due=(), idle={}, heads=(), why_quiet=NASTY, next_open=NOON, unsure=(UNSURE,)
    ),
    "round sent": RoundPage(
        NOON,
        NASTY,
        extra=False,
        due=(DUE,),
        idle={},
        heads=(),
        tally=Tally(1, 2, 3, 4, [NASTY], [NASTY], Path("nhac.csv")),
    ),
    "reminded": RemindedPage(
        NASTY,
        is_bound=False,
        lines=(
            SentLine(SentReminder(9, 1, NASTY, NASTY, None, NOON.date(), Means.MAIL, NOON), NASTY, owes=True),
            SentLine(SentReminder(8, None, NASTY, "", NASTY, NOON.date(), Means.OUTBOX, NOON), NASTY, owes=False),
        ),
        list_page=ListPage(2, 200, has_more=True),
    ),
    "reminded nobody": RemindedPage("", is_bound=True, lines=(), list_page=LAST),
    "texts": TextsPage(
        NASTY,
        is_bound=False,
        units=(NASTY,),
        for_head=Text(NASTY, NASTY),
        texts=(PersonText(DEBTOR, Text(NASTY, NASTY)),),
        posts=(FIRST,),
        list_page=ListPage(2, 50, has_more=True),
    ),
    "no texts": TextsPage("", is_bound=True, units=(), for_head=None, texts=(), posts=(), list_page=LAST),
    "seen": SeenPage(
        FIRST,
        (RecordedSeen(9, SeenPeople((1, 2), 1, DIGEST), NOON, NASTY),),
        (SeenFigures(State.ON_TIME, 1, 2),),
        STANDINGS[2:3],
        SeenPreview(NASTY, DIGEST, "1 2", 2, (SeenLine(4, "", NASTY, NASTY),), (SeenLine(5, NASTY, "", ""),)),
    ),
    "seen by nobody": SeenPage(BARE, (), (), (), fault=FAULT),
    "people": PeoplePage(
        Wanted(NASTY, NASTY, Category.WORKER, Order.UNIT),
        (FoundPerson(1, NASTY, NASTY, NASTY, NASTY, Category.WORKER), FoundPerson(2, "A", "An")),
        (NASTY, "Thanh tra"),
        102,
        2,
        "tim=an&don-vi=B",
    ),
    "people, none": PeoplePage(Wanted("an"), ()),
    "people, nobody yet": PeoplePage(Wanted(), ()),
    "addition": AdditionPage(
        Form([("name", NASTY), ("reason", NASTY)]), (NASTY, "Thanh tra"), (Doubt(None, NASTY, NASTY),), FAULT
    ),
    "addition, without units": AdditionPage(EMPTY, ()),
    "correction": CorrectionPage("/van-phong/nguoi/1", ListedMember(1, AN), EMPTY),
    "correction, doubted": CorrectionPage(
        "/van-phong/nguoi/1",
        ListedMember(1, AN),
        Form([("name", NASTY), ("email", NASTY)]),
        (Doubt(None, NASTY, NASTY),),
        FAULT,
    ),
    "person": PersonPage(
        HISTORY, Form([("act", "exempt"), ("post", FIRST.id), ("day", NASTY), ("reason", NASTY)]), fault=FAULT
    ),
    "person who left": PersonPage(PersonHistory(2, "", "An", None, (), (), (), (), ()), EMPTY),
    "move": MovePage("/van-phong/nguoi/1", NASTY, NASTY, NASTY, (NASTY, "Thanh tra")),
    "move, looked at": MovePage("/van-phong/nguoi/1", NASTY, NASTY, NASTY, (NASTY,), CHANGE, NASTY, FAULT),
    "removal": RemovalPage("/van-phong/nguoi/1", replace(CHANGE, unit=None, gained=())),
    "removal, without duties": RemovalPage("/van-phong/nguoi/1", MemberChange(AN, None, (), (), ()), FAULT),
    "word": WordUploadPage(),
    "word again": WordUploadPage(NASTY, FAULT),
    "sheets": SheetsPage(FIRST, (UnitLine(NASTY, 3),), (SHEET,)),
    "sheets, none": SheetsPage(BARE, (), ()),
    "sheet": SheetPage(SHEET, FIRST, LINES, Form([("day", NASTY), ("witness", NASTY)]), FAULT),
    "printed sheets": PrintedSheetsPage(FIRST, DIGEST, (PrintedSheet(SHEET, LINES, Markup("<svg></svg>")),) * 2),
    "roster": RosterPage(
        3, (RosterChange(5, NOON, NASTY, "ab", None, 3), RosterChange(9, NOON, "", None, 5, 1)), NASTY
    ),
    "roster, nothing yet": RosterPage(0, (), None, Faults((FAULT,) * 60, NASTY)),
    "units": UnitsPage(
        (
            UnitRow(Unit(1, NASTY, date(2025, 11, 1), (RENAMED,)), 2, ""),
            UnitRow(Unit(2, NASTY, None, (ENDED,)), 3, f"đến hết 31/10/2025, nay là {NASTY}"),
        ),
        (ChangeLine(RENAMED, NASTY), ChangeLine(ENDED, NASTY)),
        Form((name, NASTY) for name in ("act", "unit", "name", "successors", "day", "basis")),
        FAULT,
    ),
    "trail": TrailPage(
        (TrailLine(NASTY, Act.EXPORTED, NASTY, 2, NOON, NOON), TrailLine("", Act.LOCKED, "x", 1, NOON, NOON))
    ),
    "trail, empty": TrailPage(()),
    "tokens": TokensPage((), NASTY),
    "tokens, one made": TokensPage((ApiToken(NASTY, NOON),), NASTY, NASTY, NASTY),
    "tokens, none made": TokensPage((), NASTY, NASTY, fault=FAULT),
    "units, none yet": UnitsPage((), (), EMPTY),
    "roster preview": RosterPreviewPage(
        file=NASTY,
        digest=DIGEST,
        form=make_form(LIST, Choices(), (NASTY, "Văn phòng")),
        plan=RosterPlan((AN,), ((AN, member("SKHCN-002")),), (), 1),
        parts=(
            PlanPart("Bớt", 1, (PlanRow(AN, None),)),
            PlanPart("Thêm", 90, (PlanRow(None, AN),) * 30),
            PlanPart("Sửa", 1, (PlanRow(AN, member(email=NASTY)),)),
        ),
        typed=1239,
        doubts=(Doubt(NASTY, NASTY, NASTY),) * 101,
        notes=(NASTY,),
    ),
    "roster preview, the same": RosterPreviewPage(
        "ds.csv", DIGEST, make_form(LIST, Choices(), ()), RosterPlan((), (), (), 1), (), 0, (), ()
    ),
    "roster preview, to be decided": RosterPreviewPage(
        NASTY, DIGEST, make_form(OPEN_LIST, Choices(), (NASTY,)), None, (), 0, (), (), OPEN_LIST.faults, FAULT
    ),
    "office slips": OfficeSlipsPage((UnitSlips(NASTY, 3, 1), UnitSlips("Thanh tra", 1, 0))),
    "office slips without units": OfficeSlipsPage(()),
    "office slips, all have one": OfficeSlipsPage((UnitSlips(NASTY, 3, 3),), (BATCH, replace(BATCH, in_force_at=None))),
    "slip renewal": RenewalPage("/a", "/b", NASTY, 27, 20, 14, typed=True, unit=NASTY, fault=FAULT),
    "slip of a person": RenewalPage("/a", "/b", NASTY, 1, 1, 2),
    "first slip of a person": RenewalPage("/a", "/b", NASTY, 1, 0, 0),
    "printed slips": PrintedSlipsPage(BATCH, "http://127.0.0.1:8000", (PRINTED,) * 9),
    "slips to be put in force": PrintedSlipsPage(
        replace(BATCH, is_at_once=False, in_force_at=None), "http://127.0.0.1:8000", (PRINTED,)
    ),
    "slips being made": PrintedSlipsPage(replace(BATCH, in_force_at=None), "http://127.0.0.1:8000", ()),
    "fault": FaultPage(SessionExpiredError()),
}


SCRIPTS: dict[type[Page], list[str]] = {
    VerificationPage: [address_of_asset("receipt.js")],
    ReturnPage: [address_of_asset("continue.js")],
    OpeningPage: [address_of_asset("open.js")],
    PasskeysPage: [address_of_asset("passkey.js")],
    PrintedSlipsPage: [address_of_asset("print.js")],
    EditorPage: [address_of_asset("desk.js")],
    ReceiptPage: [address_of_asset("print.js")],
}
"""What each page runs; all others run none."""


class Elements(HTMLParser):
    """The elements of a page in order, and for each form the names of the fields in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.posts: list[list[tuple[str | None, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.found.append((tag, attributes))
        if tag == "form" and attributes["method"] == "post":
            self.posts.append([])
        elif tag == "input" and self.posts:
            self.posts[-1].append((attributes["name"], attributes.get("value")))

    def each(self, tag: str) -> Iterator[dict[str, str]]:
        return (attributes for found, attributes in self.found if found == tag)


def case_ids(cases: dict[str, Page]) -> dict[str, Any]:
    return {"argvalues": list(cases.values()), "ids": list(cases)}


every_page = pytest.mark.parametrize("page", **case_ids(PAGES))
every_frame = pytest.mark.parametrize("frame", [FULL_FRAME, BARE_FRAME], ids=["full frame", "bare frame"])


def test_the_examples_show_every_page() -> None:
    assert {type(page) for page in PAGES.values()} == set(find_pages())


def test_every_template_belongs_to_one_page_and_is_in_the_folder_of_its_room() -> None:
    folder = resources.files("campaign.record") / "templates"
    templates = sorted(f"{room.name}/{file.name}" for room in folder.iterdir() for file in room.iterdir())

    pages = find_pages()
    rooms = {page.template: page.__module__.split(".")[2] for page in pages}

    shared = ["desk/parts.html", "web/base.html", "web/frame.html", "web/parts.html"]
    assert templates == sorted([*(page.template for page in pages), *shared])
    assert {template: room for template, room in rooms.items() if not template.startswith(f"{room}/")} == {}


@every_frame
@every_page
def test_a_page_is_vietnamese_and_has_one_heading_of_the_first_level(page: Page, frame: Frame) -> None:
    elements = Elements(render_page(page, frame))

    levels = [int(tag[1]) for tag, _ in elements.found if tag in {"h1", "h2", "h3", "h4"}]
    assert [attributes["lang"] for attributes in elements.each("html")] == ["vi"]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@every_frame
@every_page
def test_what_people_typed_never_becomes_markup(page: Page, frame: Frame) -> None:
    html = render_page(page, frame).replace('<script src="/giao-dien/', "")

    assert "<script" not in html
    assert "<script" not in repr((page, frame)) or "&lt;script&gt;" in html


@every_frame
@every_page
def test_a_page_obeys_the_content_security_policy(page: Page, frame: Frame) -> None:
    elements = Elements(render_page(page, frame))

    assert not {tag for tag, _ in elements.found} & {"style", "iframe", "object", "base"}
    asks_passkey = isinstance(page, OfficeSignInPage) and page.question is not None
    scripts = [address_of_asset("passkey.js")] if asks_passkey else SCRIPTS.get(type(page), [])
    around = [address_of_asset(name) for name in ("theme.js", "site.js")]
    assert [a["src"] for a in elements.each("script")] == [around[0], *scripts, around[1]]
    names = {name for _, attributes in elements.found for name in attributes}
    assert not {name for name in names if name == "style" or name.startswith("on")}
    addresses = [a.get(name, "/") for _, a in elements.found for name in ("href", "src", "action")]
    assert all(address.startswith(("/", "#")) and not address.startswith("//") for address in addresses)


@every_frame
@every_page
def test_every_form_that_writes_carries_the_token_and_every_field_a_label(page: Page, frame: Frame) -> None:
    elements = Elements(render_page(page, frame))

    assert all(("form_token", frame.form_token) in form for form in elements.posts)
    labelled = {attributes["for"] for attributes in elements.each("label")}
    visible = [
        a["id"] for tag in ("input", "select", "textarea") for a in elements.each(tag) if a.get("type") != "hidden"
    ]
    assert sorted(labelled) == sorted(visible)


@every_page
def test_made_up_data_says_so_on_every_page(page: Page) -> None:
    assert "Dữ liệu minh hoạ" in render_page(page, FULL_FRAME)
    assert "Dữ liệu minh hoạ" not in render_page(page, BARE_FRAME)


def test_what_was_confirmed_has_no_button_any_more() -> None:
    waiting, confirmed = (Elements(render_page(PAGES[name], BARE_FRAME)) for name in ("confirm", "confirmed"))

    assert [a["action"] for a in waiting.each("form")] == ["/xac-nhan/thong-bao-485"]
    assert waiting.posts == [[("form_token", "token"), ("revision", "1"), ("digest", DIGEST)]]
    assert [a["action"] for a in confirmed.each("form")] == []
    assert "/bien-nhan/1043" in [a["href"] for a in confirmed.each("a")]
