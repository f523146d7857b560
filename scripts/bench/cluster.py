"""A PostgreSQL that lives as long as a benchmark, on a socket in its own folder only, with fsync on."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def postgres() -> Iterator[str]:
    """Start a cluster and give the address of its databases, with ``{}`` for the name."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        owner: dict[str, Any] = {"cwd": name, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        if os.geteuid() == 0:  # PostgreSQL refuses to be root.
            owner |= {"user": "postgres", "group": "postgres", "extra_groups": []}
            shutil.chown(name, "postgres", "postgres")
        initdb = [str(programs / "initdb"), "--pgdata=data", "--username=campaign", "--auth=trust", "--encoding=UTF8"]
        subprocess.run([*initdb, "--locale=C.UTF-8"], check=True, **owner)
        command = [str(programs / "postgres"), "-D", "data", "-k", name, "-c", "listen_addresses="]
        with subprocess.Popen(command, **owner) as server:
            try:
                _wait_for(Path(name) / "data/postmaster.pid")
                yield f"postgresql://campaign@/{{}}?host={name}"
            finally:
                server.send_signal(signal.SIGINT)


def _wait_for(pid_file: Path) -> None:
    """Wait until PostgreSQL writes "ready" into the last line of its pid file."""
    until = time.monotonic() + 60
    while not pid_file.exists() or pid_file.read_text().split()[-1:] != ["ready"]:
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(0.05)
