"""The Office's page of the two channels: where a post was sent out, recording it, taking a mistake back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import Response

from campaign.core.campaign import Campaign
from campaign.core.dispatch import Channel, RecordedDispatch, read_dispatch
from campaign.core.post import Post
from campaign.errors.base import CampaignError
from campaign.record.web.admission import staff_of
from campaign.record.web.answers import reading, submit
from campaign.record.web.forms import EMPTY, Form, read_evidence
from campaign.record.web.guard import to_number
from campaign.record.web.visitor import recorder_of
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.posts.declarations import campaign_of
from campaign.store.posts.dispatches import read_dispatches, record_dispatch, withdraw_dispatch
from campaign.store.posts.posts import current_revision


@dataclass(frozen=True, slots=True)
class ChannelLines:
    """What was sent on one channel."""

    channel: Channel
    sent: tuple[RecordedDispatch, ...]


@dataclass(frozen=True, slots=True)
class OfficeDispatchPage:
    """The channels of a post, and a form to record a sending.

    Attributes:
        campaign: Its campaign, which says what channels are required.
        typed: What was entered and could not be recorded, by field.
    """

    template: ClassVar[str] = "office/dispatch.html"
    title: ClassVar[str] = "Đăng và gửi bài"
    post: Post
    campaign: Campaign
    channels: tuple[ChannelLines, ...]
    typed: Form
    fault: CampaignError | None = None


@reading
def show_dispatches(
    request: Request, connection: Connection, typed: Form = EMPTY, fault: CampaignError | None = None
) -> OfficeDispatchPage:
    """Show both channels with what was sent on them."""
    key, now = request.path_params["post"], recorder_of(request).clock()
    post = current_revision(connection, key).post
    sent = to_channels(read_dispatches(connection, key, now))
    return OfficeDispatchPage(post, campaign_of(connection, post), sent, typed, fault)


async def post_dispatch(request: Request) -> Response:
    """Record a dispatch, or take one back."""
    post, actor, at = request.path_params["post"], staff_of(request).name, recorder_of(request).clock()
    form, evidence = await read_evidence(request)

    def record(ledger: OpenLedger) -> None:
        """Record it, or that one was recorded by mistake."""
        if form["withdrawn"]:
            withdraw_dispatch(ledger, post, to_number(form["withdrawn"]), actor, at)
        else:
            dispatch = read_dispatch(form["channel"], form["sent_on"], form["number"], form["recipients"], evidence)
            record_dispatch(ledger, post, dispatch, actor, at)

    return await submit(request, form, record, request.url.path, show_dispatches)


def to_channels(found: Sequence[RecordedDispatch]) -> tuple[ChannelLines, ...]:
    """Return both channels with what was sent on each."""
    return tuple(
        ChannelLines(channel, tuple(sent for sent in found if sent.dispatch.channel is channel)) for channel in Channel
    )
