from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from campaign.core.clock import VIET_NAM
from campaign.core.deadline import Deadline
from campaign.core.post import Post, Revision
from campaign.publish.site.options import SiteOptions
from campaign.posts.content import PostFile
from campaign.publish.site.deadline_states import DeadlineState, find_deadline_state
from campaign.publish.site.site import PostView, list_posts, view_post, view_site
from tests.rigs.builders import post

OPTIONS = SiteOptions("https://skhcn.example/tin/", "Đợt", ("Văn phòng",), "skhcn.example,2025", "")
DEADLINE = Deadline.before_day(datetime(2025, 11, 5, tzinfo=VIET_NAM).date())
FIRST_LATE = datetime(2025, 11, 5, tzinfo=VIET_NAM)
SECOND = timedelta(seconds=1)


def view(one: Post, now: datetime = FIRST_LATE, recorder: str = "") -> PostView:
    return view_post(PostFile(f"bai-dang/{one.id}.md", one), f"bai-dang/{one.id}/", recorder, now)


@pytest.mark.parametrize(
    ("now", "state", "words"),
    [
        (FIRST_LATE - timedelta(days=1) - SECOND, DeadlineState.OPEN, "Còn 1 ngày (tính đến ngày 03/11/2025)"),
        (FIRST_LATE - timedelta(days=1), DeadlineState.LAST_DAY, "(tính đến ngày 04/11/2025)"),
        (FIRST_LATE - SECOND, DeadlineState.LAST_DAY, "Hôm nay là ngày cuối (tính đến ngày 04/11/2025)"),
        (FIRST_LATE, DeadlineState.CLOSED, "Đã hết hạn"),
        (FIRST_LATE + timedelta(days=400), DeadlineState.CLOSED, "Đã hết hạn"),
    ],
)
def test_the_state_of_a_deadline_turns_at_midnight_in_viet_nam(now: datetime, state: DeadlineState, words: str) -> None:
    shown = view(post(deadline=DEADLINE), now)

    assert find_deadline_state(DEADLINE, now) is shown.state is state
    assert shown.state_words.endswith(words)


def test_the_link_names_post_revision_and_digest() -> None:
    one = post(revision=Revision(3))

    assert view(one).confirm_url == f"/xac-nhan/thong-bao-485?revision=3&digest={one.digest}"
    assert view(one).status_url == "/trang-thai/thong-bao-485.json"


def test_the_recorder_may_live_elsewhere() -> None:
    shown = view(post(), recorder="https://ghi.example")

    assert shown.confirm_url.startswith("https://ghi.example/xac-nhan/thong-bao-485?")
    assert view_site(replace(OPTIONS, recorder="https://ghi.example"), []).own_confirmations_url == (
        "https://ghi.example/cua-toi"
    )


def test_a_post_that_asks_for_nothing_links_to_no_recorder() -> None:
    shown = view(post(sentence=None, deadline=None))

    assert (shown.confirm_url, shown.status_url, shown.state, shown.state_words) == ("", "", None, "")


def test_posts_come_newest_first_and_equal_days_by_id() -> None:
    day = FIRST_LATE
    posts = [post(id="b", publish_at=day), post(id="c", publish_at=day - SECOND), post(id="a", publish_at=day)]

    assert [shown.post.id for shown in view_site(OPTIONS, map(view, posts)).posts] == ["a", "b", "c"]


def test_what_waits_comes_by_urgency() -> None:
    """Deadlines to come first, the nearest first; past ones after them, the latest first; others never."""
    days = {"gan": 6, "xa": 20, "moi-qua": 4, "qua-lau": 1}
    posts = [
        post(id=name, deadline=Deadline.through_day(FIRST_LATE.date().replace(day=day))) for name, day in days.items()
    ]
    posts.append(post(id="khong-hoi", sentence=None, deadline=None))

    site = view_site(OPTIONS, map(view, reversed(posts)))

    assert [shown.post.id for shown in site.waiting] == ["gan", "xa", "moi-qua", "qua-lau"]


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (post(), ""),
        (post(draft=True), "bản nháp"),
        (post(publish_at=FIRST_LATE + SECOND), "sẽ đăng lúc 00:00:01 ngày 05/11/2025"),
        (post(expires=FIRST_LATE), "đã hết hạn đăng"),
    ],
)
def test_a_hidden_post_says_why_and_is_in_no_feed_or_manifest(one: Post, reason: str) -> None:
    site = view_site(OPTIONS, [view(one)])

    assert site.posts[0].hidden_because == reason
    assert (
        len(site.public_posts) == len(list_posts(OPTIONS, site).posts) == len(site.feeds[0].entries) == (reason == "")
    )


def test_the_manifest_names_addresses_from_the_root_of_the_host() -> None:
    manifest = list_posts(OPTIONS, view_site(OPTIONS, [view(post())]))

    assert (manifest.title, manifest.units) == ("Đợt", ("Văn phòng",))
    assert manifest.posts[0].url == "/tin/bai-dang/thong-bao-485/"
