"""Programs of Go's own packages for signed notes and transparency logs: a second implementation, none of it ours."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from campaign.core.ledger.note import Verifier
from campaign.store.proofs.signing import LedgerKey
from tests.rigs.machine import do_without

SOURCES = Path(__file__).with_name("go")
PACKAGES = Path("/usr/share/gocode")


def build_program(name: str, folder: Path) -> Path:
    """Build a program from Debian's packages alone."""
    if shutil.which("go") is None or not (PACKAGES / "src/golang.org/x/mod/sumdb").exists():
        do_without("Go, with golang.org/x/mod")
    surroundings = os.environ | {"GO111MODULE": "off", "GOPATH": str(PACKAGES), "GOCACHE": str(folder / "cache")}
    command = ["go", "build", "-o", str(folder / name), str(SOURCES / f"{name}.go")]
    subprocess.run(command, env=surroundings, check=True, timeout=300)
    return folder / name


@contextmanager
def running_witness(program: Path, log: Verifier, key: LedgerKey) -> Iterator[str]:
    """Run a witness of that log, which signs with *key*, and give its address."""
    seed = key.private.private_bytes_raw().hex()
    command = [str(program), str(log), key.verifier.origin, seed]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.communicate(timeout=60)
