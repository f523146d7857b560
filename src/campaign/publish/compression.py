"""The files of a built site compressed beside themselves: servers send ``x.html.gz`` in the place of ``x.html``."""

import os
import shutil
import zlib
from pathlib import Path

from deflate import gzip_compress

COMPRESSED = ".gz"
_SUFFIXES = {".css", ".html", ".ics", ".js", ".json", ".svg", ".txt", ".xml"}
_LEVEL = 6
"""The next one takes a third longer for one percent less."""

_FROM_BYTES = 500
"""Less is sent in one packet anyway."""


def compress_site(site: Path, last: Path) -> None:
    """Write what a server sends to browsers that take gzip beside each file of *site* that shrinks.

    Args:
        site: The built site.
        last: The site before it, from which what did not change is taken; it need not exist.
    """
    for folder, _, names in os.walk(site):
        place = Path(folder)
        for name in names:
            if Path(name).suffix in _SUFFIXES and f"{name}{COMPRESSED}" not in names:
                _compress(place / name, last / place.relative_to(site) / name)


def read_compressed(file: Path, body: bytes) -> bytes | None:
    """Return what stands compressed beside *file*, or nothing when it is not *body*: its checksum and length tell."""
    try:
        compressed = file.with_name(file.name + COMPRESSED).read_bytes()
    except OSError:
        return None
    trailer = zlib.crc32(body).to_bytes(4, "little") + (len(body) & 0xFFFFFFFF).to_bytes(4, "little")
    return compressed if compressed.endswith(trailer) else None


def _compress(file: Path, before: Path) -> None:
    body = file.read_bytes()
    if len(body) < _FROM_BYTES:
        return
    beside = file.with_name(file.name + COMPRESSED)
    made = before.with_name(before.name + COMPRESSED)
    if made.is_file() and before.is_file() and before.read_bytes() == body:
        shutil.copyfile(made, beside)
    else:
        beside.write_bytes(gzip_compress(body, _LEVEL))
