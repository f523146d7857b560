"""What a member has: the own list of notices, and the receipt of each confirmation."""

import json

from starlette.requests import Request
from starlette.responses import Response

from campaign.core import merkle
from campaign.errors import PageNotFoundError
from campaign.record.answers import ask_to_sign_in, reader_of, recorder_of, show
from campaign.record.confirming import confirmed_line, to_line
from campaign.record.guard import to_number
from campaign.record.pages import MinePage, Notice, ReceiptPage
from campaign.record.recorder import Recorder
from campaign.store.confirmations import find_confirmation, member_confirmations
from campaign.store.database import Connection
from campaign.store.ledger import node_reader, read_entry, read_head
from campaign.store.posts import PublishedRevision, current_revisions, find_revision
from campaign.store.roster import ListedMember
from campaign.store.verification import make_checkpoint

_METHODS = {"web": "trên trang web"}
_WAYS_IN = {"slip_code": "mã truy cập trên phiếu", "slip_qr": "mã QR trên phiếu"}
"""How a confirmation was given, and by what the person was known, as people read it."""


def show_mine(request: Request) -> Response:
    """Show what waits for the reader, then what was confirmed."""
    recorder = recorder_of(request)
    with recorder.database.reading() as connection:
        reader = reader_of(request, connection)
        if reader is None:
            return ask_to_sign_in(request)
        confirmed_before = {one.post for one in member_confirmations(connection, reader.id)}
        notices = [
            _to_notice(recorder, connection, reader, revision, asked_before=revision.post.id in confirmed_before)
            for revision in current_revisions(connection)
            if revision.post.audience.includes(reader.member.unit, reader.member.category)
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
        page = _to_receipt(recorder, connection, reader, to_number(request.path_params["sequence"]))
        return show(request, connection, page)


def _to_notice(
    recorder: Recorder, connection: Connection, reader: ListedMember, revision: PublishedRevision, *, asked_before: bool
) -> Notice:
    deadline, now = revision.post.deadline, recorder.clock()
    assert deadline is not None  # noqa: S101 - current_revisions returns only posts that have one
    confirmed = confirmed_line(connection, reader, revision)
    return Notice(
        post=revision.post,
        digest=revision.digest,
        url=recorder.site.url_of(revision.post.id),
        state=deadline.state_in_words(now),
        is_late=not deadline.is_met_at(now),
        confirmed=confirmed,
        asked_again=asked_before and confirmed is None,
    )


def _to_receipt(recorder: Recorder, connection: Connection, reader: ListedMember, sequence: int) -> ReceiptPage:
    found, entry = find_confirmation(connection, sequence), read_entry(connection, sequence)
    if found is None or entry is None or found.member_id != reader.id:
        raise PageNotFoundError
    revision = find_revision(connection, found.post, found.revision)
    assert revision is not None  # noqa: S101 - a confirmation names a published revision
    facts = json.loads(entry.facts)
    head = read_head(connection)
    proof = merkle.inclusion_proof(sequence - 1, head.size, node_reader(connection))
    return ReceiptPage(
        member=reader.member,
        post=revision.post,
        digest=revision.digest,
        url=recorder.site.url_of(found.post),
        line=to_line(found, revision),
        method=_METHODS[found.method],
        identified_by=_WAYS_IN[facts["identified_by"]],
        leaf=entry.leaf_hash.hex(),
        proof=tuple(one.hex() for one in proof),
        size=head.size,
        root=head.root.hex(),
        checkpoint=make_checkpoint(connection, recorder.key).decode(),
        verifier=str(recorder.key.verifier),
    )
