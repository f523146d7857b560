"""What an auditor looks at: how far the ledger reaches, the checkpoint that proves it, and where checkpoints went."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.ledger.checkpoint import Checkpoint
from campaign.core.ledger.delivery import Delivery, tell_overdue
from campaign.errors.store import CheckpointNowhereError
from campaign.jobs.checkpoint_round import send_checkpoint
from campaign.record.web.answers import reading
from campaign.record.web.forms import read_form
from campaign.record.web.visitor import recorder_of
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import kept_checkpoints
from campaign.store.proofs.deliveries import read_deliveries
from campaign.store.proofs.verification import make_checkpoint

PAGE_PATH = "/van-phong/so"
SEND_PATH = f"{PAGE_PATH}/gui-moc"


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """The state of the ledger, for an auditor.

    Attributes:
        checkpoint: The checkpoint of this moment.
        note: The same, signed.
        verifier: The ledger's public key as a C2SP verifier key.
        kept: The sizes of the checkpoints that were handed out, the newest first.
        overdue: That no checkpoint left lately; empty when one did.
        places: Where checkpoints go.
        deliveries: Those that went there lately, and those that did not arrive, the newest first.
    """

    template: ClassVar[str] = "office/ledger.html"
    title: ClassVar[str] = "Sổ ghi nhận"
    checkpoint: Checkpoint
    note: str
    verifier: str
    kept: tuple[int, ...]
    as_of: datetime
    overdue: str = ""
    places: tuple[str, ...] = ()
    deliveries: tuple[Delivery, ...] = ()


@reading
def show_ledger(request: Request, connection: Connection) -> LedgerPage:
    """Show the signed checkpoint of this moment, the sizes of those that were handed out, and where they went."""
    recorder, now = recorder_of(request), recorder_of(request).clock()
    note, verifier = make_checkpoint(connection, recorder.key, now), recorder.key.verifier
    kept = tuple(sorted(kept_checkpoints(connection), reverse=True))
    deliveries = tuple(reversed(read_deliveries(connection)))
    overdue = tell_overdue(recorder.places, deliveries, now)
    return LedgerPage(
        verifier.read(note), note.decode(), str(verifier), kept, now, overdue, recorder.places, deliveries
    )


async def send_now(request: Request) -> Response:
    """Send the checkpoint of this moment, as ``campaign ledger send`` does each night, and tell what became of it.

    Raises:
        CheckpointNowhereError: No place is set.
    """
    await read_form(request)
    recorder = recorder_of(request)
    if recorder.outlets is None or not recorder.places:
        raise CheckpointNowhereError
    await run_in_threadpool(send_checkpoint, recorder.database, recorder.key, recorder.outlets, recorder.clock)
    return RedirectResponse(f"{PAGE_PATH}#ra-khoi-may", 303)
