"""Recorders as programs of their own, which can be killed, stopped for a while, and run on a disk that fails."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from tests.rigs.scene import ORIGIN, Scene, free_port

PATIENCE = 60
"""Seconds that anything may take on a busy machine."""
BOUND = ("setpriv", "--pdeathsig", "KILL")
"""Programs that are started with this end with the test, however it ends."""
SURROUNDINGS = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
"""Who is killed cannot say which lines were run, so it is not asked to keep count."""
CLOCKED = Path(__file__).parents[1] / "faults" / "clocked.py"


class RecorderProgram:
    """``campaign record`` on a port of its own, which it keeps when it is started again."""

    def __init__(self, scene: Scene, database: str | None = None, **settings: str) -> None:
        """Serve *scene*, reached by the address *database* if that is another than its own, with other *settings*."""
        self._settings = settings
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._scene = scene
        self._database = (database or scene.url).replace("+psycopg", "")
        self._log = scene.folder / f"recorder {self.port}.log"

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._program.pid

    @property
    def press_process(self) -> int:
        """The number of the process in which it records presses."""
        [started] = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return int(started)

    @property
    def said(self) -> str:
        """What it has written to its terminal."""
        return self._log.read_text("utf-8")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with self._log.open("ab") as log:
            command = [*BOUND, sys.executable, *self._command()]
            self._program = subprocess.Popen(command, stdout=log, stderr=log, env=SURROUNDINGS)
        until = time.monotonic() + PATIENCE
        while self._program.poll() is None and time.monotonic() < until:
            try:
                requests.get(f"{self.address}/giao-dien/x/campaign.css", timeout=PATIENCE)
            except requests.ConnectionError:
                time.sleep(0.05)
            else:
                return
        pytest.fail(f"it does not answer:\n{self.said}")

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self._program.send_signal(number)

    def stop(self) -> None:
        """Stop it where it is, as a machine does that is put to sleep."""
        for pid in (self.pid, self.press_process):
            os.kill(pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it go on."""
        for pid in (self.pid, self.press_process):
            os.kill(pid, signal.SIGCONT)

    def kill(self) -> None:
        """End it at once, wherever it is."""
        self._program.kill()
        self._program.wait(PATIENCE)

    def wait(self) -> int:
        """Wait until it has ended by itself, and return its exit code."""
        return self._program.wait(PATIENCE)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run it until the block ends, if it has not ended by then."""
        self.start()
        try:
            yield
        finally:
            if self._program.poll() is None:
                self.go_on()
            self.send(signal.SIGTERM)
            self.wait()

    def _command(self) -> list[str]:
        settings = {
            "database": self._database,
            "listen": f"127.0.0.1:{self.port}",
            "address": self.address,
            "site": str(self._scene.folder / "site"),
            "key": str(self._scene.key_file),
            "origin": ORIGIN,
            **self._settings,
        }
        options = [part for name, value in settings.items() for part in ("--set", f"{name}={value}")]
        return ["-m", "campaign.cli.main", *options, "record"]


class ClockedRecorder(RecorderProgram):
    """A recorder whose clock a test can set."""

    def set_clock(self, seconds: float) -> None:
        """Let its clock be so many seconds before (or behind, when negative) that of this machine."""
        file = self._scene.folder / "clock"
        file.with_suffix(".new").write_text(str(seconds))
        file.with_suffix(".new").rename(file)

    def _command(self) -> list[str]:
        return [str(CLOCKED), self._database, str(self._scene.folder), str(self.port), ORIGIN]


@contextmanager
def failing_calls(recorder: RecorderProgram, calls: str, how: str) -> Iterator[None]:
    """Let *calls* of a recorder to the system fail while the block lasts; *how* as strace writes it."""
    inject = [f"--trace={calls}", f"--inject={calls}:{how}", "--output=/dev/null"]
    attach = [f"--attach={pid}" for pid in (recorder.pid, recorder.press_process)]
    strace = [*BOUND, "strace", "-f", *inject, *attach]
    with subprocess.Popen(strace, stderr=subprocess.PIPE, text=True) as tracing:
        assert tracing.stderr is not None
        for _ in attach:
            line = tracing.stderr.readline()
            if "attached" not in line:
                pytest.fail(f"strace cannot attach: {line}")
        try:
            yield
        finally:
            tracing.send_signal(signal.SIGINT)
            tracing.communicate(timeout=PATIENCE)
