"""The site as its templates show it: which posts, in which order, with which words and addresses around them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote, urlencode

from campaign.core.campaign import Campaign
from campaign.core.clock import day_in_viet_nam, format_day, format_instant
from campaign.core.deadline import Deadline
from campaign.core.department import Department
from campaign.core.post import Post
from campaign.core.text import format_all
from campaign.posts.content import PostFile
from campaign.posts.declarations import CAMPAIGNS_FOLDER
from campaign.publish.site.assets import find_full_text
from campaign.publish.site.deadline_states import DeadlineState, find_deadline_state
from campaign.publish.site.subjects import find_pictogram
from campaign.publish.site.earlier import Earlier
from campaign.publish.site.feeds import BEFORE_ALL_POSTS, Entry, Feed, select_feeds
from campaign.posts.manifest import Manifest, ShownFile, describe_post, list_shown, name_shown
from campaign.publish.site.options import SiteOptions


POSTS_PAGE = "bai-dang/index.md"
"""The file of the page that lists the posts."""


@dataclass(frozen=True, slots=True)
class PostView:
    """A post as templates show it: nothing in them is called, as other engines of the theme could not.

    Attributes:
        url: Its address from the root of the site, without ``/`` at the start, as MkDocs has it.
        day: The day of its publication in Viet Nam, in words.
        published: The instant of its publication, as HTML takes it.
        icon: The name of the pictogram of what it is about.
        audience: For whom it is meant, in words.
        deadline: Until when it must be confirmed, in words; "" when it need not.
        source: Its source document in a line; "" when it has none.
        issued: The day of its source document in words; "" when it has none.
        state: The state of its deadline, when it has one.
        state_words: The same in words.
        confirm_url: Where the recorder asks for the confirmation of exactly this revision; "" when none is asked for.
        status_url: Where the recorder tells the reader's own status; "" when no confirmation is asked for.
        hidden_because: Why readers do not see it yet or any more; "" for a public post. Only a preview shows others.
        earlier: The revisions before this one, the newest first.
        part_of: Its campaign; nothing while none is declared.
        files: What is listed with the text.
        full_text: Where the full text of the source document is; nothing when nobody said.
        is_covered: Whether its files are part of what is confirmed; those of older programs are not.
    """

    post: Post
    url: str
    day: str
    published: str
    icon: str
    audience: str
    deadline: str
    source: str
    issued: str
    state: DeadlineState | None
    state_words: str
    confirm_url: str
    status_url: str
    hidden_because: str
    earlier: tuple[Earlier, ...] = ()
    part_of: Campaign | None = None
    files: tuple[ShownFile, ...] = ()
    full_text: ShownFile | None = None
    is_covered: bool = True

    def to_facts(self) -> list[str]:
        """Return all that its page shows beside what its file holds and the frame of the site."""
        numbers = [f"{revision.url} {revision.post.digest}" for revision in self.earlier]
        words = [self.part_of.title if self.part_of else "", self.url, self.state or "", self.state_words, self.confirm_url, self.status_url, self.hidden_because]
        return [*words, *numbers]


@dataclass(frozen=True, slots=True)
class CampaignView:
    """A campaign as templates show it.

    Attributes:
        url: The address of its page from the root of the site.
        plan: Its plan in words; "" when it has none.
        leads: Who leads, in words.
        deadline: What posts inherit, in words; "" when there is none.
        contact: Whom to turn to; "" while that is not said.
        posts: Its posts, newest first.
    """

    campaign: Campaign
    url: str
    plan: str
    leads: str
    deadline: str
    contact: str
    posts: tuple[PostView, ...]


@dataclass(frozen=True, slots=True)
class SiteFrame:
    """What the page of a post shows of the site, and so what makes it another page when it changes.

    Attributes:
        feeds: The feed of all posts.
        has_campaigns: Whether there is a page of campaigns.
        contact: Whom to turn to, in words; "" while that is not said.
    """

    feeds: tuple[Feed, ...]
    has_campaigns: bool
    contact: str


@dataclass(frozen=True, slots=True)
class SiteView:
    """The site as templates show it.

    Attributes:
        title: The name of the campaign.
        posts: All posts that are shown, newest first.
        waiting: Those that ask for a confirmation: deadlines still to come first, the nearest first; then past ones.
        feeds: The feeds, that of all posts first.
        own_confirmations_url: Where the recorder shows readers their own confirmations.
        campaigns: The campaigns, the one with the earliest deadline first.
        department: The department; nothing while its file is not there.
        office_url: Where the recorder has the Office's pages.
    """

    title: str
    posts: tuple[PostView, ...]
    waiting: tuple[PostView, ...]
    feeds: tuple[Feed, ...]
    own_confirmations_url: str
    campaigns: tuple[CampaignView, ...]
    department: Department | None
    office_url: str

    @property
    def unit_feeds(self) -> tuple[Feed, ...]:
        """The feed of all posts, and those of the units."""
        return tuple(feed for feed in self.feeds if not feed.tag)

    @property
    def tag_feeds(self) -> tuple[Feed, ...]:
        """The feeds of the tags."""
        return tuple(feed for feed in self.feeds if feed.tag)

    @property
    def frame(self) -> SiteFrame:
        """What the page of a post shows of the site."""
        return SiteFrame(self.feeds[:1], self.has_campaigns, self.contact)

    @property
    def has_campaigns(self) -> bool:
        """Whether there is a page of campaigns."""
        return bool(self.campaigns)

    @property
    def contact(self) -> str:
        """Whom to turn to, in words; "" while that is not said."""
        return self.department.contact.format() if self.department else ""

    @property
    def public_posts(self) -> tuple[PostView, ...]:
        """The posts that readers may see: all of them, but in a preview."""
        return tuple(view for view in self.posts if not view.hidden_because)

    @property
    def updated(self) -> date:
        """The day of the newest public post, which dates the pages that are no posts."""
        newest = next((view.post.publish_at for view in self.public_posts), BEFORE_ALL_POSTS)
        return day_in_viet_nam(newest)


def view_site(
    options: SiteOptions,
    posts: Iterable[PostView],
    campaigns: tuple[Campaign, ...] = (),
    department: Department | None = None,
) -> SiteView:
    """Put the posts into the order in which readers meet them, and into feeds. Equal days are ordered by id."""
    by_id = sorted(posts, key=lambda view: view.post.id)
    newest_first = tuple(sorted(by_id, key=lambda view: view.post.publish_at, reverse=True))
    entries = [Entry(view.post, options.home + view.url) for view in newest_first if not view.hidden_because]
    return SiteView(
        title=options.title,
        posts=newest_first,
        waiting=tuple(sorted((view for view in newest_first if view.post.deadline), key=_urgency)),
        feeds=select_feeds(options.title, options.units, entries),
        own_confirmations_url=f"{options.recorder}/cua-toi",
        campaigns=tuple(view_campaign(campaign, department, newest_first) for campaign in campaigns),
        department=department,
        office_url=f"{options.recorder}/van-phong",
    )


def list_posts(options: SiteOptions, site: SiteView) -> Manifest:
    """Return the manifest of *site*."""
    posts = (describe_post(view.post, options.root + view.url) for view in site.public_posts)
    campaigns = tuple(view.campaign for view in site.campaigns)
    return Manifest(options.title, tuple(posts), options.units, campaigns, site.department)


def view_campaign(campaign: Campaign, department: Department | None, posts: Iterable[PostView]) -> CampaignView:
    """Return a campaign with those of *posts* that are its own."""
    contact = campaign.contact or (department and department.contact)
    return CampaignView(
        campaign=campaign,
        url=f"{CAMPAIGNS_FOLDER}/{campaign.id}/",
        plan=campaign.plan.format() if campaign.plan else "",
        leads=format_all(campaign.lead_units),
        deadline=campaign.deadline.format() if campaign.deadline else "",
        contact=contact.format() if contact else "",
        posts=tuple(view for view in posts if view.part_of == campaign),
    )


def view_post(
    file: PostFile,
    url: str,
    recorder: str,
    now: datetime,
    earlier: tuple[Earlier, ...] = (),
    campaign: Campaign | None = None,
) -> PostView:
    """Format what is shown around a post's text.

    Args:
        file: The post.
        url: Its address from the root of the site.
        recorder: The address of the recorder; "" when it serves the site itself.
        now: The time of the build.
        earlier: The revisions before this one, the newest first.
        campaign: Its campaign.
    """
    post = file.post
    query = urlencode({"revision": post.revision.number, "digest": post.digest})
    name = quote(post.id)
    issued_on = post.source_document.issued_on if post.source_document else None
    state, state_words = None, ""
    if post.deadline:
        # The words stay true on a page that is read days after its build: a count of days is given with the day on
        # which it was counted; a closed deadline stays closed, and the site of a past campaign keeps the same bytes.
        state = find_deadline_state(post.deadline, now)
        counted = f"{post.deadline.format_state(now)} (tính đến ngày {format_day(day_in_viet_nam(now))})"
        state_words = "Đã hết hạn" if state is DeadlineState.CLOSED else counted
    return PostView(
        post=post,
        url=url,
        day=format_day(day_in_viet_nam(post.publish_at)),
        published=post.publish_at.isoformat(),
        icon=find_pictogram(post),
        audience=post.audience.format(),
        deadline=post.deadline.format() if post.deadline else "",
        source=post.source_document.format() if post.source_document else "",
        issued=format_day(issued_on) if issued_on else "",
        state=state,
        state_words=state_words,
        confirm_url=f"{recorder}/xac-nhan/{name}?{query}" if post.sentence else "",
        status_url=f"{recorder}/trang-thai/{name}.json" if post.sentence else "",
        hidden_because=format_hiding(post, now),
        earlier=earlier,
        part_of=campaign,
        files=list_shown(post),
        full_text=find_full_text(file),
        is_covered=post.attachments == file.files,
    )


def _urgency(view: PostView) -> tuple[bool, int]:
    """Order by deadline: those to come by nearness, then the past ones, the latest first."""
    closed = view.state is DeadlineState.CLOSED
    day = view.post.deadline.before.toordinal() if view.post.deadline else 0
    return closed, -day if closed else day


def format_hiding(post: Post, now: datetime) -> str:
    """Say why readers do not see a post at *now*; "" for a public one."""
    if post.is_public_at(now):
        return ""
    if post.draft:
        return "bản nháp"
    return f"sẽ đăng lúc {format_instant(post.publish_at)}" if now < post.publish_at else "đã hết hạn đăng"
