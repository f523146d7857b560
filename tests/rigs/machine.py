"""What the tests use of the machine, and what becomes of a test when it is not there."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest
from sqlalchemy import create_engine, text


def do_without(what: str) -> NoReturn:
    """Skip a test for want of *what* on a person's machine; in CI the machine is at fault."""
    reason = f"{what} is not installed; `python3 scripts/test.py` says how to get it"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def empty_postgres(url: str) -> None:
    """Make a PostgreSQL database as it was when it was new."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


class Cluster:
    """A PostgreSQL of a test's own, which listens on a socket in its own folder only.

    It writes durably (fsync stays on), because durability is part of what is tested.
    """

    def __init__(self, folder: Path) -> None:
        """Make it in *folder*, as another user when we are root, which PostgreSQL refuses to be."""
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        if not programs:
            do_without("PostgreSQL")
        self.url = f"postgresql+psycopg://campaign@/postgres?host={folder}"
        self.socket = folder / ".s.PGSQL.5432"
        self._programs = programs[-1]
        self._folder = folder
        self._owner: dict[str, Any] = {"cwd": folder}
        if os.geteuid() == 0:
            self._owner |= {"user": "postgres", "group": "postgres", "extra_groups": []}
            shutil.chown(folder, "postgres", "postgres")
        initdb = [str(self._programs / "initdb"), "--pgdata=data", "--username=campaign", "--auth=trust", "--no-sync"]
        initdb += ["--encoding=UTF8", "--locale=C.UTF-8"]
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, **self._owner)

    def start(self) -> None:
        """Start the server, and wait until it writes "ready" into the last line of its pid file."""
        postgres = [str(self._programs / "postgres"), "-D", "data", "-k", str(self._folder), "-c", "listen_addresses="]
        with (self._folder / "log").open("ab") as log:
            self._server = subprocess.Popen(postgres, stderr=log, **self._owner)
        pid_file = self._folder / "data/postmaster.pid"
        until = time.monotonic() + 60
        while not pid_file.exists() or pid_file.read_text().split()[-1:] != ["ready"]:
            if self._server.poll() is not None or time.monotonic() > until:
                pytest.fail("PostgreSQL did not start:\n" + (self._folder / "log").read_text())
            time.sleep(0.02)

    def freeze(self) -> None:
        """Let every process of it stand still, as when its machine hangs."""
        self._send_all(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let them go on."""
        self._send_all(signal.SIGCONT)

    def _send_all(self, number: signal.Signals) -> None:
        server = self._server.pid
        for pid in (server, *map(int, Path(f"/proc/{server}/task/{server}/children").read_text().split())):
            os.kill(pid, number)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it, by default in PostgreSQL's fast way; SIGQUIT lets it end as in a crash."""
        self._server.send_signal(how)
        self._server.wait(timeout=30)


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Run an empty cluster until the block ends."""
    # Not pytest's folder: PostgreSQL's own user could not enter it, and a socket's path may have 107 bytes only.
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        cluster = Cluster(Path(name))
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
