"""What a member has: the own list of notices, and the receipt of each confirmation."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from campaign.core import merkle
from campaign.core.access import WayIn
from campaign.core.coverage import state_of
from campaign.core.paper import Method
from campaign.core.receipt import Receipt
from campaign.errors.access import PageNotFoundError
from campaign.record.reader.confirming import confirmed_line
from campaign.record.reader.reader_pages import MinePage, Notice, ReceiptPage, VerificationPage
from campaign.record.server.recorder import Recorder
from campaign.record.web.answers import ask_to_sign_in, reader_of, recorder_of, show
from campaign.record.web.guard import SCRIPT_POLICY, to_number
from campaign.record.web.qr import draw_qr
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import node_reader, read_entry, read_head, read_personal
from campaign.store.posts.concerned import is_concerned
from campaign.store.posts.confirmations import find_confirmation, member_confirmations
from campaign.store.posts.posts import PublishedRevision, current_revisions, find_revision
from campaign.store.posts.special_cases import deadline_of, revision_for
from campaign.store.proofs.verification import make_checkpoint
from campaign.store.roster.roster import ListedMember


def show_mine(request: Request) -> Response:
    """Show what waits for the reader, then what was confirmed."""
    recorder = recorder_of(request)
    with recorder.database.reading() as connection:
        reader = reader_of(request, connection)
        if reader is None:
            return ask_to_sign_in(request)
        confirmed_before = {one.post for one in member_confirmations(connection, reader.id)}
        notices = [
            _to_notice(
                recorder,
                connection,
                reader,
                revision_for(connection, revision, reader.id),
                asked_before=revision.post.id in confirmed_before,
            )
            for revision in current_revisions(connection)
            if is_concerned(connection, revision, reader)
        ]
        page = MinePage(
            reader.member,
            waiting=tuple(notice for notice in notices if notice.confirmed is None),
            confirmed=tuple(notice for notice in notices if notice.confirmed is not None),
        )
        return show(request, connection, page)


def show_receipt(request: Request) -> Response:
    """Show the receipt of a confirmation to the one who gave it, and to nobody else."""
    recorder = recorder_of(request)
    with recorder.database.reading() as connection:
        reader = reader_of(request, connection)
        if reader is None:
            return ask_to_sign_in(request)
        receipt = _gather(recorder, connection, reader.id, to_number(request.path_params["sequence"]))
        return show(request, connection, _to_page(recorder, connection, receipt, reader.id))


def download_receipt(request: Request) -> Response:
    """Send the receipt of a confirmation as a file, to the one who gave it, and to nobody else."""
    recorder = recorder_of(request)
    with recorder.database.reading() as connection:
        reader = reader_of(request, connection)
        if reader is None:
            return ask_to_sign_in(request)
        receipt = _gather(recorder, connection, reader.id, to_number(request.path_params["sequence"]))
    return _to_file(receipt)


def _to_file(receipt: Receipt) -> Response:
    name = f"bien-nhan-{receipt.statement.sequence}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(receipt.to_json(), headers=headers, media_type="application/json")


def show_receipt_of_person(request: Request) -> Response:
    """Show the receipt of anyone's confirmation to the Office."""
    recorder = recorder_of(request)
    with recorder.database.reading() as connection:
        person, receipt = _gather_of_anyone(request, connection)
        page = _to_page(recorder, connection, receipt, person)
        return show(request, connection, replace(page, person=person))


def download_receipt_of_person(request: Request) -> Response:
    """Send the receipt of anyone's confirmation to the Office as a file."""
    with recorder_of(request).database.reading() as connection:
        _, receipt = _gather_of_anyone(request, connection)
        return _to_file(receipt)


def _gather_of_anyone(request: Request, connection: Connection) -> tuple[int, Receipt]:
    """Return the member whose confirmation the address names, and its receipt."""
    sequence = to_number(request.path_params["sequence"])
    found = find_confirmation(connection, sequence)
    if found is None:
        raise PageNotFoundError
    return found.member_id, _gather(recorder_of(request), connection, found.member_id, sequence)


def show_verification(request: Request) -> Response:
    """Show the page that verifies a receipt in the browser; it is for anyone, and its script sends nothing."""
    recorder = recorder_of(request)
    with recorder.database.reading() as connection:
        response = show(request, connection, VerificationPage(str(recorder.key.verifier)))
    response.headers["Content-Security-Policy"] = SCRIPT_POLICY
    return response


def _to_notice(
    recorder: Recorder, connection: Connection, reader: ListedMember, revision: PublishedRevision, *, asked_before: bool
) -> Notice:
    deadline, now = deadline_of(revision), recorder.clock()
    confirmed = confirmed_line(connection, reader, revision)
    return Notice(
        post=revision.post,
        digest=revision.digest,
        url=recorder.site.url_of(revision.post.id),
        state=deadline.format_state(now),
        is_late=not deadline.is_met_at(now),
        confirmed=confirmed,
        asked_again=asked_before and confirmed is None,
    )


def _gather(recorder: Recorder, connection: Connection, member_id: int, sequence: int) -> Receipt:
    """Return the receipt of a member's confirmation, with a proof up to the ledger's present head.

    Raises:
        PageNotFoundError: The entry is none of the member's confirmations, or its personal fields were erased.
    """
    found = find_confirmation(connection, sequence)
    entry, personal = read_entry(connection, sequence), read_personal(connection, sequence)
    if found is None or entry is None or personal is None or found.member_id != member_id:
        raise PageNotFoundError
    proof = merkle.inclusion_proof(sequence - 1, read_head(connection).size, node_reader(connection))
    return Receipt(entry.leaf_data, personal, proof, make_checkpoint(connection, recorder.key))


def _to_page(recorder: Recorder, connection: Connection, receipt: Receipt, member_id: int) -> ReceiptPage:
    said, verifier = receipt.statement, recorder.key.verifier
    published = find_revision(connection, said.post, said.revision)
    assert published is not None  # noqa: S101 - a confirmation names a published revision
    revision = revision_for(connection, published, member_id)
    return ReceiptPage(
        receipt=receipt,
        post=revision.post,
        url=recorder.site.url_of(said.post),
        state=state_of(deadline_of(revision), said.received_at, exempt=False),
        method=Method(said.method).label,
        identified_by=WayIn(said.identified_by).label if said.identified_by in set(WayIn) else "",
        checkpoint=verifier.read(receipt.checkpoint),
        qr=draw_qr(receipt.checkpoint.decode()),
        verifier=str(verifier),
    )
