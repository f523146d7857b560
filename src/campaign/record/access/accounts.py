"""How those who work with the campaign sign in: passphrase and code; proof again before what weighs; their sessions."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import ClassVar
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from campaign.core.people.access import Role, WayIn
from campaign.errors.access import AccountRefusedError, HttpsNeededError, PassphraseRefusedError
from campaign.errors.base import CampaignError
from campaign.jobs.sample import SampleAccount, sample_accounts
from campaign.record.access.webauthn import Question, ask
from campaign.record.web.admission import PROOF_LASTS, ask_for_proof, staff_of
from campaign.record.web.answers import local_path, reading
from campaign.record.web.forms import EMPTY, Form, read_form
from campaign.record.web.guard import OFFICE_PATH
from campaign.record.web.rate_limits import count_attempt, keep_device, note_try
from campaign.record.web.visitor import browser_of, recorder_of, session_of, signed_in
from campaign.store.base.hashing import is_secret_right, renew_hash
from campaign.store.credentials.accounts import (
    Account,
    check_secrets,
    find_secrets,
    list_accounts,
    replace_passphrase_hash,
    use_step,
)
from campaign.store.credentials.sessions import (
    OpenSession,
    Session,
    close_sessions,
    list_sessions,
    note_proof,
    open_session,
)
from campaign.store.credentials.trail import Act
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger

SESSION_LASTS = timedelta(hours=8)
"""How long a session may last, whatever use is made of it; without use it ends sooner."""


@dataclass(frozen=True, slots=True)
class OfficeSignInPage:
    """The way in for accounts.

    Attributes:
        samples: The accounts of the sample campaign; empty in a real one.
        question: What a passkey is asked, where there can be one.
        ended: Whether a form was sent after the session had ended.
    """

    template: ClassVar[str] = "access/office_sign_in.html"
    title: ClassVar[str] = "Đăng nhập dành cho Văn phòng"
    next: str
    account: str = ""
    samples: tuple[SampleAccount, ...] = ()
    question: Question | None = None
    ended: bool = False
    fault: CampaignError | None = None

    @property
    def script(self) -> str:
        """What the page runs."""
        return "passkey.js" if self.question else ""


@dataclass(frozen=True, slots=True)
class ProofPage:
    """Asks for the passphrase again before something that weighs.

    Attributes:
        is_fresh: Whether it was given just now, so that the way on is open.
        is_file: Whether the way on leads to a file that is downloaded.
    """

    template: ClassVar[str] = "access/proof.html"
    title: ClassVar[str] = "Xác minh lại"
    account: str
    next: str
    is_fresh: bool
    is_file: bool
    fault: CampaignError | None = None


@dataclass(frozen=True, slots=True)
class SessionLine:
    """An account that is signed in somewhere.

    Attributes:
        is_here: Whether it is the browser that shows the page.
    """

    key: str
    account: str
    full_name: str
    way_in: str
    started_at: datetime
    used_at: datetime
    is_here: bool


@dataclass(frozen=True, slots=True)
class SessionsPage:
    """Where accounts are signed in."""

    template: ClassVar[str] = "access/sessions.html"
    title: ClassVar[str] = "Phiên đăng nhập"
    sessions: tuple[SessionLine, ...]
    sees_all: bool


@reading
def show_sign_in(
    request: Request, connection: Connection, typed: Form = EMPTY, fault: CampaignError | None = None
) -> OfficeSignInPage:
    """Show the form for account, passphrase and code, or what was wrong with the last attempt."""
    _require_private_way(request)
    recorder = recorder_of(request)
    return OfficeSignInPage(
        next=local_path(typed["next"] or request.query_params.get("tiep", ""), OFFICE_PATH),
        account=typed["account"],
        samples=sample_accounts(connection, recorder.key, recorder.clock()),
        question=ask(request) if recorder.is_secure else None,
        ended="het" in request.query_params,
        fault=fault,
    )


async def sign_in(request: Request) -> Response:
    """Let an account in that knows its passphrase and shows an unused code."""
    _require_private_way(request)
    recorder, browser, form = recorder_of(request), browser_of(request), await read_form(request)
    name = form["account"]
    attempt = await count_attempt(request, f"account:{name}")
    held = await recorder.read(find_secrets, name)
    step = await run_in_threadpool(
        check_secrets, held, form["passphrase"], form["code"], recorder.key, recorder.clock()
    )
    if not held or not step:
        await recorder.write(note_try, Act.REFUSED, name, "account", recorder.clock())
        return await run_in_threadpool(show_sign_in, request, form, AccountRefusedError())
    renewed = await run_in_threadpool(renew_hash, form["passphrase"], held.passphrase_hash)

    def start(ledger: OpenLedger) -> str:
        """Use up the code and open the session in one commit."""
        if not use_step(ledger.connection, name, step):
            raise AccountRefusedError
        if renewed:
            replace_passphrase_hash(ledger.connection, held.passphrase_hash, renewed)
        session = Session(WayIn.PASSPHRASE, account=name)
        return open_session(ledger.connection, session, recorder.clock(), SESSION_LASTS, replaces=browser.token)

    token = await recorder.write(start)
    await attempt.forgive()
    response = signed_in(request, token, local_path(form["next"], OFFICE_PATH))
    keep_device(request, response, f"account:{name}")
    return response


def _require_private_way(request: Request) -> None:
    """Refuse an account where its passphrase could be overheard.

    Raises:
        HttpsNeededError: Browsers reach the recorder over a network by plain HTTP.
    """
    if not recorder_of(request).admits_accounts:
        raise HttpsNeededError


@reading
def show_proof(
    request: Request, connection: Connection, typed: Form = EMPTY, fault: CampaignError | None = None
) -> ProofPage:
    """Ask for the passphrase again, or say that it was given just now and lead on."""
    way_on = local_path(typed["next"] or request.query_params.get("tiep", ""), OFFICE_PATH)
    is_fresh = recorder_of(request).clock() - session_of(request, connection).proved_at < PROOF_LASTS
    name, is_fresh = staff_of(request).name, is_fresh and not fault
    return ProofPage(name, way_on, is_fresh=is_fresh, is_file=_is_file(way_on), fault=fault)


async def give_proof(request: Request) -> Response:
    """Take the passphrase as proof that the holder of the account is the one who sits there."""
    recorder, token, form = recorder_of(request), browser_of(request).token or "", await read_form(request)
    name, now = staff_of(request).name, recorder.clock()
    attempt = await count_attempt(request, f"proof:{name}")
    held = await recorder.read(find_secrets, name)
    if not await run_in_threadpool(is_secret_right, form["passphrase"], held.passphrase_hash if held else None):
        await recorder.write(note_try, Act.REFUSED, name, "proof", now)
        return await run_in_threadpool(show_proof, request, form, PassphraseRefusedError())
    await recorder.write(lambda ledger: note_proof(ledger.connection, token, now))
    await attempt.forgive()
    way_on = local_path(form["next"], OFFICE_PATH)
    # A download would leave the form on the screen; a page that says what comes next does not.
    return ask_for_proof(way_on) if _is_file(way_on) else RedirectResponse(way_on, 303)


def _is_file(way_on: str) -> bool:
    return bool(PurePosixPath(urlsplit(way_on).path).suffix)


@reading
def show_sessions(request: Request, connection: Connection) -> SessionsPage:
    """Show where accounts are signed in: the Office sees all, anyone else the own ones."""
    here = session_of(request, connection)
    names = {account.name: account.full_name for account in list_accounts(connection)}
    lines = tuple(
        SessionLine(
            key=session.key,
            account=session.who.account or "",
            full_name=names.get(session.who.account or "", ""),
            way_in=WayIn(session.who.identified_by).label,
            started_at=session.started_at,
            used_at=session.used_at,
            is_here=session.key == here.key,
        )
        for session in _seen_by(connection, staff_of(request), recorder_of(request).clock())
    )
    return SessionsPage(lines, sees_all=staff_of(request).role is Role.OFFICE)


async def end_session(request: Request) -> Response:
    """End a session that the account may see; one that has ended meanwhile is no fault."""
    recorder, staff, form = recorder_of(request), staff_of(request), await read_form(request)

    def end(ledger: OpenLedger) -> None:
        """End it if the account may see it."""
        seen = [session.key for session in _seen_by(ledger.connection, staff, recorder.clock())]
        close_sessions(ledger.connection, [key for key in seen if key == form["session"]])

    await recorder.write(end)
    return RedirectResponse("/van-phong/phien", 303)


def _seen_by(connection: Connection, staff: Account, now: datetime) -> list[OpenSession]:
    """Return the sessions of accounts that the Office, or else the own account, sees."""
    sessions = list_sessions(connection, now)
    return [each for each in sessions if staff.role is Role.OFFICE or each.who.account == staff.name]
