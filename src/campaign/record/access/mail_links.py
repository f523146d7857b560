"""Signing in by a link that is sent to the address on the roster: opening it does nothing, a press signs in, once.

Programs that look at mail open links, but press no buttons.
"""

import logging
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from campaign.core.people.access import WayIn
from campaign.core.people.roster import Member
from campaign.errors.access import LinkUsedError, PageNotFoundError
from campaign.errors.base import CampaignError
from campaign.record.access.sign_in import HOME, enter
from campaign.record.server.recorder import Recorder
from campaign.record.web.answers import local_path, reading, show_page
from campaign.record.web.forms import read_form
from campaign.record.web.rate_limits import count_attempt
from campaign.record.web.visitor import recorder_of
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


@dataclass(frozen=True, slots=True)
class LinkSentPage:
    """Says that a link was sent, if the address is someone's."""

    template: ClassVar[str] = "access/link_sent.html"
    title: ClassVar[str] = "Xem thư của anh/chị"
    address: str


@dataclass(frozen=True, slots=True)
class LinkPage:
    """Opened by a link that was sent by mail: for whom it is, and one button."""

    template: ClassVar[str] = "access/link.html"
    title: ClassVar[str] = "Liên kết này là của anh/chị?"
    token: str
    member: Member
    next: str


async def send_link(request: Request) -> Response:
    """Send a link to the address that was typed, if it is someone's; the answer is the same if not."""
    recorder, server = recorder_of(request), _server_of(request)
    form = await read_form(request)
    await count_attempt(request, f"mail:{form['mail'].casefold()}")
    _senders.submit(_send, recorder, server, form["mail"], local_path(form["next"], HOME))
    return await run_in_threadpool(show_page, request, LinkSentPage(form["mail"]))


@reading
def show_link(request: Request, connection: Connection) -> LinkPage:
    """Show for whom the link is; it stays as good as it was."""
    _server_of(request)
    token, way_on = request.path_params["token"], local_path(request.query_params.get("tiep", ""), HOME)
    ticket = find_ticket(connection, Purpose.MAIL_LINK, token, recorder_of(request).clock())
    return LinkPage(token, _holder_of(connection, ticket).member, way_on)


async def sign_in_by_link(request: Request) -> Response:
    """Let the member in for whom the link is, and make it useless."""
    _server_of(request)
    form, recorder, token = await read_form(request), recorder_of(request), request.path_params["token"]
    attempt = await count_attempt(request)

    def use(ledger: OpenLedger) -> int:
        """Use the link up in the writer's transaction, so that two presses are not both the first."""
        ticket = use_ticket(ledger.connection, Purpose.MAIL_LINK, token, recorder.clock())
        return _holder_of(ledger.connection, ticket).id

    member_id = await recorder.write(use)
    await attempt.forgive(2)  # Asking for the link was right, too.
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


def _send(recorder: Recorder, server: MailServer, address: str, way_on: str) -> None:
    """Send the link; what goes wrong is for the log, without the address."""
    try:
        with recorder.database.reading() as connection:
            found, title = find_by_mail(connection, address), read_campaign(connection).title
        manifest = recorder.site.manifest()
        if len(found) == 1:
            ticket, now = Ticket(Purpose.MAIL_LINK, found[0].id), recorder.clock()
            issued = recorder.writer.submit(lambda ledger: issue_ticket(ledger.connection, ticket, now, LINK_LASTS))
            link = f"{recorder.address}/vao/thu/{issued.result()}?tiep={quote(way_on, safe='')}"
            with open_mailbox(server) as mailbox:
                text, key = write_link(found[0], manifest.title if manifest else title, link), secrets.token_hex(16)
                mailbox.send(found[0].member.email or "", text, key, recorder.clock())
        elif found:
            _log.warning("no link sent: %d members share an address", len(found))
    except (CampaignError, MailRefusedError, MailDelayedError, MailUncertainError) as error:
        _log.warning("no link sent: %s", type(error).__name__)


def write_link(listed: ListedMember, site: str, link: str) -> Text:
    """Write the message that carries the link."""
    body = (
        f"Kính gửi anh/chị {listed.member.name},\n\n"
        f"Có người, chắc là anh/chị, vừa xin liên kết để vào trang “{site}”.\n"
        "Mời anh/chị mở liên kết sau rồi bấm nút trên trang; liên kết dùng được một lần, trong 10 phút:\n\n"
        f"{link}\n\n"
        "Nếu không phải anh/chị xin, hãy bỏ qua thư này: mở liên kết chưa làm gì cả, và đừng chuyển nó cho ai.\n"
    )
    return Text("Liên kết để vào và xác nhận đã đọc", body)
