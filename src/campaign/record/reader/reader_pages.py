"""The pages for the people on the roster: a dataclass each, with everything that its template is given."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from markupsafe import Markup

from campaign.core.checkpoint import Checkpoint
from campaign.core.coverage import State
from campaign.core.difference import ChangedPart
from campaign.core.post import Post
from campaign.core.receipt import Receipt
from campaign.core.roster import Member


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
        person: The number of the member whose receipt the Office looks at; nothing for the own one.
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
    person: int | None = None


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
