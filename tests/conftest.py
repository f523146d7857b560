"""What tests of several folders need: a PostgreSQL of their own, Debian's Chromium, a small site."""

import shutil
import signal
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.rigs.machine import do_without, running_cluster
from tests.rigs.sites import SampleSite

# A shell lets what it runs in the background ignore Ctrl-C, and so would every program that a test starts and ends so.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOMS_OF_PROGRAMS = {"browser", "faults", "security"}
FIXTURES_OF_PROGRAMS = {"browser", "page", "postgres_url", "url", "database"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a browser, a server or a second program: ``scripts/test.py --quick`` leaves them out."""
    for item in items:
        room = item.path.relative_to(Path(__file__).parent).parts[0]
        needs_program = bool(FIXTURES_OF_PROGRAMS & set(getattr(item, "fixturenames", ())))
        if room in ROOMS_OF_PROGRAMS or (needs_program and "sqlite" not in item.name) or _starts_programs(item.path):
            item.add_marker("machine")


@cache
def _starts_programs(path: Path) -> bool:
    return "subprocess" in path.read_text(encoding="utf-8")


# How long an example takes says nothing on a machine that runs two tests at once.
hypothesis.settings.register_profile("campaign", deadline=None)
hypothesis.settings.load_profile("campaign")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of an empty PostgreSQL database, alone in a cluster that lives as long as the test run.

    Each worker of a parallel run has its own.
    """
    with running_cluster() as cluster:
        yield cluster.url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, which resolves no name: a page that reaches beyond 127.0.0.1 gets nothing.

    It lives as long as a module, because Playwright keeps an event loop running meanwhile, in which other tests could
    not start their own.
    """
    chromium = shutil.which("chromium")
    if chromium is None:
        do_without("Chromium")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    arguments.append("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield program
        program.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new page of a browser that knows nobody, in Vietnamese."""
    context = browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def sample(tmp_path: Path) -> SampleSite:
    """A small site that a test fills and builds."""
    return SampleSite(tmp_path)
