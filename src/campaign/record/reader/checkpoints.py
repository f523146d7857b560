"""The checkpoints, for everybody's programs: who keeps them elsewhere can show later that the ledger was rewritten."""

from starlette.requests import Request
from starlette.responses import Response

from campaign.errors.access import PageNotFoundError
from campaign.record.web.answers import reading
from campaign.record.web.guard import to_number
from campaign.record.web.visitor import recorder_of
from campaign.report.checkpoint_feed import write_feed
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import kept_checkpoints

NEWEST_PATH = "/kiem-chung/moc.txt"
ONE_PATH = "/kiem-chung/moc/{size}.txt"
FEED_PATH = "/kiem-chung/moc.atom.xml"
IN_FEED = 30


@reading
def send_checkpoint(request: Request, connection: Connection) -> Response:
    """Send the kept checkpoint that the address names, else the newest, as it was signed and cosigned.

    Raises:
        PageNotFoundError: It was not kept.
    """
    kept = kept_checkpoints(connection)
    note = kept.get(to_number(request.path_params.get("size", str(max(kept, default=0)))))
    if note is None:
        raise PageNotFoundError
    return Response(note, media_type="text/plain; charset=utf-8")


@reading
def send_feed(request: Request, connection: Connection) -> Response:
    """Send the newest kept checkpoints as an Atom feed."""
    newest = list(kept_checkpoints(connection).values())[: -IN_FEED - 1 : -1]
    address = recorder_of(request).address
    feed = write_feed(newest, f"{address}{FEED_PATH}", address + ONE_PATH)
    return Response(feed, media_type="application/atom+xml; charset=utf-8")
