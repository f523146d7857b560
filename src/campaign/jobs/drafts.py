"""Drafts: begun, submitted, returned, approved, and handed to whoever publishes."""

from datetime import datetime
from hashlib import sha256

from campaign.core.draft import Draft, DraftState, find_state, may_approve
from campaign.core.ledger.entry import Kind
from campaign.errors.drafts import DraftApproverError, DraftStateError
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.posts.drafts import note_act, read_acts, require_draft


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


def _require(ledger: OpenLedger, draft: Draft, states: set[DraftState]) -> None:
    now = require_draft(ledger.connection, draft.post)
    state = state_of(ledger.connection, now)
    if now.digest != draft.digest or state not in states:
        raise DraftStateError(state.label)
