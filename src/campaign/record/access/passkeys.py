"""Passkeys of accounts: coming in by one, adding and removing one. Over HTTPS only, as browsers want it."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.access import WayIn
from campaign.errors.access import PageNotFoundError, PasskeyRefusedError
from campaign.record.access.access_pages import PasskeyLine, PasskeysPage
from campaign.record.access.accounts import SESSION_LASTS
from campaign.record.access.webauthn import (
    CHALLENGE_LASTS,
    ask_for_new,
    challenge_in,
    credential_id_in,
    read_answer,
    read_new,
)
from campaign.record.web.admission import staff_of
from campaign.record.web.answers import browser_from, local_path, recorder_of, show, signed_in
from campaign.record.web.guard import OFFICE_PATH, SCRIPT_POLICY, Form, field, read_form
from campaign.record.web.rate_limits import count_try
from campaign.store.credentials.passkeys import (
    Passkey,
    add_passkey,
    count_use,
    find_passkey,
    list_passkeys,
    remove_passkey,
)
from campaign.store.credentials.sessions import Session, close_session, open_session
from campaign.store.credentials.tickets import note_once
from campaign.store.ledger.ledger import OpenLedger

PASSKEYS_PATH = "/van-phong/khoa"
LABEL_CHARACTERS = 60


async def sign_in_by_passkey(request: Request) -> Response:
    """Let the account in whose passkey answered: once for each challenge."""
    recorder, browser = recorder_of(request), browser_from(request)
    form = await _read(request)
    attempt = await count_try(request)
    passkey, counter = await run_in_threadpool(_check, request, form)
    challenge = challenge_in(recorder, browser, form)

    def start(ledger: OpenLedger) -> str:
        """Use the answer up and open the session in one commit."""
        connection, now = ledger.connection, recorder.clock()
        if not count_use(connection, passkey, counter) or not note_once(connection, challenge, now, CHALLENGE_LASTS):
            raise PasskeyRefusedError
        close_session(connection, browser.token or "")
        return open_session(connection, Session(WayIn.PASSKEY, account=passkey.account), now, SESSION_LASTS)

    token = await recorder.write(start)
    await attempt.forgive()
    return signed_in(request, token, local_path(field(form, "next"), OFFICE_PATH))


def show_passkeys(request: Request) -> Response:
    """Show the account's passkeys, and the form that adds one."""
    recorder, staff = recorder_of(request), staff_of(request)
    _require_https(request)
    with recorder.database.reading() as connection:
        known = list_passkeys(connection, staff.name)
        question = ask_for_new(recorder, browser_from(request), staff, known)
        lines = tuple(PasskeyLine(one.credential_id.hex(), one.label, one.added_at) for one in known)
        response = show(request, connection, PasskeysPage(lines, question))
    response.headers["Content-Security-Policy"] = SCRIPT_POLICY
    return response


async def take_passkey(request: Request) -> Response:
    """Add the passkey that the browser made."""
    recorder, browser, staff = recorder_of(request), browser_from(request), staff_of(request)
    form = await _read(request)
    label = field(form, "label")[:LABEL_CHARACTERS] or "Khoá truy cập"
    passkey = await run_in_threadpool(read_new, recorder, browser, staff, label, form)
    challenge = challenge_in(recorder, browser, form)

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
    recorder, staff = recorder_of(request), staff_of(request)
    form = await _read(request)
    try:
        credential_id = bytes.fromhex(field(form, "passkey"))
    except ValueError:
        raise PasskeyRefusedError from None

    def drop(ledger: OpenLedger) -> None:
        """Remove it in the writer's transaction."""
        remove_passkey(ledger.connection, staff.name, credential_id)

    await recorder.write(drop)
    return RedirectResponse(PASSKEYS_PATH, 303)


def _require_https(request: Request) -> None:
    if not recorder_of(request).is_secure:
        raise PageNotFoundError


async def _read(request: Request) -> Form:
    _require_https(request)
    return await read_form(request, browser_from(request), recorder_of(request).address)


def _check(request: Request, form: Form) -> tuple[Passkey, int]:
    """Return the passkey that answered, and its counter.

    Raises:
        PasskeyRefusedError: The answer is worth nothing.
    """
    recorder = recorder_of(request)
    with recorder.database.reading() as connection:
        passkey = find_passkey(connection, credential_id_in(form))
    counter = read_answer(recorder, browser_from(request), passkey, form)
    if passkey is None:
        raise PasskeyRefusedError
    return passkey, counter
