"""What an auditor looks at: how far the ledger reaches, and the checkpoint that proves it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from starlette.requests import Request

from campaign.core.ledger.checkpoint import Checkpoint
from campaign.record.web.answers import reading
from campaign.record.web.visitor import recorder_of
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import kept_checkpoints
from campaign.store.proofs.verification import make_checkpoint


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """The state of the ledger, for an auditor.

    Attributes:
        checkpoint: The checkpoint of this moment.
        note: The same, signed.
        verifier: The ledger's public key as a C2SP verifier key.
        kept: The sizes of the checkpoints that were handed out, the newest first.
    """

    template: ClassVar[str] = "office/ledger.html"
    title: ClassVar[str] = "Sổ ghi nhận"
    checkpoint: Checkpoint
    note: str
    verifier: str
    kept: tuple[int, ...]
    as_of: datetime


@reading
def show_ledger(request: Request, connection: Connection) -> LedgerPage:
    """Show the signed checkpoint of this moment, and the sizes of those that were handed out."""
    recorder = recorder_of(request)
    note, verifier = make_checkpoint(connection, recorder.key, recorder.clock()), recorder.key.verifier
    kept = tuple(sorted(kept_checkpoints(connection), reverse=True))
    return LedgerPage(verifier.read(note), note.decode(), str(verifier), kept, recorder.clock())
