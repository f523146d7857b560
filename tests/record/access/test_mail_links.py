"""Coming in by a link in a mail, through a real mail server."""

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from httpx2 import Response

from campaign.record.server.sign_in_options import Ways
from campaign.remind.mail import MailServer
from tests.record.access.test_sign_in import ELSEWHERE, is_in
from tests.rigs.ledger_steps import enrol
from tests.rigs.mail_sink import Sink, running_sink
from tests.rigs.recorder import AN, BINH, DANG, HONG, Desk, Visitor, fill_desk, open_desk

ADDRESS = "an@so.example"


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A mail server."""
    with running_sink() as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path, sink: Sink) -> Iterator[Desk]:
    """A recorder that sends links; An has an address, Bình and Đặng share one."""
    opened = fill_desk(open_desk(tmp_path, ways=Ways(mail=MailServer(sink.address, "vanphong@so.example"))))
    shared = "phong@so.example"
    people = (replace(AN, email=ADDRESS), replace(BINH, email=shared), replace(DANG, email=shared), HONG)
    enrol(opened.database, *people)
    yield opened
    opened.close()


def ask(desk: Desk, address: str = ADDRESS, **fields: str) -> Response:
    return desk.visitor().submit("/vao/thu", page="/vao", mail=address, **fields)


def wait_for_mail(sink: Sink, count: int = 1) -> None:
    until = time.monotonic() + 30
    while len(sink.taken) < count and time.monotonic() < until:
        time.sleep(0.01)
    assert len(sink.taken) == count


def link_in(sink: Sink) -> str:
    """Return the path of the last link that was sent."""
    found = re.search(r"http://127\.0\.0\.1:8000(/vao/thu/\S+)", sink.taken[-1].get_content())
    assert found
    return found[1]


def follow(desk: Desk, sink: Sink, visitor: Visitor | None = None) -> Response:
    path = link_in(sink)
    return (visitor or desk.visitor()).submit(path.partition("?")[0], page=path)


def test_the_link_opens_a_page_and_a_press_signs_in(desk: Desk, sink: Sink) -> None:
    visitor = desk.visitor()
    ask(desk, next="/xac-nhan/thong-bao-485")
    wait_for_mail(sink)

    page = visitor.get(link_in(sink))
    before = is_in(visitor)
    response = follow(desk, sink, visitor)

    assert (page.status_code, "Nguyễn Văn An" in page.text, before) == (200, True, False)
    assert (response.status_code, response.headers["location"]) == (303, "/xac-nhan/thong-bao-485")
    assert is_in(visitor)
    message = sink.taken[0]
    assert (message["To"], message["Subject"]) == (ADDRESS, "Liên kết để vào và xác nhận đã đọc")


def test_programs_that_look_at_mail_use_nothing_up(desk: Desk, sink: Sink) -> None:
    ask(desk)
    wait_for_mail(sink)
    before = desk.everything()

    for _ in range(3):
        desk.visitor().get(link_in(sink))
        desk.visitor().http.head(link_in(sink))

    assert desk.everything() == before
    assert follow(desk, sink).status_code == 303


def test_a_link_serves_once(desk: Desk, sink: Sink) -> None:
    ask(desk)
    wait_for_mail(sink)
    visitor, path = desk.visitor(), link_in(sink).partition("?")[0]
    fields = visitor.hidden(path)

    statuses = [visitor.send(path, fields | visitor.hidden("/vao")).status_code for _ in range(2)]

    assert statuses == [303, 404]
    assert "Liên kết này đã dùng rồi, hoặc đã quá 10 phút." in desk.visitor().get(path).text


def test_a_link_serves_for_ten_minutes(desk: Desk, sink: Sink) -> None:
    ask(desk)
    wait_for_mail(sink)
    visitor, path = desk.visitor(), link_in(sink).partition("?")[0]
    fields = visitor.hidden(path)

    desk.clock.now += timedelta(minutes=10)

    assert (visitor.get(path).status_code, visitor.send(path, fields).status_code) == (404, 404)


def test_who_left_the_roster_meanwhile_is_not_let_in(desk: Desk, sink: Sink) -> None:
    ask(desk)
    wait_for_mail(sink)

    enrol(desk.database, BINH)

    assert desk.visitor().get(link_in(sink)).status_code == 404


def test_a_known_an_unknown_and_a_shared_address_get_the_same_answer(desk: Desk, sink: Sink) -> None:
    """Nothing reveals whose address is on the roster; one that several share is nobody's."""
    answers = []
    for address in (ADDRESS, "la@so.example", "phong@so.example"):
        response = ask(desk, address)
        headers = [(name, value) for name, value in response.headers.items() if name != "set-cookie"]
        text = re.sub('value="[^"]{43,}"', "", response.text.replace(address, "ĐỊA CHỈ"))
        rest = [(name, value) for name, value in headers if name != "content-length"]
        answers.append((response.status_code, rest, text))

    assert answers[0][0] == 200
    assert answers[0] == answers[1] == answers[2]
    ask(desk, ADDRESS.upper())
    wait_for_mail(sink, 2)
    assert {message["To"] for message in sink.taken} == {ADDRESS}


def test_a_known_address_takes_no_longer_than_an_unknown_one(desk: Desk, sink: Sink) -> None:
    """Sending goes on after the answer: even a server that answers nobody delays nothing."""
    times = {ADDRESS: [], "la@so.example": []}  # type: dict[str, list[float]]
    for _ in range(5):
        for address, taken in times.items():
            visitor = desk.visitor()
            fields = visitor.hidden("/vao") | {"mail": address}
            before = time.monotonic()
            visitor.send("/vao/thu", fields)
            taken.append(time.monotonic() - before)

    wait_for_mail(sink, 5)
    assert abs(min(times[ADDRESS]) - min(times["la@so.example"])) < 0.05


def test_five_links_in_a_quarter_of_an_hour_for_an_address(desk: Desk) -> None:
    statuses = [ask(desk, address).status_code for address in [ADDRESS] * 3 + [ADDRESS.upper()] * 3]

    assert statuses == [200] * 5 + [429]


def test_an_address_that_the_mail_server_refuses_is_for_the_log(
    desk: Desk, sink: Sink, caplog: pytest.LogCaptureFixture
) -> None:
    sink.answers = {ADDRESS: "550 no"}

    response = ask(desk)

    until = time.monotonic() + 30
    while not caplog.messages and time.monotonic() < until:
        time.sleep(0.01)
    assert response.status_code == 200
    assert "no link sent: AddressRefusedError" in caplog.messages
    assert ADDRESS not in caplog.text


@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_link_leads_to_no_other_site(desk: Desk, sink: Sink, address: str) -> None:
    ask(desk, next=address)
    wait_for_mail(sink)

    assert follow(desk, sink).headers["location"] == "/cua-toi"
