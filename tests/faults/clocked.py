"""A recorder wired as ``campaign record`` does it, with a clock that a file sets.

Usage: ``clocked.py URL FOLDER PORT ORIGIN``.
"""

import sys
from datetime import datetime, timedelta
from pathlib import Path

import uvicorn

from campaign.record.application import create_application
from campaign.record.server.presses import PressProcess
from campaign.record.server.recorder import Recorder
from campaign.record.server.site import Site
from campaign.settings import system_clock
from campaign.store.ledger.database import Database
from campaign.store.ledger.writer import Writer
from campaign.store.proofs.signing import make_key


def main(url: str, folder: Path, port: int, origin: str) -> None:
    """Run it."""
    database = Database(url)

    def clock() -> datetime:
        return system_clock() + timedelta(seconds=float((folder / "clock").read_text()))

    writer = Writer(database)
    recorder = Recorder(
        database=database,
        writer=writer,
        presses=PressProcess(database, writer),
        site=Site(folder / "site"),
        key=make_key(folder / "ledger.key", origin),
        clock=clock,
        address=f"http://127.0.0.1:{port}",
    )
    uvicorn.run(create_application(recorder), host="127.0.0.1", port=port, ws="none", access_log=False)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
