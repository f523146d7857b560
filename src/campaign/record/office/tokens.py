"""The Office's page of the tokens by which programs, such as the department's portal, read aggregates."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.errors.api import TokenNameError
from campaign.errors.base import CampaignError
from campaign.record.office.token_pages import TokensPage
from campaign.record.web.answers import browser_from, recorder_of, show
from campaign.record.web.guard import field, read_form
from campaign.store.credentials.api_tokens import create_token, list_tokens, revoke_token
from campaign.store.ledger.ledger import OpenLedger

PAGE_PATH = "/van-phong/khoa-so-lieu"
REVOCATION_PATH = f"{PAGE_PATH}/thu-hoi"
NAME_CHARACTERS = 60


def show_tokens(request: Request) -> Response:
    """Show the tokens in force, and the form that makes one."""
    return _show(request)


async def make_token(request: Request) -> Response:
    """Make a token and show it, this once: only its hash is kept."""
    recorder = recorder_of(request)
    form = await read_form(request, browser_from(request), recorder.address)
    name, at = " ".join(field(form, "name").split()), recorder.clock()
    if not 0 < len(name) <= NAME_CHARACTERS:
        return await run_in_threadpool(_show, request, name, fault=TokenNameError(NAME_CHARACTERS))

    def make(ledger: OpenLedger) -> str:
        """Make it in the writer's transaction."""
        return create_token(ledger.connection, name, at)

    return await run_in_threadpool(_show, request, name, await recorder.write(make))


async def revoke(request: Request) -> Response:
    """End a token at once; one that has ended already is no fault."""
    recorder = recorder_of(request)
    form = await read_form(request, browser_from(request), recorder.address)
    name = field(form, "name")

    def end(ledger: OpenLedger) -> None:
        """End it in the writer's transaction."""
        revoke_token(ledger.connection, name)

    await recorder.write(end)
    return RedirectResponse(PAGE_PATH, 303)


def _show(request: Request, name: str = "", made: str = "", fault: CampaignError | None = None) -> Response:
    recorder = recorder_of(request)
    with recorder.database.reading() as connection:
        problem, remedy = (fault.problem, fault.remedy) if fault else (None, None)
        page = TokensPage(tuple(list_tokens(connection)), recorder.address, name, made, problem, remedy)
        return show(request, connection, page, 400 if fault else 200)
