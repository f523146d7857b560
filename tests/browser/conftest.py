"""The recorder and the browsers of the journeys. Whatever a browser asks for and complains about is watched."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from tests.rigs.running import OpenPage, Running, build, copy_sources, run

LONGEST_WAIT_MS = 20_000
"""How long a page may take, on a machine that runs much else at once, before a test gives up."""

expect.set_options(timeout=LONGEST_WAIT_MS)


@pytest.fixture(scope="session")
def listening() -> Iterator[socket.socket]:
    """A free port of the loopback address, held as long as the tests run: the site is built for it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


@pytest.fixture(scope="session")
def site(listening: socket.socket, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the repository, built for the address of the recorder."""
    folder = tmp_path_factory.mktemp("trang đã dựng")
    build(copy_sources(folder), folder / "site", "http://{}:{}".format(*listening.getsockname()))
    return folder / "site"


@pytest.fixture
def running(listening: socket.socket, site: Path, tmp_path: Path) -> Iterator[Running]:
    """A recorder in the last second before the deadline of 05/11/2025."""
    with run(listening, site, tmp_path) as running:
        yield running


@pytest.fixture
def expected_answers() -> set[int]:
    """The status codes of refusals that a test is about; the browser complains about any other."""
    return set()


@pytest.fixture
def open_page(browser: Browser, running: Running, expected_answers: set[int]) -> Iterator[OpenPage]:
    """Open a page in a browser that knows nobody.

    At the end the test fails if any page asked another origin for something, or complained on its console.
    """
    faults: list[str] = []
    contexts: list[BrowserContext] = []

    def note_request(request: Request) -> None:
        if not request.url.startswith((f"{running.address}/", "data:", f"blob:{running.address}/")):
            faults.append(f"asked elsewhere: {request.url}")

    def note_complaint(message: ConsoleMessage) -> None:
        is_expected = any(f"status of {status} " in message.text for status in expected_answers)
        if message.type == "error" and not is_expected:
            faults.append(f"complained at {message.location['url']}: {message.text}")

    def open_page(**options: object) -> Page:
        about = {"base_url": running.address, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"} | options
        context = browser.new_context(**about)  # type: ignore[arg-type] # the options of Playwright, passed on
        context.set_default_timeout(LONGEST_WAIT_MS)
        context.on("request", note_request)
        context.on("console", note_complaint)
        context.on("weberror", lambda error: faults.append(f"broke: {error.error}"))
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
