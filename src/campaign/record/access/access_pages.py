"""The pages of the ways in: a dataclass each, with everything that its template is given."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from markupsafe import Markup

from campaign.core.roster import Member
from campaign.jobs.sample import SampleAccount
from campaign.record.access.passkey_challenge import Question


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
class PrintedSlip:
    """One slip as it is printed: the only time that its secrets are shown.

    Attributes:
        qr: The QR code as SVG.
    """

    member: Member
    code: str
    qr: Markup


@dataclass(frozen=True, slots=True)
class NewSlipPage:
    """The new codes of a member who changed them: shown this once."""

    template: ClassVar[str] = "new_slip.html"
    title: ClassVar[str] = "Phiếu mới của anh/chị"
    slip: "PrintedSlip"
    address: str


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
