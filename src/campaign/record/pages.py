"""The pages: one dataclass each, with everything that its template is given, and nothing else."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from campaign.core.checkpoint import Checkpoint
from campaign.core.clock import day_before, day_in_words, instant_in_words
from campaign.core.coverage import State
from campaign.core.difference import ChangedPart
from campaign.core.post import Post
from campaign.core.receipt import Receipt
from campaign.core.roster import Member
from campaign.core.text import group_digits, write_number, write_percent
from campaign.record.office_pages import (
    OfficeDispatchPage,
    OfficeListPage,
    OfficePage,
    OfficePostPage,
    OfficeReportPage,
    OfficeStrangersPage,
    WordFieldsPage,
    WordUploadPage,
)
from campaign.record.people_pages import PeoplePage, PersonPage
from campaign.record.question import Question
from campaign.record.roster_pages import RosterPage, RosterPreviewPage
from campaign.record.sample import SampleAccount
from campaign.record.sheet_pages import PrintedSheetsPage, SheetPage, SheetsPage
from campaign.store.accounts import Account


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page.

    Attributes:
        campaign: The campaign's title.
        sample: Whether all this is made-up data, which each page must say.
        reader: The name of the member who is signed in, or nothing.
        staff: The account that is signed in, or nothing.
        form_token: Goes back with every form.
        secure: Whether browsers reach the recorder by HTTPS.
    """

    campaign: str
    sample: bool
    reader: str | None
    staff: Account | None
    form_token: str
    secure: bool = False


@dataclass(frozen=True, slots=True)
class SignInPage:
    """The ways in that are open.

    Attributes:
        next: The page that opens afterwards.
        slip: Whether staff code and access code let in.
        proxy: Whether the account of the office's computer does.
        mail: Whether a link is sent by mail.
        oidc: Whether the account of a common sign-in does.
        account: The account that the server in front names, or nothing.
        known: Whose it is, or nothing when it is nobody's on the roster.
        problem: What was wrong with the last try, or nothing.
    """

    template: ClassVar[str] = "sign_in.html"
    title: ClassVar[str] = "Vào để xác nhận"
    next: str
    slip: bool = True
    proxy: bool = False
    mail: bool = False
    oidc: bool = False
    account: str | None = None
    known: Member | None = None
    staff_code: str = ""
    problem: str | None = None
    remedy: str | None = None


@dataclass(frozen=True, slots=True)
class SlipPage:
    """Opened by the QR code of a slip: whose it is, and one button."""

    template: ClassVar[str] = "slip.html"
    title: ClassVar[str] = "Phiếu truy cập của anh/chị"
    token: str
    name: str
    unit: str
    next: str


@dataclass(frozen=True, slots=True)
class ReturnPage:
    """Opened by the answer of the common sign-in: a form that goes on."""

    template: ClassVar[str] = "return.html"
    title: ClassVar[str] = "Đang vào"
    code: str
    state: str


@dataclass(frozen=True, slots=True)
class LinkSentPage:
    """Says that a link was sent, if the address is someone's."""

    template: ClassVar[str] = "link_sent.html"
    title: ClassVar[str] = "Xem thư của anh/chị"
    address: str


@dataclass(frozen=True, slots=True)
class LinkPage:
    """Opened by a link that was sent by mail: for whom it is, and one button."""

    template: ClassVar[str] = "link.html"
    title: ClassVar[str] = "Liên kết này là của anh/chị?"
    token: str
    member: Member
    next: str


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A browser in which a member is signed in.

    Attributes:
        is_here: Whether it is the one that shows the page.
    """

    way_in: str
    started_at: datetime
    expires_at: datetime
    is_remembered: bool
    is_here: bool


@dataclass(frozen=True, slots=True)
class OwnSlipPage:
    """A member's own slip and devices.

    Attributes:
        has_slip: Whether there is a slip whose codes can be changed.
    """

    template: ClassVar[str] = "own_slip.html"
    title: ClassVar[str] = "Phiếu và thiết bị của tôi"
    member: Member
    devices: tuple[DeviceLine, ...]
    has_slip: bool
    problem: str | None = None
    remedy: str | None = None


@dataclass(frozen=True, slots=True)
class NewSlipPage:
    """The new codes of a member who changed them: shown this once."""

    template: ClassVar[str] = "new_slip.html"
    title: ClassVar[str] = "Phiếu mới của anh/chị"
    slip: "PrintedSlip"
    address: str


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """Who confirms what: the name, the notice, the revision, the sentence, one button.

    Attributes:
        url: The post's page on the site, or nothing when it is no longer shown.
        is_late: Whether a confirmation now would be late.
        state: How much time is left, in words.
        confirmed: The confirmation that stands, or nothing.
        stale: What went wrong with the last press: another revision came in between; else nothing.
        changes: What changed since the revision that the reader saw or confirmed.
        confirmed_before: The revision since which they are, when the reader confirmed that; else 0.
        text: The current text, shown when it changed.
    """

    template: ClassVar[str] = "confirm.html"
    title: ClassVar[str] = "Xác nhận đã đọc"
    member: Member
    post: Post
    digest: str
    url: str | None
    is_late: bool
    state: str
    confirmed: "ConfirmedLine | None"
    stale: str | None = None
    changes: tuple[ChangedPart, ...] = ()
    confirmed_before: int = 0
    text: Markup | None = None


@dataclass(frozen=True, slots=True)
class ConfirmedLine:
    """A confirmation in short."""

    sequence: int
    revision: int
    received_at: datetime
    state: State


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """The receipt of one confirmation.

    Attributes:
        receipt: The confirmation with its evidence, as in the file to download.
        checkpoint: The checkpoint that the receipt holds as a signed note.
        qr: That note as a QR code, in SVG.
        verifier: The ledger's public key as a C2SP verifier key.
    """

    template: ClassVar[str] = "receipt.html"
    title: ClassVar[str] = "Biên nhận xác nhận đã đọc"
    receipt: Receipt
    post: Post
    url: str | None
    state: State
    method: str
    identified_by: str
    checkpoint: Checkpoint
    qr: Markup
    verifier: str


@dataclass(frozen=True, slots=True)
class VerificationPage:
    """Where anyone verifies a receipt, in the browser.

    Attributes:
        verifier: The public key of this ledger.
    """

    template: ClassVar[str] = "verification.html"
    title: ClassVar[str] = "Kiểm chứng biên nhận"
    verifier: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A post on a member's own list.

    Attributes:
        confirmed: The confirmation that stands, or nothing when it still waits.
        asked_again: Whether an earlier revision was confirmed and a replacement asks anew.
    """

    post: Post
    digest: str
    url: str | None
    state: str
    is_late: bool
    confirmed: ConfirmedLine | None
    asked_again: bool


@dataclass(frozen=True, slots=True)
class MinePage:
    """What waits for a member, and what was confirmed."""

    template: ClassVar[str] = "mine.html"
    title: ClassVar[str] = "Xác nhận của tôi"
    member: Member
    waiting: tuple[Notice, ...]
    confirmed: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class OfficeSignInPage:
    """The way in for accounts.

    Attributes:
        samples: The accounts of the sample campaign; empty in a real one.
        question: What a passkey is asked, where there can be one.
    """

    template: ClassVar[str] = "office_sign_in.html"
    title: ClassVar[str] = "Văn phòng – đăng nhập"
    next: str
    account: str = ""
    problem: str | None = None
    remedy: str | None = None
    samples: tuple[SampleAccount, ...] = ()
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class PasskeyLine:
    """A passkey of the account."""

    key: str
    label: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class PasskeysPage:
    """The passkeys of the account that is signed in.

    Attributes:
        question: What the browser is asked for another one.
    """

    template: ClassVar[str] = "passkeys.html"
    title: ClassVar[str] = "Khoá truy cập"
    passkeys: tuple[PasskeyLine, ...]
    question: Question


@dataclass(frozen=True, slots=True)
class ProofPage:
    """Asks for the passphrase again before something that weighs.

    Attributes:
        is_fresh: Whether it was given just now, so that the way on is open.
        is_file: Whether the way on leads to a file that is downloaded.
    """

    template: ClassVar[str] = "proof.html"
    title: ClassVar[str] = "Xác minh lại"
    account: str
    next: str
    is_fresh: bool
    is_file: bool
    problem: str | None = None
    remedy: str | None = None


@dataclass(frozen=True, slots=True)
class SessionLine:
    """An account that is signed in somewhere.

    Attributes:
        is_here: Whether it is the browser that shows the page.
    """

    key: str
    account: str
    full_name: str
    way_in: str
    started_at: datetime
    used_at: datetime
    is_here: bool


@dataclass(frozen=True, slots=True)
class SessionsPage:
    """Where accounts are signed in."""

    template: ClassVar[str] = "sessions.html"
    title: ClassVar[str] = "Phiên đăng nhập"
    sessions: tuple[SessionLine, ...]
    sees_all: bool


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """The state of the ledger, for an auditor.

    Attributes:
        checkpoint: The checkpoint of this moment.
        note: The same, signed.
        verifier: The ledger's public key as a C2SP verifier key.
        kept: The sizes of the checkpoints that were handed out, the newest first.
    """

    template: ClassVar[str] = "ledger.html"
    title: ClassVar[str] = "Sổ ghi nhận"
    checkpoint: Checkpoint
    note: str
    verifier: str
    kept: tuple[int, ...]
    as_of: datetime


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """A post as readers see it now."""

    post: Post
    url: str | None


@dataclass(frozen=True, slots=True)
class EditingPage:
    """Where an editor begins."""

    template: ClassVar[str] = "editing.html"
    title: ClassVar[str] = "Biên tập"
    posts: tuple[PublishedLine, ...]


@dataclass(frozen=True, slots=True)
class UnitSlips:
    """A unit on the page where slips are issued."""

    name: str
    members: int
    issued: int


@dataclass(frozen=True, slots=True)
class OfficeSlipsPage:
    """Where access slips are issued, unit by unit."""

    template: ClassVar[str] = "office_slips.html"
    title: ClassVar[str] = "Phiếu truy cập cá nhân"
    units: tuple[UnitSlips, ...]


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """One slip as it is printed: the only time that its secrets are shown.

    Attributes:
        qr: The QR code as SVG.
    """

    member: Member
    code: str
    qr: Markup


@dataclass(frozen=True, slots=True)
class PrintedSlipsPage:
    """The slips of a unit, to be printed and cut."""

    template: ClassVar[str] = "printed_slips.html"
    title: ClassVar[str] = "Phiếu truy cập cá nhân"
    unit: str
    address: str
    slips: tuple[PrintedSlip, ...]
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class FaultPage:
    """What went wrong, what to do, and what did not happen.

    Attributes:
        back: Where the button leads, and what it says.
    """

    template: ClassVar[str] = "fault.html"
    title: ClassVar[str] = "Chưa thực hiện được"
    problem: str
    remedy: str
    code: str
    back: str = "/"
    back_label: str = "Về trang chủ"


Page = (
    SignInPage
    | SlipPage
    | ReturnPage
    | LinkSentPage
    | LinkPage
    | OwnSlipPage
    | NewSlipPage
    | ConfirmPage
    | ReceiptPage
    | VerificationPage
    | MinePage
    | OfficeSignInPage
    | PasskeysPage
    | ProofPage
    | SessionsPage
    | LedgerPage
    | EditingPage
    | OfficePage
    | OfficePostPage
    | OfficeListPage
    | OfficeStrangersPage
    | OfficeDispatchPage
    | OfficeReportPage
    | WordUploadPage
    | WordFieldsPage
    | OfficeSlipsPage
    | PeoplePage
    | PersonPage
    | SheetsPage
    | SheetPage
    | PrintedSheetsPage
    | RosterPage
    | RosterPreviewPage
    | PrintedSlipsPage
    | FaultPage
)


def render_page(page: Page, frame: Frame) -> str:
    """Return the HTML of *page*; a name that the page does not have fails."""
    return _environment.get_template(page.template).render(page=page, frame=frame)


_environment = Environment(
    loader=PackageLoader("campaign.record"),
    autoescape=select_autoescape(default=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters.update(
    day=day_in_words,
    before=day_before,
    instant=instant_in_words,
    percent=write_percent,
    number=write_number,
    grouped=group_digits,
)
_environment.globals.update(State=State)
