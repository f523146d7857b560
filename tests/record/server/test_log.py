"""The log: a JSON object a line, whatever is put in, and no secret in it."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.record.server.log import JsonLines
from tests.rigs.recorder import PASSPHRASE, Desk

REQUESTS = "campaign.requests"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the log of a recorder would hold from now on."""
    file, root = io.StringIO(), logging.getLogger()
    handler, before = logging.StreamHandler(file), root.level
    handler.setFormatter(JsonLines())
    handler.addFilter(lambda record: not record.name.startswith("httpx2"))  # the test's own client
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield file
    root.removeHandler(handler)
    root.setLevel(before)


def lines(written: io.StringIO, logger: str = REQUESTS) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in written.getvalue().splitlines()]
    return [line for line in found if line["logger"] == logger]


def test_a_line_says_when_what_and_how_it_ended(desk: Desk, written: io.StringIO) -> None:
    desk.visitor().get("/cua-toi?tim=bi-mat")

    (line,) = lines(written)
    assert line["at"].endswith("Z")
    assert line["ms"] > 0
    assert {name: line[name] for name in ("level", "method", "path", "status")} == {
        "level": "INFO",
        "method": "GET",
        "path": "/cua-toi",
        "status": 303,
    }


def test_no_code_token_body_or_address_comes_into_the_log(desk: Desk, written: io.StringIO) -> None:
    slip, visitor, office = desk.slip(), desk.visitor(), desk.visitor()
    desk.employ()

    visitor.get("/vao/thu/mot-lien-ket-trong-thu")
    visitor.submit("/vao", page=f"/vao/phieu/{slip.token}", staff_code="SKHCN-001", access_code=slip.access_code)
    visitor.submit("/vao", staff_code="SKHCN-001", access_code="SAIMATKH")
    office.submit("/van-phong/vao", account="chi", passphrase=PASSPHRASE, code=desk.code())
    visitor.submit("/xac-nhan/thong-bao-485")
    visitor.get("/van-phong/bai/thong-bao-485/danh-sach?tim=bi-mat")

    secrets = [
        slip.token,
        slip.access_code,
        "SAIMATKH",
        PASSPHRASE,
        "mot-lien-ket",
        "bi-mat",
        "SKHCN-001",
        "testclient",
    ]
    secrets += [cookie for one in (visitor, office) for cookie in one.http.cookies.values()]
    assert not [secret for secret in secrets if secret in written.getvalue()]
    paths = [line["path"] for line in lines(written)]
    assert "/vao/phieu/***" in paths
    assert "/vao/thu/***" in paths


def test_a_path_with_line_breaks_stays_one_line(desk: Desk, written: io.StringIO) -> None:
    desk.visitor().get("/a%0d%0aERROR%1b[31m%E2%80%A8%C2%85x")

    (text,) = [line for line in written.getvalue().split("\n") if REQUESTS in line]
    assert text.isprintable()
    assert json.loads(text)["path"] == "/a\r\nERROR\x1b[31m\u2028\x85x"


def test_vietnamese_stays_readable(desk: Desk, written: io.StringIO) -> None:
    desk.visitor().get("/thông-báo")

    assert "/thông-báo" in written.getvalue()


@given(st.text(), st.text())
def test_whatever_is_logged_is_one_line_of_json(message: str, name: str) -> None:
    error = ValueError(message)
    record = logging.LogRecord(name, logging.ERROR, "", 1, "%s", (message,), (ValueError, error, None))

    line = JsonLines().format(record)

    assert "\n" not in line
    assert len(line.splitlines()) == 1
    found = json.loads(line.encode())
    assert (found["message"], found["logger"]) == (message, name)
    assert "ValueError" in found["traceback"]
