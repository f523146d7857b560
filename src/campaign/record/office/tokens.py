"""The Office's page of the tokens by which programs, such as the department's portal, read aggregates."""

from dataclasses import dataclass
from typing import ClassVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.errors.api import TokenNameError
from campaign.errors.base import CampaignError
from campaign.record.web.answers import reading
from campaign.record.web.forms import read_form
from campaign.record.web.visitor import recorder_of
from campaign.store.credentials.api_tokens import ApiToken, create_token, list_tokens, revoke_token
from campaign.store.ledger.database import Connection

PAGE_PATH = "/van-phong/khoa-so-lieu"
REVOCATION_PATH = f"{PAGE_PATH}/thu-hoi"
NAME_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class TokensPage:
    """The tokens in force, and a form that makes one.

    Attributes:
        address: Where programs ask.
        name: What was typed as a name.
        made: The token that was made just now: it is shown this once.
    """

    template: ClassVar[str] = "office/tokens.html"
    title: ClassVar[str] = "Khoá đọc số liệu"
    tokens: tuple[ApiToken, ...]
    address: str
    name: str = ""
    made: str = ""
    fault: CampaignError | None = None


@reading
def show_tokens(
    request: Request, connection: Connection, name: str = "", made: str = "", fault: CampaignError | None = None
) -> TokensPage:
    """Show the tokens in force, and the form that makes one."""
    return TokensPage(tuple(list_tokens(connection)), recorder_of(request).address, name, made, fault)


async def make_token(request: Request) -> Response:
    """Make a token and show it, this once: only its hash is kept."""
    recorder, form = recorder_of(request), await read_form(request)
    name, at = " ".join(form["name"].split()), recorder.clock()
    if not 0 < len(name) <= NAME_CHARACTERS:
        return await run_in_threadpool(show_tokens, request, name, fault=TokenNameError(NAME_CHARACTERS))
    made = await recorder.write(lambda ledger: create_token(ledger.connection, name, at))
    return await run_in_threadpool(show_tokens, request, name, made)


async def revoke(request: Request) -> Response:
    """End a token at once; one that has ended already is no fault."""
    form = await read_form(request)
    await recorder_of(request).write(lambda ledger: revoke_token(ledger.connection, form["name"]))
    return RedirectResponse(PAGE_PATH, 303)
