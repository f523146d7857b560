"""The application: every route of the recorder, and the static site behind them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn import Server

from campaign.errors.base import CampaignError
from campaign.errors.store import ForeignKeyError
from campaign.jobs.checkpoints import close_posts_that_ended, keep_checkpoint_of_the_day
from campaign.record.desk.place import publisher_of
from campaign.record.routes import ROUTES
from campaign.record.server.connections import ConnectionLimits, create_server
from campaign.record.server.health import Health
from campaign.record.server.periodic import Watch
from campaign.record.server.presses import PressQueue, look_rarely_for_garbage
from campaign.record.server.recorder import Recorder
from campaign.record.server.site import SiteWatch
from campaign.record.web import answers
from campaign.record.web.assets import ASSETS_FOLDER, ASSETS_ROUTE
from campaign.record.web.guard import Guard, common_headers
from campaign.record.web.hosts import OwnHost
from campaign.store.ledger.database import Database
from campaign.store.ledger.writer import Writer
from campaign.store.proofs.rotations import require_own_key
from campaign.store.proofs.signing import LedgerKey

SITE_EVERY_SECONDS = 1.0
KEY_EVERY_SECONDS = 5.0
CHECKPOINTS_EVERY_SECONDS = 60.0


def make_server(recorder: Recorder, limits: ConnectionLimits | None = None) -> Server:
    """Return the server with the recorder's application, as ``campaign record`` runs it."""
    headers = common_headers(secure=recorder.is_secure)
    return create_server(create_application(recorder), recorder.proxies, headers, limits)


def create_application(recorder: Recorder) -> ASGIApp:
    """Return the recorder as an ASGI application; the static site answers whatever no route does."""
    recorder.site.pages.look()
    application = Starlette(
        routes=[
            *ROUTES,
            ASSETS_ROUTE,
            Mount("/", recorder.site.pages),
        ],
        exception_handlers={CampaignError: answers.on_campaign_error, HTTPException: answers.on_http_error},
        # Not among the handlers above: Starlette raises that one again after the answer, and the server logs it too.
        middleware=[
            Middleware(
                ExceptionMiddleware, handlers={CampaignError: answers.on_campaign_error, Exception: answers.on_bug}
            ),
            Middleware(OwnHost, address=recorder.address),
        ],
        lifespan=_live,
    )
    application.state.recorder = recorder
    application.state.presses = PressQueue(recorder.presses, recorder.commit_seconds)
    return Health(Guard(_pages_first(recorder, application), secure=recorder.is_secure), recorder)


def _pages_first(recorder: Recorder, application: ASGIApp) -> ASGIApp:
    """Answer for a page of the site before looking through the routes, which takes longer than sending it."""
    pages, own = recorder.site.pages, OwnHost(recorder.site.pages, recorder.address)
    ours = {route.path.split("/")[1] for route in ROUTES} | {ASSETS_FOLDER}

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        is_page = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} and scope["path"] in pages
        is_page = is_page and scope["path"].split("/")[1] not in ours and own.is_named(scope)
        handle = pages if is_page else application
        await handle(scope, receive, send)

    return answer


@asynccontextmanager
async def _live(application: Starlette) -> AsyncIterator[None]:
    """Watch the site and the days while the application runs, and finish what waits to be written when it ends."""
    recorder: Recorder = application.state.recorder
    site = SiteWatch(recorder.site, recorder.writer, recorder.clock)
    watches = [
        Watch("site", site.look, SITE_EVERY_SECONDS),
        Watch("key", partial(_end_with_foreign_key, recorder), KEY_EVERY_SECONDS),
        Watch("closings", partial(_at_each_look, close_posts_that_ended, recorder), CHECKPOINTS_EVERY_SECONDS),
        Watch("checkpoints", partial(_at_each_look, keep_checkpoint_of_the_day, recorder), CHECKPOINTS_EVERY_SECONDS),
    ]
    if recorder.workplace:
        watches.append(Watch("publishing", publisher_of(recorder, recorder.workplace).look, SITE_EVERY_SECONDS))
    await recorder.presses.open()
    for watch in watches:
        await run_in_threadpool(watch.start)
    look_rarely_for_garbage()
    try:
        yield
    finally:
        for watch in watches:
            await run_in_threadpool(watch.close)
        await recorder.presses.close()
        await run_in_threadpool(recorder.writer.close)


def _end_with_foreign_key(recorder: Recorder) -> None:
    """End when another command replaced the ledger's key: a new process begins with the new one."""
    try:
        with recorder.database.reading() as connection:
            require_own_key(connection, recorder.key)
    except ForeignKeyError as error:
        recorder.writer.end_process(f"{error.code}: {error.why}")
    except CampaignError:
        return  # Whoever asks for a page has it in the log.


def _at_each_look(job: Callable[[Database, Writer, LedgerKey, datetime], None], recorder: Recorder) -> None:
    job(recorder.database, recorder.writer, recorder.key, recorder.clock())
