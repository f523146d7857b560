"""A disk that damaged pages of an SQLite database."""

from contextlib import closing
from pathlib import Path

from campaign.store.ledger.database import Database, sqlite


def damage_pages(url: str, table: str = "schema_version") -> None:
    """Overwrite the first page of a table in the file of the database at *url*, which is made if it is not there."""
    with closing(Database(url)) as database:
        database.prepare()
    file = Path(url.removeprefix("sqlite:///"))
    with closing(sqlite.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [root] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table]).fetchone()
        [size] = connection.execute("PRAGMA page_size").fetchone()
    with file.open("rb+") as opened:
        opened.seek((root - 1) * size)
        opened.write(b"\xa5" * size)
