"""What readers see when something is broken: the site is served, and nothing is said to be recorded that is not."""

import logging
import re
import socket
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from campaign.errors.store import UncertainCommitError
from campaign.record.server.presses import Answer
from campaign.record.web.visitor import Browser, Realm
from campaign.store.base import schema
from campaign.store.posts.confirmations import Press
from tests.rigs.damage import damage_pages
from tests.rigs.recorder import NOTICE, Desk, PressesHere, Visitor, open_desk

PAGE = "/xac-nhan/thong-bao-485"
PAGES = ["/vao", "/cua-toi", PAGE, "/trang-thai/thong-bao-485.json", "/bien-nhan/1", "/vao/phieu/x"]
OFFICE_PAGES = ["/van-phong", "/van-phong/vao", "/van-phong/phieu", "/van-phong/bai/x"]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def knowing(visitor: Visitor, token: str | None) -> dict[str, str]:
    """Give the browser what it kept from better days; return the field that its forms carry."""
    visitor.http.cookies.set("campaign-visit", "lần trước".encode().hex(), domain="127.0.0.1")
    if token:
        visitor.http.cookies.set("campaign-reader", token, domain="127.0.0.1")
    return {"form_token": Browser(Realm.READER, token, "lần trước".encode().hex()).form_token}


@pytest.fixture(params=["sqlite", "postgresql"])
def down(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A recorder whose database is gone: a folder where the file was, or a server that does not listen."""
    (tmp_path / "csdl").mkdir()
    url = f"sqlite:///{tmp_path / 'csdl'}"
    if request.param == "postgresql":
        url = f"postgresql://campaign:bi-mat@127.0.0.1:{free_port()}/campaign"
    opened = open_desk(tmp_path, url)
    yield opened
    opened.close()


def test_without_its_database_the_recorder_starts_and_serves_the_site(down: Desk) -> None:
    with TestClient(down.application, base_url=down.recorder.address) as browser:
        page, manifest, style = (
            browser.get("/"),
            browser.get("/manifest.json"),
            browser.get("/giao-dien/x/campaign.css"),
        )

    assert (page.status_code, manifest.status_code, style.status_code) == (200, 200, 200)
    assert "Trang chủ" in page.text


def test_without_its_database_every_page_says_that_a_retry_is_harmless(down: Desk) -> None:
    visitor = down.visitor()
    knowing(visitor, "đã vào từ trước".encode().hex())
    visitor.http.cookies.set("campaign-office", "x", domain="127.0.0.1")

    for path in PAGES + OFFICE_PAGES:
        response = visitor.get(path)
        assert (path, response.status_code, response.headers["retry-after"]) == (path, 503, "30")
        assert "Chưa có gì được ghi nhận. Mời thử lại sau ít phút" in response.text
        assert "bấm lại nhiều lần cũng không ghi trùng" in response.text
        assert "đã ghi nhận" not in response.text.casefold()


@pytest.mark.parametrize("path", [PAGE, "/vao", "/vao/phieu", "/vao/phieu/vao", "/ra"])
def test_without_its_database_no_press_is_said_to_be_recorded(down: Desk, path: str) -> None:
    visitor = down.visitor()
    fields = knowing(visitor, "x" if path in {PAGE, "/ra"} else None)

    response = visitor.send(path, fields | {"revision": "1", "digest": NOTICE.digest})

    assert response.status_code == 503
    assert "đã ghi nhận" not in response.text.casefold()
    assert "bấm lại nhiều lần cũng không ghi trùng" in response.text


def test_without_its_database_the_log_says_why_and_no_secret(down: Desk, caplog: pytest.LogCaptureFixture) -> None:
    down.visitor().get("/vao")

    lines = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(lines) == 1
    assert lines[0].startswith("E-STORE-UNREACHABLE: ")
    assert "\n" not in lines[0]
    assert "bi-mat" not in lines[0]


def test_an_empty_database_is_no_business_of_readers(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The error names the database, and tells the Office's own remedy."""
    desk = open_desk(tmp_path)

    response = desk.visitor().get("/vao")

    desk.close()
    assert response.status_code == 503
    assert "sqlite" not in response.text
    assert "E-STORE-UNFIT" in response.text
    assert "E-STORE-EMPTY" in caplog.text


def test_a_database_of_a_newer_program_is_not_touched(desk: Desk, tmp_path: Path) -> None:
    with desk.database.writing() as connection:
        connection.execute(update(schema.schema_version).values(version=99))
    (tmp_path / "khac").mkdir()
    newer = open_desk(tmp_path / "khac", str(desk.database.engine.url))

    response = newer.visitor().get("/vao")

    newer.close()
    assert response.status_code == 503
    assert "E-STORE-UNFIT" in response.text
    assert "thử lại" not in response.text


def test_a_table_that_is_missing_is_our_fault_and_not_told_as_a_lost_database(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    with desk.database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE campaign")

    response = desk.visitor().get("/vao")

    assert response.status_code == 500
    assert "E-BUG" in response.text
    assert "thử lại" not in response.text
    assert "no such table: campaign" in caplog.text


def test_a_damaged_file_is_told_to_readers_and_in_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    url = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    damage_pages(url)
    desk = open_desk(tmp_path, url)

    response = desk.visitor().get("/vao")

    desk.close()
    assert response.status_code == 503
    assert "Tệp cơ sở dữ liệu đã hỏng" in response.text
    assert "thử lại" not in response.text
    assert "E-STORE-CORRUPT: database disk image is malformed" in caplog.text.replace("SQLITE_CORRUPT: ", "")


class LosingPresses(PressesHere):
    """Loses the connection during each commit."""

    async def record(self, presses: Sequence[Press]) -> Sequence[Answer]:  # noqa: ARG002 - they are lost
        raise UncertainCommitError


def test_an_uncertain_commit_is_said_to_be_uncertain(desk: Desk) -> None:
    losing = Desk(replace(desk.recorder, presses=LosingPresses(desk.database)), desk.clock, desk.watch)

    response = losing.reader().submit(PAGE)

    assert response.status_code == 503
    assert "Chưa biết chắc lần gửi này đã được ghi hay chưa." in response.text
    assert "Mời bấm xác nhận lại" in response.text


def stopped_clock() -> datetime:
    """Break."""
    message = "the clock stands still"
    raise RuntimeError(message)


@pytest.fixture
def broken(desk: Desk) -> Visitor:
    """The browser of a reader whose recorder has a bug."""
    reader = desk.reader()
    visitor = Desk(replace(desk.recorder, clock=stopped_clock), desk.clock, desk.watch).visitor()
    visitor.http.cookies.update(reader.http.cookies)
    return visitor


def test_a_bug_gives_a_page_with_the_reference_that_stands_in_the_log(
    broken: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    response = broken.get("/cua-toi")

    found = re.search(r"số tham chiếu ([0-9a-f]{8})", response.text)
    assert response.status_code == 500
    assert found is not None
    assert f"bug {found[1]}" in caplog.text
    assert "RuntimeError: the clock stands still" in caplog.text
    assert "Mời báo Văn phòng kèm số tham chiếu" in response.text


def test_a_bug_is_logged_once(broken: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    """It does not reach the server, which would log it a second time: here it would break the test's client."""
    broken.get("/cua-toi")

    assert len([record for record in caplog.records if record.exc_info]) == 1


def test_a_bug_while_pressing_writes_nothing(desk: Desk, broken: Visitor) -> None:
    before = desk.everything()
    token = broken.http.cookies["campaign-reader"]

    fields = {"form_token": Browser(Realm.READER, token, "").form_token, "revision": "1", "digest": NOTICE.digest}
    response = broken.send(PAGE, fields)

    assert response.status_code == 500
    assert "đã ghi nhận" not in response.text.casefold()
    assert desk.everything() == before


def test_after_a_bug_the_others_are_served(broken: Visitor, desk: Desk) -> None:
    broken.get("/cua-toi")

    assert desk.reader("SKHCN-002").get("/cua-toi").status_code == 200
    assert broken.get("/").status_code == 200
