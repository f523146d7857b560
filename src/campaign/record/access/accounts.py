"""How those who work with the campaign come in: passphrase and code; proof again before what weighs; their sessions."""

from datetime import timedelta
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.access import Role, WayIn
from campaign.errors.access import AccountRefusedError, HttpsNeededError
from campaign.errors.base import CampaignError
from campaign.jobs.sample import sample_accounts
from campaign.record.access.access_pages import OfficeSignInPage, ProofPage, SessionLine, SessionsPage
from campaign.record.access.webauthn import ask
from campaign.record.web.admission import PROOF_LASTS, ask_for_proof, staff_of
from campaign.record.web.answers import browser_from, local_path, recorder_of, session_of, show, signed_in
from campaign.record.web.guard import OFFICE_PATH, SCRIPT_POLICY, field, read_form
from campaign.record.web.rate_limits import count_try
from campaign.store.base.hashing import is_secret_right
from campaign.store.credentials.accounts import check_secrets, find_secrets, list_accounts, use_step
from campaign.store.credentials.sessions import (
    Session,
    close_session,
    close_sessions,
    list_sessions,
    note_proof,
    open_session,
)
from campaign.store.ledger.ledger import OpenLedger

SESSION_LASTS = timedelta(hours=8)
"""How long a session may last, whatever use is made of it; without use it ends sooner."""


def show_sign_in(request: Request) -> Response:
    """Show the form for account, passphrase and code."""
    _require_private_way(request)
    return _show_form(request, local_path(request.query_params.get("tiep", ""), OFFICE_PATH))


async def sign_in(request: Request) -> Response:
    """Let an account in that knows its passphrase and shows an unused code."""
    _require_private_way(request)
    recorder, browser = recorder_of(request), browser_from(request)
    form = await read_form(request, browser, recorder.address)
    name, way_on = field(form, "account"), local_path(field(form, "next"), OFFICE_PATH)
    attempt = await count_try(request, f"account:{name}")
    step = await run_in_threadpool(_check, request, name, field(form, "passphrase"), field(form, "code"))
    if not step:
        return await run_in_threadpool(_show_form, request, way_on, name, AccountRefusedError())

    def start(ledger: OpenLedger) -> str:
        """Use up the code and open the session in one commit."""
        if not use_step(ledger.connection, name, step):
            raise AccountRefusedError
        close_session(ledger.connection, browser.token or "")
        session = Session(WayIn.PASSPHRASE, account=name)
        return open_session(ledger.connection, session, recorder.clock(), SESSION_LASTS)

    token = await recorder.write(start)
    await attempt.forgive()
    return signed_in(request, token, way_on)


def _require_private_way(request: Request) -> None:
    """Refuse an account where its passphrase could be overheard.

    Raises:
        HttpsNeededError: Browsers reach the recorder over a network by plain HTTP.
    """
    if not recorder_of(request).admits_accounts:
        raise HttpsNeededError


def show_proof(request: Request) -> Response:
    """Ask for the passphrase again, or say that it was given just now and lead on."""
    return _show_proof(request, local_path(request.query_params.get("tiep", ""), OFFICE_PATH))


async def take_proof(request: Request) -> Response:
    """Take the passphrase as proof that the holder of the account is the one who sits there."""
    recorder, browser = recorder_of(request), browser_from(request)
    form = await read_form(request, browser, recorder.address)
    way_on = local_path(field(form, "next"), OFFICE_PATH)
    name = staff_of(request).name
    attempt = await count_try(request, f"proof:{name}")
    if not await run_in_threadpool(_is_passphrase, request, name, field(form, "passphrase")):
        return await run_in_threadpool(_show_proof, request, way_on, "Cụm mật khẩu chưa đúng.")

    def note(ledger: OpenLedger) -> None:
        """Note it in the writer's transaction."""
        note_proof(ledger.connection, browser.token or "", recorder.clock())

    await recorder.write(note)
    await attempt.forgive()
    # A download would leave the form on the screen; a page that says what comes next does not.
    return ask_for_proof(way_on) if _is_file(way_on) else RedirectResponse(way_on, 303)


def show_sessions(request: Request) -> Response:
    """Show where accounts are signed in: the Office sees all, anyone else the own ones."""
    recorder, staff = recorder_of(request), staff_of(request)
    with recorder.database.reading() as connection:
        here = session_of(request, connection)
        names = {one.name: one.full_name for one in list_accounts(connection)}
        lines = tuple(
            SessionLine(
                key=one.key,
                account=one.who.account or "",
                full_name=names.get(one.who.account or "", ""),
                way_in=WayIn(one.who.identified_by).label,
                started_at=one.started_at,
                used_at=one.used_at,
                is_here=here is not None and one.key == here.key,
            )
            for one in list_sessions(connection, recorder.clock())
            if staff.role is Role.OFFICE or one.who.account == staff.name
        )
        return show(request, connection, SessionsPage(lines, sees_all=staff.role is Role.OFFICE))


async def end_session(request: Request) -> Response:
    """End a session that the account may see; one that has ended meanwhile is no fault."""
    recorder, staff = recorder_of(request), staff_of(request)
    form = await read_form(request, browser_from(request), recorder.address)
    key = field(form, "session")

    def end(ledger: OpenLedger) -> None:
        """End it if it is still among those that are seen."""
        seen = [
            one.key
            for one in list_sessions(ledger.connection, recorder.clock())
            if one.key == key and (staff.role is Role.OFFICE or one.who.account == staff.name)
        ]
        close_sessions(ledger.connection, seen)

    await recorder.write(end)
    return RedirectResponse("/van-phong/phien", 303)


def _show_form(request: Request, way_on: str, name: str = "", error: CampaignError | None = None) -> Response:
    recorder = recorder_of(request)
    with recorder.database.reading() as connection:
        page = OfficeSignInPage(
            next=way_on,
            account=name,
            problem=error.problem if error else None,
            remedy=error.remedy if error else None,
            samples=sample_accounts(connection, recorder.key, recorder.clock()),
            question=ask(recorder, browser_from(request)) if recorder.is_secure else None,
        )
        response = show(request, connection, page, 401 if error else 200)
    if page.question:
        response.headers["Content-Security-Policy"] = SCRIPT_POLICY
    return response


def _show_proof(request: Request, way_on: str, problem: str | None = None) -> Response:
    recorder = recorder_of(request)
    with recorder.database.reading() as connection:
        session = session_of(request, connection)
        is_fresh = session is not None and recorder.clock() - session.proved_at < PROOF_LASTS
        page = ProofPage(
            staff_of(request).name, way_on, is_fresh=is_fresh and not problem, is_file=_is_file(way_on), problem=problem
        )
        return show(request, connection, page, 401 if problem else 200)


def _is_file(way_on: str) -> bool:
    return bool(PurePosixPath(urlsplit(way_on).path).suffix)


def _check(request: Request, name: str, passphrase: str, code: str) -> int:
    recorder = recorder_of(request)
    with recorder.database.reading() as connection:
        held = find_secrets(connection, name)
    return check_secrets(held, passphrase, code, recorder.key, recorder.clock())


def _is_passphrase(request: Request, name: str, passphrase: str) -> bool:
    with recorder_of(request).database.reading() as connection:
        held = find_secrets(connection, name)
    return is_secret_right(passphrase, held.passphrase_hash if held else None)
