"""Drafts: begun, submitted, returned, approved, and handed to whoever publishes."""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from campaign.core.draft import Draft, DraftState, find_state, may_approve
from campaign.core.ledger.entry import Kind
from campaign.errors.drafts import DraftApproverError, DraftStateError
from campaign.posts.editing import to_declared, write_file
from campaign.posts.front_matter import split_front_matter
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.posts.drafts import note_act, read_acts, require_draft, save_draft
from campaign.store.posts.publishing import ask_to_publish

WITHDRAWN = "rút bài khỏi trang"
"""What the ledger notes with the acts by which a post is taken off the site."""


def digest_of_file(source: bytes) -> str:
    """Return the SHA-256 of a file of the content folder, by which a draft knows what it was begun from."""
    return sha256(source).hexdigest()


def state_of(connection: Connection, draft: Draft) -> DraftState:
    """Return the state of a draft."""
    return find_state(draft.digest, read_acts(connection, draft.post, draft.digest))


def submit_draft(ledger: OpenLedger, draft: Draft, actor: str, note: str, at: datetime) -> None:
    """Append that a draft waits for approval.

    Raises:
        DraftStateError: It waits already, or it was changed meanwhile.
    """
    _require(ledger, draft, {DraftState.DRAFT, DraftState.RETURNED})
    note_act(ledger, Kind.DRAFT_SUBMITTED, draft, actor, at, note)


def return_draft(ledger: OpenLedger, draft: Draft, actor: str, note: str, at: datetime) -> None:
    """Append that a draft goes back to whoever wrote it, with what is to be changed.

    Raises:
        DraftStateError: It does not wait, or it was changed meanwhile.
    """
    _require(ledger, draft, {DraftState.SUBMITTED, DraftState.APPROVED})
    note_act(ledger, Kind.DRAFT_RETURNED, draft, actor, at, note)


def approve_draft(ledger: OpenLedger, draft: Draft, actor: str, at: datetime, *, two_persons: bool) -> None:
    """Append that a draft may be published.

    Raises:
        DraftStateError: It does not wait, or it was changed meanwhile.
        DraftApproverError: Two persons are needed, and *actor* wrote or submitted it.
    """
    _require(ledger, draft, {DraftState.SUBMITTED})
    acts = read_acts(ledger.connection, draft.post, draft.digest)
    writers = {act.actor for act in acts if act.kind is Kind.DRAFT_SUBMITTED} | {draft.author}
    if not may_approve(actor, writers, two_persons=two_persons):
        raise DraftApproverError
    note_act(ledger, Kind.DRAFT_APPROVED, draft, actor, at)


def withdraw_post(ledger: OpenLedger, draft: Draft, actor: str, at: datetime) -> None:
    """Have the post of a published draft taken off the site: the same text, said to be a draft, is published at once.

    What readers saw and confirmed stays in the ledger and in the archive.
    """
    front = split_front_matter(draft.path, draft.source)
    source = write_file(to_declared(front) | {"draft": "true"}, front.text, front).encode()
    changed = replace(draft, source=source, base=draft.text_digest, author=actor, saved_at=at)
    hidden = save_draft(ledger.connection, changed, draft.text_digest)
    for kind in (Kind.DRAFT_SUBMITTED, Kind.DRAFT_APPROVED):
        note_act(ledger, kind, hidden, actor, at, WITHDRAWN)
    ask_to_publish(ledger.connection, hidden, actor, at, at)


def _require(ledger: OpenLedger, draft: Draft, states: set[DraftState]) -> None:
    now = require_draft(ledger.connection, draft.post)
    state = state_of(ledger.connection, now)
    if now.digest != draft.digest or state not in states:
        raise DraftStateError(state.label)
