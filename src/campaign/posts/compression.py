"""The files of a built site compressed beside themselves: servers send ``x.html.gz`` in the place of ``x.html``."""

import shutil
import zlib
from collections.abc import Collection
from pathlib import Path

from deflate import gzip_compress

from campaign.posts.manifest import REVISIONS_FOLDER

COMPRESSED = ".gz"

_SUFFIXES = {".css", ".html", ".ics", ".js", ".json", ".svg", ".txt", ".xml"}
_LEVEL = 6
"""The next one takes a third longer for one percent less."""

_FROM_BYTES = 500
"""Less is sent in one packet anyway."""


def is_to_be_compressed(path: Path, size: int) -> bool:
    """Say whether a file of so many bytes is worth sending compressed; programs ask for a revision's document, once."""
    return size >= _FROM_BYTES and path.suffix in _SUFFIXES and path.parent.name != REVISIONS_FOLDER


def compress_files(site: Path, paths: Collection[str], last: Path) -> None:
    """Write what a server sends to browsers that take gzip beside each file that shrinks.

    Args:
        site: The built site.
        paths: The files, relative to it.
        last: The site before it, from which what did not change is taken; it need not exist.
    """
    done = {path for path in paths if path.endswith(COMPRESSED)}
    for path in paths:
        file, before = site / path, last / path
        if path + COMPRESSED in done or not is_to_be_compressed(file, file.stat().st_size):
            continue
        body = file.read_bytes()
        made = last / (path + COMPRESSED)
        if made.is_file() and before.is_file() and before.read_bytes() == body:
            shutil.copyfile(made, site / (path + COMPRESSED))
        else:
            (site / (path + COMPRESSED)).write_bytes(gzip_compress(body, _LEVEL))


def read_compressed(file: Path, body: bytes) -> bytes | None:
    """Return the compressed file beside *file*, or nothing when it is not *body*: its checksum and length tell."""
    try:
        compressed = file.with_name(file.name + COMPRESSED).read_bytes()
    except OSError:
        return None
    trailer = zlib.crc32(body).to_bytes(4, "little") + (len(body) & 0xFFFFFFFF).to_bytes(4, "little")
    return compressed if compressed.endswith(trailer) else None
