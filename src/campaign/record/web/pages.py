"""The pages: one dataclass each, with everything that its template is given, and nothing else."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from campaign.core.checkpoint import Checkpoint
from campaign.core.clock import day_before, format_day, format_instant
from campaign.core.coverage import State
from campaign.core.post import Post
from campaign.core.text import format_number, format_percent, group_digits
from campaign.record.access.access_pages import (
    LinkPage,
    LinkSentPage,
    NewSlipPage,
    OfficeSignInPage,
    OwnSlipPage,
    PasskeysPage,
    PrintedSlip,
    ProofPage,
    ReturnPage,
    SessionsPage,
    SignInPage,
    SlipPage,
)
from campaign.record.office.membership_pages import MovePage, RemovalPage
from campaign.record.office.office_pages import (
    OfficeDispatchPage,
    OfficeListPage,
    OfficePage,
    OfficePostPage,
    OfficeReportPage,
    OfficeStrangersPage,
    WordFieldsPage,
    WordUploadPage,
)
from campaign.record.office.people_pages import PeoplePage, PersonPage
from campaign.record.office.reminder_pages import RemindedPage, RemindersPage, RoundPage, TextsPage
from campaign.record.office.roster_pages import RosterPage, RosterPreviewPage
from campaign.record.office.seen_pages import SeenPage
from campaign.record.office.sheet_pages import PrintedSheetsPage, SheetPage, SheetsPage
from campaign.record.office.token_pages import TokensPage
from campaign.record.office.unit_pages import UnitsPage
from campaign.record.reader.reader_pages import (
    ConfirmPage,
    MinePage,
    ReceiptPage,
    VerificationPage,
)
from campaign.store.credentials.accounts import Account


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
    | RemindersPage
    | RoundPage
    | RemindedPage
    | TextsPage
    | SeenPage
    | WordUploadPage
    | WordFieldsPage
    | OfficeSlipsPage
    | PeoplePage
    | PersonPage
    | MovePage
    | RemovalPage
    | SheetsPage
    | SheetPage
    | PrintedSheetsPage
    | RosterPage
    | RosterPreviewPage
    | UnitsPage
    | TokensPage
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
    day=format_day,
    before=day_before,
    instant=format_instant,
    percent=format_percent,
    number=format_number,
    grouped=group_digits,
)
_environment.globals.update(State=State)
