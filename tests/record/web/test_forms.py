"""Forms: taken only from a page of the recorder, with the token of that very browser, and no larger than a form."""

import asyncio
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.types import Message

from campaign.record.web.guard import FORM_BYTES
from tests.rigs.machine import empty_postgres
from tests.rigs.recorder import NOTICE, Desk, Visitor, fill_desk, open_desk

PAGE = "/xac-nhan/thong-bao-485"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def an(desk: Desk) -> Visitor:
    """An, signed in."""
    return desk.reader()


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "http://127.0.0.1",
        "http://127.0.0.1:8001",
        "https://127.0.0.1:8000",
        "http://127.0.0.1:8000/",
        "http://127.0.0.1:8000.evil.example",
        "http://khac.example.vn",
    ],
)
def test_a_form_from_elsewhere_is_refused(desk: Desk, an: Visitor, origin: str | None) -> None:
    fields, before = an.hidden(PAGE), desk.everything()
    headers = {} if origin is None else {"Origin": origin}

    response = an.http.post(PAGE, data=fields, headers=headers)

    assert response.status_code == 403
    assert "Biểu mẫu được gửi từ một địa chỉ khác" in response.text
    assert "Mở trang tại http://127.0.0.1:8000" in response.text
    assert desk.everything() == before


@pytest.mark.parametrize("token", ["", "sai", "é", "0" * 64])
def test_a_form_with_a_wrong_token_is_refused(desk: Desk, an: Visitor, token: str) -> None:
    fields, before = an.hidden(PAGE) | {"form_token": token}, desk.everything()

    response = an.send(PAGE, fields)

    assert response.status_code == 403
    assert "Quay lại, tải lại trang rồi bấm lại." in response.text
    assert desk.everything() == before


def test_the_token_of_another_browser_is_refused(desk: Desk, an: Visitor) -> None:
    fields = desk.reader("SKHCN-002").hidden(PAGE)
    before = desk.everything()

    assert an.send(PAGE, fields).status_code == 403
    assert desk.everything() == before


def test_the_token_from_before_signing_in_is_refused_afterwards(desk: Desk) -> None:
    visitor, slip = desk.visitor(), desk.slip()
    before = visitor.hidden("/vao")
    visitor.submit("/vao/phieu/vao", f"/vao/phieu/{slip.token}")

    response = visitor.send(PAGE, before | {"revision": "1", "digest": NOTICE.digest})

    assert response.status_code == 403


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data; boundary=x", ""])
def test_a_body_that_is_no_form_is_refused(desk: Desk, an: Visitor, kind: str) -> None:
    body, before = urlencode(an.hidden(PAGE)).encode(), desk.everything()

    response = an.http.post(PAGE, content=body, headers={"Origin": an.address, "Content-Type": kind})

    assert response.status_code == 403
    assert desk.everything() == before


def test_a_form_may_name_its_charset(an: Visitor) -> None:
    headers = {"Content-Type": f"{FORM}; charset=UTF-8"}

    assert an.send(PAGE, an.hidden(PAGE), **headers).status_code == 303


@pytest.mark.parametrize("extra", [0, 1])
def test_a_body_may_be_as_large_as_a_form_and_no_larger(desk: Desk, an: Visitor, extra: int) -> None:
    head = urlencode(an.hidden(PAGE)) + "&x="
    body = (head + "y" * (FORM_BYTES - len(head) + extra)).encode()
    before = desk.entries()

    response = an.http.post(PAGE, content=body, headers={"Origin": an.address, "Content-Type": FORM})

    assert response.status_code == (413 if extra else 303)
    assert desk.entries() == before + 1 - extra
    if extra:
        assert "lớn hơn mức cho phép (16 KiB)" in response.text


def test_a_body_in_chunks_is_stopped_at_the_same_size(desk: Desk, an: Visitor) -> None:
    head, before = urlencode(an.hidden(PAGE)).encode(), desk.everything()

    def chunks() -> Iterator[bytes]:
        yield head + b"&x="
        for _ in range(FORM_BYTES // 1024):
            yield b"y" * 1024

    status, _ = send_raw(desk, an, [*chunks()])

    assert status == 413
    assert desk.everything() == before


def test_a_form_that_breaks_off_is_not_taken(desk: Desk, an: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    """The network did it; it is no bug of ours."""
    body, before = urlencode(an.hidden(PAGE)).encode(), desk.everything()

    status, _ = send_raw(desk, an, [body[:10]], breaks_off=True)

    assert status == 403
    assert desk.everything() == before
    assert not [record for record in caplog.records if record.exc_info]


def test_a_field_may_hold_a_nul(desk: Desk) -> None:
    response = desk.visitor().submit("/vao", staff_code="SKHCN\0-001", access_code="A\0")

    assert response.status_code == 401


def test_postgresql_is_not_asked_for_a_nul(tmp_path: Path, postgres_url: str) -> None:
    """It refuses them, which would look like a bug of ours."""
    empty_postgres(postgres_url)
    desk = fill_desk(open_desk(tmp_path, postgres_url))
    an = desk.reader()

    statuses = (
        an.get("/xac-nhan/%00").status_code,
        an.get("/vao/phieu/%00").status_code,
        an.submit("/vao", staff_code="SKHCN-001\0", access_code="\0").status_code,
        an.submit(PAGE, digest="\0").status_code,
        an.submit(PAGE).status_code,
    )

    desk.close()
    assert statuses == (404, 404, 401, 409, 303)


def send_raw(
    desk: Desk, visitor: Visitor, chunks: list[bytes], *, breaks_off: bool = False
) -> tuple[int, Mapping[bytes, bytes]]:
    """Press the button with a body that comes in pieces, as a server hands it over, without a length."""
    cookies = "; ".join(f"{name}={value}" for name, value in visitor.http.cookies.items())
    headers = {
        "host": "127.0.0.1",
        "origin": visitor.address,
        "content-type": FORM,
        "cookie": cookies,
        "transfer-encoding": "chunked",
    }
    waiting: list[Message] = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    waiting.append({"type": "http.disconnect"} if breaks_off else {"type": "http.request", "body": b""})
    sent: list[Message] = []

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": PAGE,
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    asyncio.run(desk.application(scope, receive, send))  # type: ignore[arg-type]  # an ASGI server calls it the same way
    return sent[0]["status"], dict(sent[0]["headers"])
