"""What an auditor looks at: how far the ledger reaches, and the checkpoint that proves it."""

from starlette.requests import Request
from starlette.responses import Response

from campaign.record.web.answers import recorder_of, show
from campaign.record.web.pages import LedgerPage
from campaign.store.ledger.ledger import kept_checkpoints
from campaign.store.proofs.verification import make_checkpoint


def show_ledger(request: Request) -> Response:
    """Show the signed checkpoint of this moment, and the sizes of those that were handed out."""
    recorder = recorder_of(request)
    verifier = recorder.key.verifier
    with recorder.database.reading() as connection:
        note = make_checkpoint(connection, recorder.key)
        page = LedgerPage(
            checkpoint=verifier.read(note),
            note=note.decode(),
            verifier=str(verifier),
            kept=tuple(sorted(kept_checkpoints(connection), reverse=True)),
            as_of=recorder.clock(),
        )
        return show(request, connection, page)
