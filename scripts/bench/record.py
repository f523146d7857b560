"""Measure how many presses of the button are recorded a second, beside the same without a database and the usual way.

Needs Linux, the network once (FastAPI is installed into a temporary folder, never into the environment), and for the
second half Debian's PostgreSQL. Takes about five minutes; prints ratios, because a machine's own speed says little.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import people
import psycopg
from cluster import postgres
from running import Load, Measure, measure, show

from campaign.store.ledger.database import Database

ROUNDS = 3
CONNECTIONS = (1, 16, 64)
PACKAGES = ("fastapi", "python-multipart")
"""What the usual way is made of; it goes into a folder of the bench, never into the product's lock."""
WITHOUT, USUAL = "without a database", "FastAPI + ORM"


class Bench:
    """The databases and requests that every run starts from."""

    def __init__(self, folder: Path, seconds: float) -> None:
        """Fill the databases in *folder*, and install FastAPI beside them."""
        self._folder = folder
        self._seconds = seconds
        self._packages = folder / "packages"
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(self._packages), *PACKAGES]
        subprocess.run(pip, check=True, stderr=subprocess.DEVNULL)
        fill(f"sqlite:///{folder}/ours")
        command = [sys.executable, "-c", f"import usual; usual.create_application('sqlite:///{folder}/usual')"]
        subprocess.run(command, check=True, cwd=Path(__file__).parent, env={"PYTHONPATH": str(self._packages)})
        (folder / "requests").write_bytes(b"\0".join(people.presses()))

    def run_sqlite(self, name: str, connections: int) -> Measure:
        """Measure an application of serve.py on a fresh copy of its database."""
        copy = self._folder / "copy"
        copy.mkdir()
        for file in self._folder.glob("usual*" if name == "usual" else "ours*"):
            shutil.copy(file, copy)
        url = f"sqlite:///{copy}/{'usual' if name == 'usual' else 'ours'}"
        try:
            return measure([(name, url)], self._load(name, connections), self._packages if name == "usual" else None)
        finally:
            shutil.rmtree(copy)

    def run_postgres(self, url: str, recorders: int, connections: int) -> Measure:
        """Measure so many recorders on a fresh copy of the database ``filled``."""
        with psycopg.connect(url.format("postgres"), autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS copy")
            connection.execute("CREATE DATABASE copy TEMPLATE filled")
        return measure([("ours", url.format("copy"))] * recorders, self._load("ours", connections))

    def _load(self, name: str, connections: int) -> Load:
        again = name == "without-database"  # It records nothing, so that nothing is recorded twice.
        return Load(self._folder / "requests", self._seconds, connections, 303, again=again)


def fill(url: str) -> None:
    """Fill a database of ours."""
    database = Database(url)
    people.fill(database)
    database.close()


def compare_on_sqlite(bench: Bench) -> None:
    """Print a table for each number of connections."""
    names = {"recorder": "ours", WITHOUT: "without-database", USUAL: "usual"}
    for connections in CONNECTIONS:
        runs: dict[str, list[Measure]] = {title: [] for title in names}
        for _ in range(ROUNDS):
            for title, name in names.items():
                runs[title].append(bench.run_sqlite(name, connections))
        show(f"SQLite, {connections} connections, medians of {ROUNDS} rounds", runs, (USUAL, WITHOUT))


def compare_on_postgres(bench: Bench) -> None:
    """Print a table for each number of connections, with one recorder and with two."""
    with postgres() as url:
        with psycopg.connect(url.format("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE filled")
        fill(url.format("filled"))
        for connections in CONNECTIONS[1:]:
            runs: dict[str, list[Measure]] = {"one recorder": [], "two recorders": []}
            for _ in range(ROUNDS):
                for recorders, found in enumerate(runs.values(), start=1):
                    found.append(bench.run_postgres(url, recorders, connections))
            show(f"PostgreSQL, {connections} connections, medians of {ROUNDS} rounds", runs, ("one recorder",))


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each run lasts")
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        bench = Bench(Path(name), seconds)
        compare_on_sqlite(bench)
        compare_on_postgres(bench)


if __name__ == "__main__":
    main()
