"""Passkeys of accounts: coming in by one, adding and removing one. Over HTTPS only, as browsers want it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.people.access import WayIn
from campaign.errors.access import PageNotFoundError, PasskeyRefusedError
from campaign.record.access.accounts import SESSION_LASTS
from campaign.record.access.webauthn import (
    CHALLENGE_LASTS,
    Question,
    ask_for_new,
    challenge_in,
    credential_id_in,
    read_answer,
    read_new,
)
from campaign.record.web.admission import staff_of
from campaign.record.web.answers import local_path, reading
from campaign.record.web.forms import Form, read_form
from campaign.record.web.guard import OFFICE_PATH
from campaign.record.web.rate_limits import count_attempt
from campaign.record.web.visitor import browser_of, recorder_of, signed_in
from campaign.store.credentials.passkeys import (
    add_passkey,
    count_use,
    find_passkey,
    list_passkeys,
    remove_passkey,
)
from campaign.store.credentials.sessions import Session, open_session
from campaign.store.credentials.tickets import note_once
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger

PASSKEYS_PATH = "/van-phong/khoa"
LABEL_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class PasskeyLine:
    """A passkey of the account."""

    key: str
    label: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class PasskeysPage:
    """The passkeys of the account that is signed in.

    Attributes:
        question: What the browser is asked for another one.
    """

    template: ClassVar[str] = "access/passkeys.html"
    title: ClassVar[str] = "Khoá truy cập"
    script: ClassVar[str] = "passkey.js"
    passkeys: tuple[PasskeyLine, ...]
    question: Question


async def sign_in_by_passkey(request: Request) -> Response:
    """Let the account in whose passkey answered: once for each challenge."""
    recorder, browser, form = recorder_of(request), browser_of(request), await _read_form(request)
    attempt = await count_attempt(request)
    passkey = await recorder.read(find_passkey, credential_id_in(form))
    if passkey is None:
        raise PasskeyRefusedError
    counter = await run_in_threadpool(read_answer, request, passkey, form)
    challenge = challenge_in(request, form)

    def start(ledger: OpenLedger) -> str:
        """Use the answer up and open the session in one commit."""
        connection, now = ledger.connection, recorder.clock()
        if not count_use(connection, passkey, counter) or not note_once(connection, challenge, now, CHALLENGE_LASTS):
            raise PasskeyRefusedError
        session = Session(WayIn.PASSKEY, account=passkey.account)
        return open_session(connection, session, now, SESSION_LASTS, replaces=browser.token)

    token = await recorder.write(start)
    await attempt.forgive()
    return signed_in(request, token, local_path(form["next"], OFFICE_PATH))


@reading
def show_passkeys(request: Request, connection: Connection) -> PasskeysPage:
    """Show the account's passkeys, and the form that adds one."""
    _require_https(request)
    known = list_passkeys(connection, staff_of(request).name)
    lines = tuple(PasskeyLine(passkey.credential_id.hex(), passkey.label, passkey.added_at) for passkey in known)
    return PasskeysPage(lines, ask_for_new(request, staff_of(request), known))


async def register_passkey(request: Request) -> Response:
    """Add the passkey that the browser made."""
    recorder, form = recorder_of(request), await _read_form(request)
    label = form["label"][:LABEL_CHARACTERS] or "Khoá truy cập"
    passkey = await run_in_threadpool(read_new, request, staff_of(request), label, form)
    challenge = challenge_in(request, form)

    def add(ledger: OpenLedger) -> None:
        """Add it unless its challenge was answered, or it is there already."""
        connection, is_known = ledger.connection, find_passkey(ledger.connection, passkey.credential_id) is not None
        if is_known or not note_once(connection, challenge, recorder.clock(), CHALLENGE_LASTS):
            raise PasskeyRefusedError
        add_passkey(connection, passkey)

    await recorder.write(add)
    return RedirectResponse(PASSKEYS_PATH, 303)


async def drop_passkey(request: Request) -> Response:
    """Remove one of the account's passkeys; one that is gone already is no fault."""
    form, name = await _read_form(request), staff_of(request).name
    try:
        credential_id = bytes.fromhex(form["passkey"])
    except ValueError:
        raise PasskeyRefusedError from None
    await recorder_of(request).write(lambda ledger: remove_passkey(ledger.connection, name, credential_id))
    return RedirectResponse(PASSKEYS_PATH, 303)


def _require_https(request: Request) -> None:
    if not recorder_of(request).is_secure:
        raise PageNotFoundError


async def _read_form(request: Request) -> Form:
    _require_https(request)
    return await read_form(request)
