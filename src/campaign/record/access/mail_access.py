"""Coming in by a link that is sent to the address on the roster: opening it does nothing, a press signs in, once.

Programs that look at mail open links, but press no buttons.
"""

import logging
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from campaign.core.access import WayIn
from campaign.errors.access import LinkUsedError, PageNotFoundError
from campaign.errors.base import CampaignError
from campaign.record.access.access import HOME, enter
from campaign.record.access.access_pages import LinkPage, LinkSentPage
from campaign.record.server.recorder import Recorder
from campaign.record.web.answers import browser_from, local_path, recorder_of, show
from campaign.record.web.guard import field, read_form
from campaign.record.web.rate_limits import count_try
from campaign.remind.mail import (
    MailDelayedError,
    MailRefusedError,
    MailServer,
    MailUncertainError,
    open_mailbox,
)
from campaign.remind.texts import Text
from campaign.store.credentials.sessions import Session
from campaign.store.credentials.tickets import Purpose, Ticket, find_ticket, issue_ticket, use_ticket
from campaign.store.ledger.campaigns import read_campaign
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.roster.roster import ListedMember, find_by_mail, find_member

LINK_LASTS = timedelta(minutes=10)

_log = logging.getLogger(__name__)
_senders = ThreadPoolExecutor(4, "mail")
"""They send; nobody waits for them, because how long it takes would tell whose address is known."""


async def send_link(request: Request) -> Response:
    """Send a link to the address that was typed, if it is someone's; the answer is the same if not."""
    recorder, server = recorder_of(request), _server_of(request)
    form = await read_form(request, browser_from(request), recorder.address)
    address, way_on = field(form, "mail"), local_path(field(form, "next"), HOME)
    await count_try(request, f"mail:{address.casefold()}")
    _senders.submit(_send, recorder, server, address, way_on)
    return await run_in_threadpool(_show_sent, request, address)


def show_link(request: Request) -> Response:
    """Show for whom the link is; it stays as good as it was."""
    _server_of(request)
    token = request.path_params["token"]
    with recorder_of(request).database.reading() as connection:
        ticket = find_ticket(connection, Purpose.MAIL_LINK, token, recorder_of(request).clock())
        listed = _holder_of(connection, ticket)
        way_on = local_path(request.query_params.get("tiep", ""), HOME)
        return show(request, connection, LinkPage(token, listed.member, way_on))


async def sign_in_by_link(request: Request) -> Response:
    """Let the member in for whom the link is, and make it useless."""
    recorder = recorder_of(request)
    _server_of(request)
    form = await read_form(request, browser_from(request), recorder.address)
    attempt = await count_try(request)
    token = request.path_params["token"]

    def use(ledger: OpenLedger) -> int:
        """Use the link up in the writer's transaction, so that two presses are not both the first."""
        ticket = use_ticket(ledger.connection, Purpose.MAIL_LINK, token, recorder.clock())
        return _holder_of(ledger.connection, ticket).id

    member_id = await recorder.write(use)
    await attempt.forgive()
    await attempt.forgive()  # Asking for the link was right, too.
    return await enter(request, Session(WayIn.MAIL, member_id=member_id), form)


def _server_of(request: Request) -> MailServer:
    server = recorder_of(request).ways.mail
    if server is None:
        raise PageNotFoundError
    return server


def _holder_of(connection: Connection, ticket: Ticket | None) -> ListedMember:
    listed = find_member(connection, ticket.member_id or 0) if ticket else None
    if listed is None:
        raise LinkUsedError
    return listed


def _show_sent(request: Request, address: str) -> Response:
    with recorder_of(request).database.reading() as connection:
        return show(request, connection, LinkSentPage(address))


def _send(recorder: Recorder, server: MailServer, address: str, way_on: str) -> None:
    """Send the link; what goes wrong is for the log, without the address."""
    try:
        with recorder.database.reading() as connection:
            found, campaign = find_by_mail(connection, address), read_campaign(connection).title
        if len(found) == 1:
            link = f"{recorder.address}/vao/thu/{_issue(recorder, found[0])}?tiep={quote(way_on, safe='')}"
            with open_mailbox(server) as mailbox:
                text, key = write_link(found[0], campaign, link), secrets.token_hex(16)
                mailbox.send(found[0].member.email or "", text, key, recorder.clock())
        elif found:
            _log.warning("no link sent: %d members share an address", len(found))
    except (CampaignError, MailRefusedError, MailDelayedError, MailUncertainError) as error:
        _log.warning("no link sent: %s", type(error).__name__)


def _issue(recorder: Recorder, listed: ListedMember) -> str:
    def issue(ledger: OpenLedger) -> str:
        """Issue the ticket in the writer's transaction."""
        ticket = Ticket(Purpose.MAIL_LINK, listed.id)
        return issue_ticket(ledger.connection, ticket, recorder.clock(), LINK_LASTS)

    return recorder.writer.submit(issue).result()


def write_link(listed: ListedMember, campaign: str, link: str) -> Text:
    """Write the message that carries the link."""
    body = (
        f"Kính gửi anh/chị {listed.member.name},\n\n"
        f"Có người, chắc là anh/chị, vừa xin liên kết để vào trang “{campaign}”.\n"
        "Mời anh/chị mở liên kết sau rồi bấm nút trên trang; liên kết dùng được một lần, trong 10 phút:\n\n"
        f"{link}\n\n"
        "Nếu không phải anh/chị xin, hãy bỏ qua thư này: mở liên kết chưa làm gì cả, và đừng chuyển nó cho ai.\n"
    )
    return Text("Liên kết để vào và xác nhận đã đọc", body)
