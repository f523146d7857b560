"""A disk that forgets: what is on it when the power is cut, after some writes and syncs.

Only what was synced is sure to be there. Of everything else each sector of 512 bytes, each new length and each name is
there or not, whatever came before or after it: a disk writes in any order, and stops anywhere. The names of files last
once their folder was synced. What a sync failed to write never gets there, as on Linux, where the system's cache takes
it for written.
"""

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.trace import Created, Event, Removed, Synced, Truncated, Written

SECTOR = 512


@dataclass(frozen=True, slots=True)
class _Sector:
    number: int
    content: bytes

    def reach(self, content: bytearray) -> None:
        start = self.number * SECTOR
        content.extend(bytes(max(0, start - len(content))))
        content[start : start + len(self.content)] = self.content


@dataclass(frozen=True, slots=True)
class _Length:
    size: int

    def reach(self, content: bytearray) -> None:
        del content[self.size :]
        content.extend(bytes(self.size - len(content)))


@dataclass(slots=True)
class _File:
    """A file as programs see it (*cached*), as it surely is (*durable*), and what is on its way from one to other."""

    cached: bytearray = field(default_factory=bytearray)
    durable: bytearray = field(default_factory=bytearray)
    pending: list[_Sector | _Length] = field(default_factory=list)

    def write(self, offset: int, data: bytes) -> None:
        self.cached.extend(bytes(max(0, offset - len(self.cached))))
        self.cached[offset : offset + len(data)] = data
        for number in range(offset // SECTOR, (offset + len(data) - 1) // SECTOR + 1):
            self.pending.append(_Sector(number, bytes(self.cached[number * SECTOR : (number + 1) * SECTOR])))

    def truncate(self, size: int) -> None:
        length = _Length(size)
        length.reach(self.cached)
        self.pending.append(length)

    def sync(self, *, succeeded: bool) -> None:
        if succeeded:
            for change in self.pending:
                change.reach(self.durable)
        self.pending.clear()


class Disk:
    """The files of one folder, from the moment when all of them were synced."""

    def __init__(self, folder: Path) -> None:
        """Take the files of *folder* as they are."""
        self._folder = str(folder)
        contents = {str(path): path.read_bytes() for path in folder.iterdir() if path.is_file()}
        self._named = {path: _File(bytearray(content), bytearray(content)) for path, content in contents.items()}
        self._durably_named = dict(self._named)
        self._renamed: list[tuple[str, _File | None]] = []

    def follow(self, event: Event) -> None:
        """Let *event* happen."""
        match event:
            case Created(path) if Path(path).parent == Path(self._folder) and path not in self._named:
                self._name(path, _File())
            case Removed(path) if path in self._named:
                del self._named[path]
                self._renamed.append((path, None))
            case Synced(path, succeeded) if path == self._folder:
                if succeeded:
                    self._durably_named = dict(self._named)
                self._renamed.clear()
            case Written(path, offset, data) if path in self._named:
                self._named[path].write(offset, data)
            case Truncated(path, size) if path in self._named:
                self._named[path].truncate(size)
            case Synced(path, succeeded) if path in self._named:
                self._named[path].sync(succeeded=succeeded)
            case _:
                pass

    def cut_power(self, chance: Random, odds: float | None = None) -> dict[str, bytes]:
        """Return what is there, by name, when the power comes back.

        Args:
            chance: Decides what of the unsynced is there.
            odds: How likely each piece of it is; when not given, chance decides that too, for all pieces the same.
        """
        if odds is None:
            odds = chance.choice((0.0, 1.0, chance.random(), chance.random()))
        names = dict[str, _File | None](self._durably_named)
        names.update({path: file for path, file in self._renamed if chance.random() < odds})
        return {Path(path).name: _survive(file, odds, chance) for path, file in names.items() if file}

    def _name(self, path: str, file: _File) -> None:
        self._named[path] = file
        self._renamed.append((path, file))


def _survive(file: _File, odds: float, chance: Random) -> bytes:
    content = bytearray(file.durable)
    stops_at = chance.randrange(len(file.pending) + 1) if odds and chance.random() < 0.25 else None
    for number, change in enumerate(file.pending):
        reaches = number < stops_at if stops_at is not None else chance.random() < odds
        if reaches:
            change.reach(content)
    return bytes(content)
