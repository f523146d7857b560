"""What the tests borrow from the machine: a PostgreSQL of their own, and Debian's Chromium."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import hypothesis
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

# How long an example takes says nothing on a machine that runs two tests at once.
hypothesis.settings.register_profile("campaign", deadline=None)
hypothesis.settings.load_profile("campaign")


def _do_without(what: str) -> NoReturn:
    """Skip a test for want of *what* on a person's machine; in CI the machine is at fault."""
    reason = f"{what} is not installed; `python3 scripts/test.py` says how to get it"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of an empty PostgreSQL database, alone in a cluster that lives as long as the test run.

    Each worker of a parallel run has its own. It listens on a socket in its own folder only, and writes durably (fsync
    stays on), because durability is part of what is tested.
    """
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not programs:
        _do_without("PostgreSQL")
    # Not pytest's folder: PostgreSQL's own user could not enter it, and a socket's path may have 107 bytes only.
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        server = _start_postgres(programs[-1], folder)
        try:
            _wait_for_postgres(server, folder)
            yield f"postgresql+psycopg://campaign@/postgres?host={folder}"
        finally:
            server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown.
            server.wait(timeout=30)


def _start_postgres(programs: Path, folder: Path) -> subprocess.Popen[bytes]:
    """Make a cluster in *folder* and start it, as another user when we are root, which PostgreSQL refuses to be."""
    owner: dict[str, Any] = {"cwd": folder}
    if os.geteuid() == 0:
        owner |= {"user": "postgres", "group": "postgres", "extra_groups": []}
        shutil.chown(folder, "postgres", "postgres")
    initdb = [str(programs / "initdb"), "--pgdata=data", "--username=campaign", "--auth=trust", "--no-sync"]
    subprocess.run([*initdb, "--encoding=UTF8", "--locale=C.UTF-8"], check=True, stdout=subprocess.DEVNULL, **owner)
    postgres = [str(programs / "postgres"), "-D", "data", "-k", str(folder), "-c", "listen_addresses="]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(postgres, stderr=log, **owner)


def _wait_for_postgres(server: subprocess.Popen[bytes], folder: Path) -> None:
    """Wait until PostgreSQL writes "ready" into the last line of its pid file."""
    pid_file = folder / "data/postmaster.pid"
    until = time.monotonic() + 60
    while not pid_file.exists() or pid_file.read_text().split()[-1:] != ["ready"]:
        if server.poll() is not None or time.monotonic() > until:
            pytest.fail("PostgreSQL did not start:\n" + (folder / "log").read_text())
        time.sleep(0.02)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, which resolves no name: a page that reaches beyond 127.0.0.1 gets nothing.

    It lives as long as a module, because Playwright keeps an event loop running meanwhile, in which other tests could
    not start their own.
    """
    chromium = shutil.which("chromium")
    if chromium is None:
        _do_without("Chromium")
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
