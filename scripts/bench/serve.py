"""What the benchmarks measure, each served by uvicorn in a process of its own: ``serve.py NAME ARGUMENT``.

Prints the port that it listens on; ends on SIGINT.
"""

import socket
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

import people
import uvicorn
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from campaign.record.application import make_server
from campaign.record.server.connections import create_server
from campaign.record.server.log import write_json_lines
from campaign.record.server.presses import PressProcess
from campaign.record.server.recorder import Recorder
from campaign.record.server.site import Site
from campaign.record.web.forms import read_form
from campaign.record.web.guard import Guard, common_headers
from campaign.store.ledger.database import Database
from campaign.store.ledger.writer import Writer
from campaign.store.proofs.signing import make_key


def make_recorder(url: str, site: Path | None = None) -> Recorder:
    """Wire a recorder together as ``campaign record`` does."""
    database, folder = Database(url), Path(mkdtemp())
    writer = Writer(database)
    return Recorder(
        database=database,
        writer=writer,
        presses=PressProcess(database, writer),
        site=Site(site or folder / "site"),
        key=make_key(folder / "ledger.key", "example.vn/so-ghi-nhan"),
        clock=lambda: datetime.now(UTC),
        address=people.ADDRESS,
    )


async def take_without_database(request: Request) -> Response:
    """Check and read the press as the recorder does, and answer as it does, without recording anything."""
    form = await read_form(request)
    return RedirectResponse(f"/bien-nhan/{len(form['digest'])}", 303)


def serve_without_database(url: str) -> uvicorn.Server:
    """Return the recorder's POST without what it writes, behind the same server."""
    recorder = make_recorder(url)
    application = Starlette(routes=[Route("/xac-nhan/{post}", take_without_database, methods=["POST"])])
    application.state.recorder = recorder
    return create_server(Guard(application), recorder.proxies, common_headers(secure=recorder.is_secure))


def serve_usual(url: str) -> uvicorn.Server:
    """Return the usual way; FastAPI is found by PYTHONPATH here only."""
    import usual  # noqa: PLC0415

    return serve(usual.create_application(url))


def serve(application: ASGIApp) -> uvicorn.Server:
    """Return the usual server."""
    return uvicorn.Server(
        uvicorn.Config(application, ws="none", log_config=None, access_log=False, server_header=False)
    )


SERVERS: Mapping[str, Callable[[str], uvicorn.Server]] = {
    "ours": lambda url: make_server(make_recorder(url)),
    "without-database": serve_without_database,
    "usual": serve_usual,
    "our-site": lambda folder: make_server(make_recorder(f"sqlite:///{mkdtemp()}/x", Path(folder))),
    "usual-site": lambda folder: serve(GZipMiddleware(StaticFiles(directory=folder, html=True))),
}


def main() -> None:
    """Serve what the command line names, with the log as ``campaign record`` has it."""
    write_json_lines()
    server = SERVERS[sys.argv[1]](sys.argv[2])
    with socket.create_server(("127.0.0.1", 0)) as listening:
        print(listening.getsockname()[1], flush=True)
        server.run([listening])


if __name__ == "__main__":
    main()
