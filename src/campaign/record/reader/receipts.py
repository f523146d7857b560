"""What a member has: the own list of notices, and the receipt of each confirmation."""

from dataclasses import dataclass, replace
from typing import ClassVar

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from campaign.core.figures.coverage import State, state_of
from campaign.core.ledger.checkpoint import Checkpoint, checkpoint_from_note
from campaign.core.ledger.note import read_note
from campaign.core.ledger.receipt import Receipt
from campaign.core.people.access import WayIn
from campaign.core.people.paper import Method
from campaign.core.people.roster import Member
from campaign.core.post import Post
from campaign.errors.access import PageNotFoundError
from campaign.record.web.answers import reading, send_file
from campaign.record.web.guard import to_number
from campaign.record.web.printing import draw_qr
from campaign.record.web.visitor import reader_of, recorder_of
from campaign.report.evidence import VERIFIER_FILE, make_verifier, verifier_digest
from campaign.store.figures.people import Duty, read_duties
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import read_entry, read_inclusion_proof, read_personal
from campaign.store.posts.confirmations import Confirmation, find_confirmation, member_confirmations
from campaign.store.posts.declarations import campaign_of
from campaign.store.posts.posts import find_revision
from campaign.store.posts.special_cases import deadline_of, revision_for
from campaign.store.proofs.deliveries import find_cosigned
from campaign.store.proofs.rotations import published_policy, read_rotations
from campaign.store.proofs.verification import make_checkpoint


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """The receipt of one confirmation.

    Attributes:
        receipt: The confirmation with its evidence, as in the file to download.
        checkpoint: The checkpoint that the receipt holds as a signed note.
        qr: That note as a QR code, in SVG.
        verifier: The ledger's public key as a C2SP verifier key.
        campaign: The title of the post's campaign when it was confirmed.
        witnesses: Who cosigned that checkpoint; nothing where no witness is set.
        person: The number of the member whose receipt the Office looks at; nothing for the own one.
    """

    template: ClassVar[str] = "reader/receipt.html"
    title: ClassVar[str] = "Biên nhận xác nhận đã đọc"
    script: ClassVar[str] = "print.js"
    receipt: Receipt
    post: Post
    url: str | None
    state: State
    method: str
    identified_by: str
    checkpoint: Checkpoint
    qr: Markup
    verifier: str
    campaign: str
    witnesses: tuple[str, ...] | None = None
    person: int | None = None


@dataclass(frozen=True, slots=True)
class VerificationPage:
    """Where anyone verifies a receipt, in the browser.

    Attributes:
        verifier: The public key of this ledger.
        key_file: The C2SP tlog-policy that tells it with its changes and its witnesses, for the script.
        digest: The SHA-256 of the stand-alone verifier.
    """

    template: ClassVar[str] = "reader/verification.html"
    title: ClassVar[str] = "Kiểm chứng biên nhận"
    script: ClassVar[str] = "receipt.js"
    verifier: str
    key_file: str
    digest: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A post on a member's own list.

    Attributes:
        state: How much time is left, in words.
        asked_again: Whether an earlier revision was confirmed and a replacement asks again.
    """

    duty: Duty
    url: str | None
    state: str
    is_late: bool
    asked_again: bool


@dataclass(frozen=True, slots=True)
class MinePage:
    """What waits for a member, and what was confirmed."""

    template: ClassVar[str] = "reader/mine.html"
    title: ClassVar[str] = "Xác nhận của tôi"
    member: Member
    waiting: tuple[Notice, ...]
    confirmed: tuple[Notice, ...]


@reading
def show_mine(request: Request, connection: Connection) -> MinePage:
    """Show what waits for the reader, then what was confirmed."""
    recorder, reader, now = recorder_of(request), reader_of(request, connection), recorder_of(request).clock()
    confirmed_before = {confirmation.post for confirmation in member_confirmations(connection, reader.id)}
    notices = [
        Notice(
            duty=duty,
            url=recorder.site.url_of(duty.post.id),
            state=duty.deadline.format_state(now),
            is_late=not duty.deadline.is_met_at(now),
            asked_again=duty.confirmed is None and duty.post.id in confirmed_before,
        )
        for duty in read_duties(connection, reader.id)
    ]
    waiting = tuple(notice for notice in notices if notice.duty.confirmed is None)
    return MinePage(reader.member, waiting, tuple(notice for notice in notices if notice.duty.confirmed is not None))


@reading
def show_receipt(request: Request, connection: Connection) -> ReceiptPage:
    """Show the receipt of a confirmation to the one who gave it, and to nobody else."""
    return _to_page(request, connection, _find(request, connection, reader_of(request, connection).id))


@reading
def download_receipt(request: Request, connection: Connection) -> Response:
    """Send the receipt of a confirmation as a file, to the one who gave it, and to nobody else."""
    return _to_file(request, connection, _find(request, connection, reader_of(request, connection).id))


@reading
def show_receipt_of_person(request: Request, connection: Connection) -> ReceiptPage:
    """Show the receipt of anyone's confirmation to the Office."""
    found = _find(request, connection)
    return replace(_to_page(request, connection, found), person=found.member_id)


@reading
def download_receipt_of_person(request: Request, connection: Connection) -> Response:
    """Send the receipt of anyone's confirmation to the Office as a file."""
    return _to_file(request, connection, _find(request, connection))


@reading
def show_verification(request: Request, connection: Connection) -> VerificationPage:
    """Show the page that verifies a receipt in the browser; it is for anyone, and its script sends nothing."""
    recorder = recorder_of(request)
    policy = published_policy(connection, recorder.key, recorder.policy)
    return VerificationPage(str(policy.trusted), str(policy), verifier_digest())


@reading
def download_policy(request: Request, connection: Connection) -> Response:
    """Send the ledger's public key with its changes and its witnesses, as a C2SP tlog-policy."""
    recorder = recorder_of(request)
    policy = published_policy(connection, recorder.key, recorder.policy)
    return send_file(str(policy).encode(), "khoa-cong-khai.txt", "text/plain; charset=utf-8")


def download_verifier(_request: Request) -> Response:
    """Send the stand-alone verifier of evidence bundles: apart from them, because a bundle may lie."""
    return send_file(make_verifier(), VERIFIER_FILE, "application/zip")


def _find(request: Request, connection: Connection, member_id: int | None = None) -> Confirmation:
    """Return the confirmation that the address names.

    Raises:
        PageNotFoundError: The entry is no confirmation, or not of that member.
    """
    found = find_confirmation(connection, to_number(request.path_params["sequence"]))
    if found is None or member_id not in {None, found.member_id}:
        raise PageNotFoundError
    return found


def _gather(request: Request, connection: Connection, found: Confirmation) -> Receipt:
    """Return the receipt of a confirmation, with a proof up to the newest checkpoint that witnesses cosigned.

    Where none did, it leads to the ledger's present head.

    Raises:
        PageNotFoundError: Its personal fields were erased.
    """
    entry, personal = read_entry(connection, found.sequence), read_personal(connection, found.sequence)
    if entry is None or personal is None:
        raise PageNotFoundError
    recorder = recorder_of(request)
    note = find_cosigned(connection, recorder.policy, found.sequence)
    note = note or make_checkpoint(connection, recorder.key, recorder.clock())
    proof = read_inclusion_proof(connection, found.sequence, checkpoint_from_note(read_note(note).text).size)
    return Receipt(entry.leaf_data, personal, proof, note, tuple(read_rotations(connection)))


def _to_page(request: Request, connection: Connection, found: Confirmation) -> ReceiptPage:
    recorder, receipt = recorder_of(request), _gather(request, connection, found)
    said, published = receipt.statement, find_revision(connection, found.post, found.revision)
    assert published is not None  # noqa: S101 - a confirmation names a published revision
    revision = revision_for(connection, published, found.member_id)
    return ReceiptPage(
        receipt=receipt,
        post=revision.post,
        url=recorder.site.url_of(said.post),
        state=state_of(deadline_of(revision), said.received_at, exempt=False),
        method=Method(said.method).label,
        identified_by=WayIn(said.identified_by).label if said.identified_by in set(WayIn) else "",
        checkpoint=checkpoint_from_note(read_note(receipt.checkpoint).text),
        qr=draw_qr(receipt.checkpoint.decode()),
        verifier=str(recorder.key.verifier),
        campaign=campaign_of(connection, revision.post, said.received_at).title,
        witnesses=tuple(recorder.policy.cosigned(receipt.checkpoint)) if recorder.policy.witnesses else None,
    )


@reading
def download_proof(request: Request, connection: Connection) -> Response:
    """Send the receipt of a confirmation as a C2SP tlog-proof, which other programs check."""
    found = _find(request, connection, reader_of(request, connection).id)
    proof = _gather(request, connection, found).to_tlog_proof()
    return send_file(proof, f"bien-nhan-{found.sequence}.tlog-proof", "text/plain; charset=utf-8")


def _to_file(request: Request, connection: Connection, found: Confirmation) -> Response:
    content = _gather(request, connection, found).to_json()
    return send_file(content, f"bien-nhan-{found.sequence}.json", "application/json")
