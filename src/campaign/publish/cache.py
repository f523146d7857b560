"""What a build made, kept for the next one: safe to delete at any time.

A value is found again only under the very key under which it was put, and a key holds the digest of everything that the
value was made from. When the program, the templates or the configuration change, nothing is found.
"""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from campaign.errors import CacheLostError

_TABLES = """
CREATE TABLE IF NOT EXISTS environment (fingerprint TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS made (kind TEXT, name TEXT, key BLOB NOT NULL, value BLOB NOT NULL, PRIMARY KEY (kind, name))
WITHOUT ROWID;
"""
_WAIT_SECONDS = 0
"""Another build at the same time keeps the cache; this one goes without."""


def digest_of_all(parts: Iterable[str | bytes]) -> bytes:
    """Return one digest of several parts; no two different lists of parts have the same."""
    hashed = sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        hashed.update(len(data).to_bytes(8, "big") + data)
    return hashed.digest()


class Cache:
    """The values of one site. Whatever is wrong with its file, the build goes on without it."""

    def __init__(self, file: Path | None, fingerprint: str) -> None:
        """Open *file*, or nothing.

        Args:
            file: The file; it need not exist.
            fingerprint: The digest of the program, the templates and the configuration.
        """
        self._file = file
        self._seen: set[str] = set()
        self._connection: sqlite3.Connection | None = None
        if file is None:
            return
        try:
            self._open(file, fingerprint)
        except (sqlite3.Error, OSError):
            self._drop()

    def get(self, kind: str, name: str, key: bytes) -> bytes | None:
        """Return what was put under exactly *key*, or nothing."""
        self._seen.add(name)
        if self._connection is None:
            return None
        query = "SELECT value FROM made WHERE kind = ? AND name = ? AND key = ?"
        try:
            found = self._connection.execute(query, (kind, name, key)).fetchone()
        except sqlite3.Error:
            self._drop()
            return None
        return None if found is None else bytes(found[0])

    def load(self, kind: str, name: str, key: bytes) -> bytes:
        """Return what was found before in the same build.

        Raises:
            CacheLostError: The file broke in between.
        """
        found = self.get(kind, name, key)
        if found is None:
            raise CacheLostError(str(self._file))
        return found

    def put(self, kind: str, name: str, key: bytes, value: bytes) -> None:
        """Keep *value* in the place of what *name* had before."""
        self._seen.add(name)
        if self._connection is None:
            return
        try:
            self._connection.execute("INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?)", (kind, name, key, value))
        except sqlite3.Error:
            self._drop()

    def remember(self, kind: str, name: str, key: bytes, make: Callable[[], bytes]) -> bytes:
        """Return what was put under *key*, or make and keep it."""
        found = self.get(kind, name, key)
        if found is None:
            found = make()
            self.put(kind, name, key, found)
        return found

    def close(self) -> None:
        """Forget the names that this build did not ask for, and write the rest to the disk."""
        if self._connection is None:
            return
        try:
            names = {name for (name,) in self._connection.execute("SELECT name FROM made")}
            gone = [(name,) for name in names - self._seen]
            self._connection.executemany("DELETE FROM made WHERE name = ?", gone)
            self._connection.commit()
            self._connection.close()
            self._connection = None
        except sqlite3.Error:
            self._drop()

    def _open(self, file: Path, fingerprint: str) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        connection = self._connection = sqlite3.connect(file, timeout=_WAIT_SECONDS)
        connection.execute("PRAGMA synchronous = OFF")  # Lost in a power cut, it is made anew.
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.executescript(_TABLES)
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("SELECT fingerprint FROM environment").fetchall() != [(fingerprint,)]:
            connection.execute("DELETE FROM made")
            connection.execute("DELETE FROM environment")
            connection.execute("INSERT INTO environment VALUES (?)", (fingerprint,))

    def _drop(self) -> None:
        """Go on without; a file that is broken goes away, one that another build holds stays."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None


NO_CACHE = Cache(None, "")
"""Never has anything."""
