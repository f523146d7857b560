"""The campaign that the benchmarks run on: many members, each signed in, and one post to confirm."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from sqlalchemy import insert

from campaign.core.deadline import Deadline
from campaign.core.people.roster import Category, Member, plan_roster
from campaign.core.post import Audience, Post, Revision
from campaign.record.web.visitor import Browser, Realm
from campaign.store.base import schema
from campaign.store.base.hashing import hash_token
from campaign.store.credentials.sessions import Reader
from campaign.store.ledger.campaigns import Campaign, open_campaign
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import OpenLedger, appending
from campaign.store.posts.confirmations import Press, confirm_all
from campaign.store.posts.posts import publish_revision
from campaign.store.roster.roster import apply_roster, find_members

ADDRESS = "http://127.0.0.1:8000"
"""The Origin that forms come from; the port that is listened on may be another."""
MEMBERS = 40_000
UNITS = 40
NOW = datetime.now(UTC)
PUBLISHED = datetime(2025, 10, 1, tzinfo=UTC)
POST = Post(
    id="thong-bao-485",
    title="Thông báo 485/TB-VPCP về phòng cháy, chữa cháy",
    summary="Những việc mỗi người cần làm.",
    text="Kiểm tra ổ điện trước khi về, tắt thiết bị không dùng.\n\n" * 60,
    audience=Audience(),
    lead_units=("Văn phòng",),
    cooperating_units=("Trung tâm Đổi mới Sáng tạo",),
    publish_at=PUBLISHED,
    revision=Revision(),
    sentence="Tôi đã đọc và hiểu nội dung.",
    deadline=Deadline.before_day(date(2025, 11, 5)),
)


def token_of(number: int) -> str:
    """Return the session token of a member."""
    return hashlib.sha256(str(number).encode()).hexdigest()


def enrol(ledger: OpenLedger, count: int = MEMBERS) -> None:
    """Open the campaign, put so many people on the roster, and publish the post."""
    members = [
        Member(f"NV-{number:06}", f"Nguyễn Văn {number}", f"Phòng {number % UNITS}", Category.CIVIL_SERVANT)
        for number in range(1, count + 1)
    ]
    open_campaign(ledger, Campaign("Đo tốc độ", sample=False), NOW, None)
    apply_roster(ledger, plan_roster({}, members), NOW)
    publish_revision(ledger, POST.to_document(), NOW)


def fill(database: Database) -> None:
    """Open the campaign with everyone, and sign everyone in."""
    with appending(database) as ledger:
        enrol(ledger)
        sessions = [
            {
                "token_hash": hash_token(token_of(number)),
                "member_id": number,
                "account": None,
                "identified_by": "slip_code",
                "started_at": NOW,
                "used_at": NOW,
                "proved_at": NOW,
                "expires_at": NOW + timedelta(days=1),
            }
            for number in range(1, MEMBERS + 1)
        ]
        ledger.connection.execute(insert(schema.session), sessions)


def confirm_everyone(database: Database, count: int) -> None:
    """Record a confirmation of each of so many people, a thousand in a commit."""
    for start in range(1, count + 1, 1_000):
        with appending(database) as ledger:
            listed = find_members(ledger.connection, range(start, min(start + 1_000, count + 1)))
            readers = {str(number): Reader(member, "slip_code") for number, member in listed.items()}
            confirm_all(ledger, [Press(token, POST.id, 1, POST.digest, NOW) for token in readers], readers)


def presses() -> list[bytes]:
    """Return each member's press of the button, as the browser sends it."""
    return [_press(token_of(number)) for number in range(1, MEMBERS + 1)]


def _press(token: str) -> bytes:
    browser = Browser(Realm.READER, token, "")
    fields = {"form_token": browser.form_token, "revision": POST.revision.number, "digest": POST.digest}
    body = urlencode(fields)
    head = (
        f"POST /xac-nhan/{POST.id} HTTP/1.1",
        "Host: 127.0.0.1:8000",
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
        "Accept: text/html,application/xhtml+xml",
        "Accept-Language: vi",
        f"Origin: {ADDRESS}",
        f"Cookie: campaign-visit={token[:43]}; campaign-reader={token}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
    )
    return ("\r\n".join(head) + "\r\n\r\n" + body).encode()
