"""What a balancer and a restart may ask, whatever name they use for this machine; nothing of it is logged."""

import asyncio
from collections.abc import Mapping

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from campaign.errors.base import CampaignError
from campaign.record.server.recorder import Recorder
from campaign.store.proofs.rotations import require_own_key

ALIVE_PATHS = frozenset({"/suc-khoe/song", "/healthz"})
"""Answer while the process serves: a recorder that does not is to be started again."""
READY_PATHS = frozenset({"/suc-khoe/san-sang", "/readyz"})
"""Answer 200 while pages can be shown and presses recorded: one that does not gets no requests meanwhile."""

SECONDS_TO_ANSWER = 2.0
UNFIT: Mapping[str, str] = {
    "E-LEDGER-KEY": "key",
    "E-LEDGER-KEY-FOREIGN": "key",
    "E-STORE-NEWER": "schema",
    "E-STORE-OLDER": "schema",
    "E-STORE-TABLES": "schema",
}
"""What is wrong, in one word, by the fault's code; whatever else it is, it is the database."""


class Health:
    """Answers these paths, and passes on everything else."""

    def __init__(self, app: ASGIApp, recorder: Recorder) -> None:
        """Stand before *app*."""
        self._app = app
        self._recorder = recorder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        path = scope["path"] if scope["type"] == "http" else ""
        if path in ALIVE_PATHS:
            await _answer("ok")(scope, receive, send)
        elif path in READY_PATHS:
            await _answer(await find_hindrance(self._recorder) or "ok")(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _answer(word: str) -> PlainTextResponse:
    return PlainTextResponse(f"{word}\n", 200 if word == "ok" else 503, {"Cache-Control": "no-store"})


async def find_hindrance(recorder: Recorder) -> str:
    """Return in one word why pages cannot be shown or presses recorded; "" when they can.

    ``database``, ``schema``, ``key``, or ``writing`` when only reading works.
    """
    word = "database"
    try:
        async with asyncio.timeout(SECONDS_TO_ANSWER):
            await recorder.read(require_own_key, recorder.key)
            word = "writing"
            await recorder.write(lambda _: None)
    except (CampaignError, TimeoutError) as error:
        return UNFIT.get(error.code, word) if isinstance(error, CampaignError) else word
    return ""
