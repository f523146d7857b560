"""How often a page asks the database: a few times, however many posts there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from sqlalchemy import event

from campaign.core.deadline import Deadline
from campaign.core.dispatch import Channel, Dispatch
from campaign.core.draft import Draft
from campaign.core.ledger.entry import Kind
from campaign.core.people.access import Role
from campaign.core.people.paper import Paper
from campaign.core.people.seen import SeenPeople
from campaign.core.people.special_case import Grounds
from campaign.core.post import Post
from campaign.core.reminder import Means
from campaign.posts.editing import declare_post, write_file
from campaign.record.routes import RULES
from campaign.record.server.sign_in_options import Ways
from campaign.record.web.admission import STAFF, Rule
from campaign.remind.mail import MailServer
from campaign.store.credentials.api_tokens import create_token
from campaign.store.credentials.sessions import Reader
from campaign.store.credentials.tickets import Purpose, Ticket, issue_ticket
from campaign.store.figures.reminders import Subject, record_reminder
from campaign.store.ledger.database import Connection
from campaign.store.ledger.ledger import OpenLedger, appending
from campaign.store.posts.confirmations import Press, confirm
from campaign.store.posts.dispatches import record_dispatch
from campaign.store.posts.drafts import keep_file, note_act, require_draft, save_draft
from campaign.store.posts.paper import print_sheet, record_paper
from campaign.store.posts.publishing import ask_to_publish
from campaign.store.posts.seen import record_seen
from campaign.store.posts.special_cases import exempt_member, extend_member
from campaign.store.proofs.verification import keep_checkpoint
from campaign.store.roster.roster import find_members
from tests.rigs.builders import CENTRE, OFFICE, member, post
from tests.rigs.ledger_steps import begin, decide, enrol, rename
from tests.rigs.recorder import Desk, Visitor, open_desk

AT_MOST = 15
PAST_DAY = "/van-phong/bai/{post}?tinh-den=2025-10-02"
LISTS = ("", "?tim=lo", "?trang-thai=late&don-vi=Thanh+tra", "?tinh-den=2025-10-02")
HEADS = ("", "?don-vi=Thanh+tra")
MORE = (
    {f"{page} {role}": 27 for page in ("/van-phong/bai/{post}", PAST_DAY) for role in ("office", "unit_head")}
    | {f"/van-phong/nhac/gui{query} office": 19 for query in ("", "?them=1")}
    | {f"/van-phong/bai/{{post}}/danh-sach{query} {role}": 16 for query in LISTS for role in ("office", "unit_head")}
    | {f"/van-phong/nhac{query} office": 16 for query in ("", "?don-vi=Thanh+tra")}
    | {f"/van-phong/nhac/loi-nhac{query} {role}": 16 for query in HEADS for role in ("office", "unit_head")}
)
"""Pages that ask more often: a post's draws the curve of each day as it was, reminders look at every post's debts."""
UNITS = (OFFICE, CENTRE, "Thanh tra", "Phòng Kế hoạch")
PEOPLE = [member(f"SKHCN-{n:03}", f"Lò Văn {n:03}", UNITS[n % 4], email=f"a{n}@so.example") for n in range(1, 61)]
READER = 1
QUERIES = {
    "/van-phong/bai/{post}": ["", "?tinh-den=2025-10-02"],
    "/van-phong/bai/{post}/danh-sach": list(LISTS),
    "/van-phong/nguoi": ["", "?tim=lo", "?don-vi=Thanh+tra&loai=worker&sap-xep=don-vi"],
    "/van-phong/nhac": ["", "?don-vi=Thanh+tra"],
    "/van-phong/nhac/gui": ["", "?them=1"],
    "/van-phong/nhac/loi-nhac": ["", "?don-vi=Thanh+tra"],
    "/van-phong/phieu-ky/{sheet}/in": ["", "?den={last_sheet}"],
    "/van-phong/phieu/cap-lai": ["?don-vi=Thanh+tra"],
}
"""What a page is asked for, where that makes a difference to how it reads."""
CLOSED = {"/vao/chung", "/vao/chung/ve"}
"""The way in by a provider, which needs one."""


@dataclass
class Scene:
    """A recorder with many posts and sixty people; of each post, whatever can be is recorded.

    Attributes:
        values: What stands in the addresses of pages, by the name of the parameter.
    """

    desk: Desk
    values: dict[str, str]
    api_token: str

    def count(self) -> dict[str, int]:
        """Return how many statements each page asked for, by its address and who looked at it."""
        visitors: dict[Role | None, Visitor] = {role: self.desk.staff(role) for role in STAFF}
        visitors[None] = self.desk.reader()
        hand_in(visitors[Role.OFFICE])
        batch = visitors[Role.OFFICE].submit("/van-phong/phieu", unit="Thanh tra").headers["location"]
        values = self.values | {"batch": batch.rpartition("/")[2], "campaign": "moi"}
        statements: list[object] = []

        def note(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
            is_question = statement != "BEGIN" and not connection.get_execution_options()["campaign_writes"]
            if is_question:  # What a page leaves behind is none.
                statements.append(statement)

        event.listen(self.desk.database.engine, "before_cursor_execute", note)
        counted = {}
        for rule, query, role in every_page():
            token = self.values["ticket" if "/thu/" in rule.path else "slip"]
            path = (rule.path + query).format_map(values | {"token": token})
            statements.clear()
            response = visitors[role].http.get(path, headers={"Authorization": f"Bearer {self.api_token}"})
            assert (path, response.status_code) == (path, 404 if rule.path in CLOSED else 200)
            counted[f"{rule.path}{query} {role or ''}"] = len(statements)
        return counted


def hand_in(visitor: Visitor) -> None:
    """Let a list without the first member wait to be applied."""
    lines = [f"{each.staff_code},{each.name},{each.unit},{each.category.label}" for each in PEOPLE[1:]]
    content = "\n".join(["Mã,Họ và tên,Đơn vị,Loại", *lines]).encode()
    page, files = "/van-phong/danh-sach", {"file": ("danh-sach.csv", content)}
    token = visitor.hidden(page)["form_token"]
    sent = visitor.http.post(page, data={"form_token": token}, files=files, headers={"Origin": visitor.address})
    assert sent.status_code == 303


def every_page() -> Iterator[tuple[Rule, str, Role | None]]:
    """Give each page with everyone who may look at it."""
    for rule in RULES:
        for query in QUERIES.get(rule.path, [""]) if rule.method == "GET" else ():
            roles: list[Role | None] = [*sorted(rule.roles & STAFF)] or [None]
            yield from ((rule, query, role) for role in roles)


def open_scene(folder: Path, count: int) -> Scene:
    """Return a scene with *count* posts."""
    ways = Ways(mail=MailServer("smtp://127.0.0.1:1", "vanphong@so.example"))
    desk = open_desk(folder, address="https://so.example", ways=ways)
    begin(desk.database)
    enrol(desk.database, *PEOPLE)
    posts = [post(id=f"bai-{number:02}", title=f"Bài {number:02}") for number in range(count)]
    desk.publish(*posts)
    rename(desk.database, "Phòng Kế hoạch", "Phòng Kế hoạch, Tài chính", decide(desk.clock()))
    slip = desk.slip().token
    with desk.database.writing() as connection:
        ticket = issue_ticket(connection, Ticket(Purpose.MAIL_LINK, READER), desk.clock(), timedelta(days=60))
        api_token = create_token(connection, "cong", desk.clock())
    with appending(desk.database) as ledger:
        recorded = [record_all_sorts(ledger, shown, desk.clock()) for shown in posts]
    with desk.database.writing() as connection:
        keep_checkpoint(connection, desk.recorder.key, desk.clock())
    desk.clock.now += timedelta(days=50)
    values = {
        "size": str(desk.entries()),
        "post": posts[0].id,
        "member": str(READER),
        "slip": slip,
        "ticket": ticket,
    } | recorded[0]
    return Scene(desk, values, api_token)


def record_all_sorts(ledger: OpenLedger, shown: Post, at: datetime) -> dict[str, str]:
    """Record whatever can be of a post, and return the numbers of the entries that pages show."""
    people, grounds = find_members(ledger.connection, range(1, 11)), Grounds("Đi công tác", "chi", at)
    confirmed = confirm(ledger, Reader(people[READER], "slip_qr"), Press("", shown.id, 1, shown.digest, at))
    record_paper(ledger, people[2], shown.id, Paper("chi", at.date(), scan="ab" * 32), at)
    exempt_member(ledger, shown.id, "SKHCN-003", grounds)
    extend_member(ledger, shown.id, "SKHCN-004", Deadline.through_day(date(2025, 12, 1)), grounds)
    record_dispatch(ledger, shown.id, Dispatch(Channel.WEBSITE, at.date()), "chi", at)
    record_seen(ledger, shown.id, SeenPeople((READER, 5, 6), 0, sha256(shown.id.encode()).hexdigest()), "chi", at)
    record_reminder(ledger, Subject(member_id=7), at.date(), Means.OUTBOX, [shown.id], at)
    write_draft(ledger, shown, at)
    sheets = [print_sheet(ledger, shown.id, OFFICE, [4, 8], "chi", at) for _ in range(3)]
    numbers = {"sequence": confirmed.sequence, "sheet": sheets[0].sequence, "last_sheet": sheets[-1].sequence}
    return {name: str(number) for name, number in numbers.items()} | {"name": "hinh.png"}


def write_draft(ledger: OpenLedger, shown: Post, at: datetime) -> None:
    """Write a draft of a post, with a picture, that waits for its publication; an account of each role may see it."""
    source, path = write_file(declare_post(shown), shown.text).encode(), f"bai-dang/{shown.id}.md"
    keep_file(ledger.connection, shown.id, "hinh.png", b"x")
    draft = save_draft(ledger.connection, Draft(shown.id, 1, path, source, "", "chi", at, CENTRE), "")
    kept = require_draft(ledger.connection, draft.post)
    for kind in (Kind.DRAFT_SUBMITTED, Kind.DRAFT_APPROVED):
        note_act(ledger, kind, kept, "chi", at)
    ask_to_publish(ledger.connection, kept, "chi", at, at)


def test_a_page_asks_the_database_a_few_times_however_many_posts_there_are(tmp_path: Path) -> None:
    few, many = (open_scene(tmp_path / str(count), count) for count in (21, 42))

    counted, doubled = few.count(), many.count()

    few.desk.close()
    many.desk.close()
    assert {page: count for page, count in counted.items() if count > MORE.get(page, AT_MOST)} == {}
    assert {page: (count, doubled[page]) for page, count in counted.items() if count != doubled[page]} == {}
