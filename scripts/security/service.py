"""A recorder in a process of its own, as in service, for what attacks it."""

import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import requests

from campaign.publish.mkdocs.building import build_fresh
from campaign.settings import system_clock

ROOT = Path(__file__).resolve().parents[2]
COMMAND = ROOT / ".venv" / "bin" / "campaign"
SECONDS_TO_START = 30
LARGE_BYTES = 4_000_000


class Campaign:
    """The sample campaign in a folder, with its site, served on a free port while the block runs."""

    def __init__(self, folder: Path, port: int | None = None, address: str | None = None) -> None:
        """Prepare the database and the site; *address* is that of a server in front."""
        port = port or free_port()
        self._own = f"http://127.0.0.1:{port}"
        self.address = address or self._own
        self._log = folder / "log"
        self.database = f"sqlite:///{folder / 'campaign.sqlite3'}"
        self._options = [
            f"database={self.database}",
            f"site={folder / 'site'}",
            f"key={folder / 'ledger.key'}",
            f"address={self.address}",
            f"listen=127.0.0.1:{port}",
        ]
        build_fresh(ROOT / "mkdocs.yml", folder / "site", system_clock).show()
        (folder / "site" / "site.bin").write_bytes(b"x" * LARGE_BYTES)
        subprocess.run(self._command("init", "--sample"), check=True, cwd=ROOT, stdout=subprocess.DEVNULL)

    def __enter__(self) -> Self:
        """Start it, and wait until it answers."""
        with self._log.open("w") as log:
            self._process = subprocess.Popen(self._command("record"), cwd=ROOT, stdout=log, stderr=log)
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            try:
                requests.get(f"{self._own}/vao", timeout=SECONDS_TO_START)
            except requests.ConnectionError:
                time.sleep(0.1)
            else:
                return self
        message = self._log.read_text()
        raise TimeoutError(message)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(20)

    def log(self) -> list[str]:
        """Return the lines that the recorder has written."""
        return self._log.read_text().splitlines()

    def _command(self, *arguments: str) -> list[str]:
        return [str(COMMAND), *(part for option in self._options for part in ("--set", option)), *arguments]


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
    return port


def install_tool(folder: Path, requirement: str, name: str, *more: str) -> Path:
    """Fetch a tool into an environment of its own, and return its command: what it needs is no need of ours."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    pip = [folder / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", requirement, *more]
    subprocess.run([str(part) for part in pip], check=True, stderr=subprocess.DEVNULL)
    return folder / "bin" / name
