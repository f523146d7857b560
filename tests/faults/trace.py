"""What a program really wrote and synced, in order, as strace saw it."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CALLS = "openat,pwrite64,write,ftruncate,fsync,fdatasync,unlink"
"""The calls by which SQLite changes files and makes changes last, and the one that acknowledges."""
COMMAND = ("strace", "-f", "-y", "-xx", "-s", "70000", "--seccomp-bpf", "--quiet=attach,exit", f"--trace={CALLS}")


@dataclass(frozen=True, slots=True)
class Created:
    """A file came to be, empty."""

    path: str


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes were written to a file."""

    path: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncated:
    """A file was cut, or filled up with zeros."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """A file, or a folder's list of names, was brought onto the disk; or that failed."""

    path: str
    succeeded: bool


@dataclass(frozen=True, slots=True)
class Removed:
    """A file's name was taken away."""

    path: str


@dataclass(frozen=True, slots=True)
class Said:
    """The program wrote a line to its standard output: there it acknowledges."""

    line: str


Event = Created | Written | Truncated | Synced | Removed | Said

_CALL = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+)")
_UNFINISHED = re.compile(r"(\d+) +(\w+\(.*) <unfinished \.\.\.>$")
_RESUMED = re.compile(r"(\d+) +<\.\.\. \w+ resumed>(.*)$")
_FILE = re.compile(r"(\d+)<((?:\\x..)*)>")
_TEXT = re.compile(r'"((?:\\x..)*)"')


def read_trace(file: Path) -> Iterator[Event]:
    """Give the events in *file*, which ``COMMAND`` wrote."""
    begun: dict[str, str] = {}
    with file.open(encoding="ascii") as lines:
        for line in lines:
            if found := _UNFINISHED.match(line):
                begun[found[1]] = found[2]
                continue
            if found := _RESUMED.match(line):
                line = f"{found[1]} {begun.pop(found[1])}{found[2]}"  # noqa: PLW2901 - the two halves of one call
            if found := _CALL.match(line):
                yield from _to_event(found[2], found[3], int(found[4]))


def _to_event(call: str, arguments: str, result: int) -> Iterator[Event]:
    file, text = _FILE.match(arguments), _TEXT.search(arguments)
    path = os.fsdecode(_to_bytes(file[2])) if file else ""
    match call:
        case "openat" if text and result >= 0 and "O_CREAT" in arguments:
            yield Created(os.fsdecode(_to_bytes(text[1])))
        case "pwrite64" if text and result > 0:
            yield Written(path, int(arguments.rpartition(", ")[2]), _to_bytes(text[1])[:result])
        case "write" if text and file and file[1] == "1":
            yield Said(_to_bytes(text[1]).decode().strip())
        case "ftruncate" if result == 0:
            yield Truncated(path, int(arguments.rpartition(", ")[2]))
        case "fsync" | "fdatasync":
            yield Synced(path, result == 0)
        case "unlink" if text and result == 0:
            yield Removed(os.fsdecode(_to_bytes(text[1])))


def _to_bytes(written: str) -> bytes:
    return bytes.fromhex(written.replace("\\x", ""))
