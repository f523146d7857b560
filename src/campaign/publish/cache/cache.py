"""What a build made, kept for the next one: safe to delete at any time.

A value is found again only under the very key under which it was put, and a key holds the digest of everything that the
value was made from. When the program, the templates or the configuration change, nothing is found.
"""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from campaign.errors.site import CacheLostError

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

    def spare(self, name: str) -> None:
        """Keep what *name* has, though this build may not ask for it: what was made of it is asked for instead."""
        self._seen.add(name)

    @property
    def is_open(self) -> bool:
        """Whether anything can be found or kept."""
        return self._connection is not None

    def has(self, kind: str, name: str, key: bytes) -> bool:
        """Say whether something was put under exactly *key*."""
        return self._ask("1", kind, name, key) is not None

    def get(self, kind: str, name: str, key: bytes) -> bytes | None:
        """Return what was put under exactly *key*, or nothing."""
        found = self._ask("value", kind, name, key)
        return None if found is None else bytes(found)

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

    def _ask(self, column: str, kind: str, name: str, key: bytes) -> Any:  # noqa: ANN401 - what the database gives
        self._seen.add(name)
        if self._connection is None:
            return None
        query = f"SELECT {column} FROM made WHERE kind = ? AND name = ? AND key = ?"  # noqa: S608 - one of two constants
        try:
            found = self._connection.execute(query, (kind, name, key)).fetchone()
        except sqlite3.Error:
            self._drop()
            return None
        return found and found[0]

    def _open(self, file: Path, fingerprint: str) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        if not self._connect(file, fingerprint):
            file.unlink()  # Emptying it would take as much memory as it is large.
            self._connect(file, fingerprint)

    def _connect(self, file: Path, fingerprint: str) -> bool:
        """Open the file, and say whether it is of this program, templates and configuration."""
        connection = self._connection = sqlite3.connect(file, timeout=_WAIT_SECONDS)
        connection.execute("PRAGMA synchronous = OFF")  # Lost in a power cut, it is made again.
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute("PRAGMA page_size = 16384")  # Most values are whole pages of the site.
        connection.execute("PRAGMA cache_size = -16000")  # With 2 MB it read back what it wrote.
        connection.executescript(_TABLES)
        connection.execute("BEGIN IMMEDIATE")
        found = connection.execute("SELECT fingerprint FROM environment").fetchall()
        if found and found != [(fingerprint,)]:
            connection.close()
            return False
        if not found:
            connection.execute("INSERT INTO environment VALUES (?)", (fingerprint,))
        return True

    def _drop(self) -> None:
        """Go on without; a file that is broken goes away, one that another build holds stays."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None


NO_CACHE = Cache(None, "")
"""Never has anything."""
