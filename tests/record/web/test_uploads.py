"""Files that come with a form: as guarded as any form, and up to 10 MiB."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Message

from campaign.errors.base import CampaignError
from campaign.record.web import answers
from campaign.record.web.forms import read_upload, to_file_name
from campaign.record.web.guard import FORM_BYTES, UPLOAD_BYTES, Guard
from campaign.record.web.visitor import read_browser
from tests.rigs.recorder import ADDRESS, Desk

PAGE = "/van-phong/danh-sach"
COOKIE = "campaign-office=phien-cua-chi; campaign-reader=phien-cua-an"


async def take(request: Request) -> JSONResponse:
    upload = await read_upload(request)
    return JSONResponse({"form": dict(upload.form), "name": upload.name, "size": len(upload.content)})


class Sender:
    """Sends a file to a page that takes one, with what a form of ours carries."""

    def __init__(self, desk: Desk) -> None:
        routes = [Route(path, take, methods=["POST"]) for path in (PAGE, "/cua-toi/tep")]
        self.application = Starlette(routes=routes, exception_handlers={CampaignError: answers.on_campaign_error})
        self.application.state.recorder = desk.recorder
        self.http = TestClient(Guard(self.application), base_url=ADDRESS, follow_redirects=False)

    def token(self, path: str = PAGE) -> str:
        scope = {"type": "http", "path": path, "headers": [(b"cookie", COOKIE.encode())]}
        return read_browser(Request(scope), secure=False).form_token

    def send(self, content: bytes = b"PK", name: str = "ds.xlsx", path: str = PAGE, **changes: Any) -> Response:  # noqa: ANN401
        headers = {"Origin": ADDRESS, "Cookie": COOKIE} | changes.pop("headers", {})
        data = {"form_token": self.token(path), "reason": "Tháng\u0065\u0301 11"} | changes.pop("fields", {})
        return self.http.post(path, headers=headers, data=data, files=changes.pop("files", {"file": (name, content)}))


@pytest.fixture
def sender(desk: Desk) -> Sender:
    return Sender(desk)


def test_a_file_arrives_with_its_name_and_the_fields(sender: Sender) -> None:
    answer = sender.send(b"x" * 3_000_000, "Danh sách tháng 11.xlsx").json()

    assert (answer["name"], answer["size"]) == ("Danh sách tháng 11.xlsx", 3_000_000)
    assert answer["form"]["reason"]


@pytest.mark.parametrize("extra", [-1000, 1])
def test_a_body_with_a_file_may_have_ten_mebibytes_and_no_more(sender: Sender, extra: int) -> None:
    response = sender.send(b"x" * (UPLOAD_BYTES + extra))

    assert response.status_code == (200 if extra < 0 else 413)
    if extra > 0:
        assert "lớn hơn mức cho phép (10 MiB)" in response.text


def test_a_body_that_says_it_is_too_large_is_not_read(sender: Sender) -> None:
    asked: list[None] = []
    sent: list[Message] = []

    async def receive() -> Message:
        asked.append(None)
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = {
        b"origin": ADDRESS.encode(),
        b"cookie": COOKIE.encode(),
        b"content-length": str(UPLOAD_BYTES + 1).encode(),
    }
    headers |= {b"content-type": b"multipart/form-data; boundary=x", b"host": b"127.0.0.1"}
    scope = {"type": "http", "method": "POST", "path": PAGE, "query_string": b"", "headers": list(headers.items())}
    asyncio.run(Guard(sender.application)(scope, receive, send))

    assert (sent[0]["status"], asked) == (413, [])


def test_outside_of_the_office_a_body_with_a_file_is_no_larger_than_a_form(sender: Sender) -> None:
    assert sender.send(b"x" * FORM_BYTES, path="/cua-toi/tep").status_code == 413


@pytest.mark.parametrize("origin", ["null", "http://khac.example", ""])
def test_a_file_from_elsewhere_is_refused(sender: Sender, origin: str) -> None:
    assert sender.send(headers={"Origin": origin}).status_code == 403


@pytest.mark.parametrize("token", ["", "0" * 64])
def test_a_file_without_the_token_is_refused(sender: Sender, token: str) -> None:
    assert sender.send(fields={"form_token": token}).status_code == 403


def test_nobody_hands_in_a_file_without_a_session(sender: Sender) -> None:
    assert sender.send(headers={"Cookie": "campaign-visit=x"}).status_code == 303


def test_a_form_without_a_file_asks_for_one(sender: Sender) -> None:
    response = sender.send(files={"file": ("", b"")})

    assert response.status_code == 400
    assert "Chưa chọn tệp nào." in response.text


def test_a_second_file_too_many_fields_or_a_large_field_is_refused(sender: Sender) -> None:
    two = sender.send(files=[("file", ("a", b"1")), ("other", ("b", b"2"))])
    many = sender.send(fields={f"f{number}": "" for number in range(30)})
    large = sender.send(fields={"x": "y" * (FORM_BYTES + 1)})

    assert [answer.status_code for answer in (two, many, large)] == [403, 403, 403]


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x"]
)
@pytest.mark.parametrize(
    "body", [b"", b"--x", b"--x\r\n\r\n", b"--y\r\nContent-Disposition: form-data\r\n\r\n\r\n--y--", b"\0\xff"]
)
def test_a_body_that_is_none_of_its_kind_is_refused(sender: Sender, kind: str, body: bytes) -> None:
    headers = {"Origin": ADDRESS, "Cookie": COOKIE, "Content-Type": kind}

    assert sender.http.post(PAGE, headers=headers, content=body).status_code == 403


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("C:\\Users\\Chi\\danh sách.xlsx", "danh sách.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nb\x1b[31m\u2028.docx", "a b [31m .docx"),
        ("Thông báo.docx", "Thông báo.docx"),
        ("..", "tệp"),
        ("/", "tệp"),
        (f"{'x' * 200}.docx", f"{'x' * 115}.docx"),
    ],
)
def test_a_name_is_the_last_part_on_one_line(sent: str, shown: str) -> None:
    assert to_file_name(sent) == shown


@given(st.text())
def test_no_name_holds_a_folder_or_a_line(name: str) -> None:
    shown = to_file_name(name)

    assert shown == Path(shown.replace("\\", "/")).name
    assert shown.isprintable()
    assert 0 < len(shown) <= 120
