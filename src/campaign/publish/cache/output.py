"""The folder into which a site is built: what an earlier build left in it need not be written again.

Making a file costs more than all that goes into it, so a folder that no reader sees any more is taken up again: files
that the new site has too stay where they are, others go, and what is new is put among them. A file is believed to hold
what we wrote only while its number, size and both its times are those that were noted when it was written.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from campaign.posts.compression import COMPRESSED

Mark = list[int]
"""Number, size, and the times of the last change of content and of entry, in nanoseconds; of one file or of two."""


@dataclass(slots=True)
class Output:
    """Where a site is built.

    Attributes:
        fresh: The folder that the engine fills; it is emptied first.
        old: A folder that an earlier build filled and that is not needed as it is; it need not exist.
        records: Where is noted what was written into which folder; nothing when no folder is to be taken up again.
    """

    fresh: Path
    old: Path
    records: Path | None
    _noted: dict[str, tuple[str, Mark]] = field(default_factory=dict)
    _kept: set[str] = field(default_factory=set)
    _written: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read what was noted of the old folder."""
        try:
            noted = json.loads(_record_of(self.records, self.old).read_bytes()) if self.records else {}
            self._noted = {path: (key, mark) for path, (key, mark) in noted.items()}
        except (OSError, ValueError, TypeError):
            self._noted = {}

    def keeps(self, path: str, key: str) -> bool:
        """Say whether the old folder holds the file *path* as it was made from *key*; it need not be written then."""
        self._written[path] = key
        found = self._noted.get(path)
        if found is None or found[0] != key or _mark(f"{self.old}/{path}") != found[1] or not found[1]:
            return False
        self._kept.add(path)
        return True

    def merge(self) -> list[str]:
        """Put what was kept and what is new together in the fresh folder, and return the paths of what is new."""
        new = sorted(_list_files(self.fresh))
        if self.records is None or not self._kept:
            return new
        _record_of(self.records, self.old).unlink()  # A merge that is cut short is not to be believed.
        kept = self._kept | {path + COMPRESSED for path in self._kept}
        for path in set(_list_files(self.old)) - kept - set(new):
            (self.old / path).unlink()
            with suppress(OSError):  # The first folder that is not empty.
                for folder in (self.old / path).parents:
                    folder.rmdir()
        for path in new:
            (self.old / path).parent.mkdir(parents=True, exist_ok=True)
            (self.fresh / path).replace(self.old / path)
        shutil.rmtree(self.fresh)
        self.old.rename(self.fresh)
        return new

    def note(self) -> None:
        """Note what the fresh folder holds, once nothing in it changes any more."""
        if self.records is None:
            return
        self.records.mkdir(parents=True, exist_ok=True)
        marks = {
            path: self._noted[path] if path in self._kept else (key, _mark(f"{self.fresh}/{path}"))
            for path, key in self._written.items()
        }
        _record_of(self.records, self.fresh).write_text(json.dumps(marks), "utf-8")


def _list_files(folder: Path) -> Iterator[str]:
    """Yield the path of every file below *folder*, relative to it. Paths as text: there may be tens of thousands."""
    for place, _, names in os.walk(folder):
        below = os.path.relpath(place, folder)
        yield from (name if below == "." else f"{below}/{name}" for name in names)


def _mark(file: str) -> Mark:
    """Return the mark of a file and of its compressed copy; of a missing one, nothing."""
    mark: Mark = []
    for path in (file, file + COMPRESSED):
        try:
            found = os.lstat(path)
        except OSError:
            continue
        mark += [found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns]
    return mark


def _record_of(records: Path, folder: Path) -> Path:
    """Return where is noted what *folder* holds: by its number, which it keeps when it is renamed."""
    found = folder.stat()
    return records / f"output-{found.st_dev}-{found.st_ino}.json"
