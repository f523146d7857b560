"""The static pages: the built site in memory, each file with its entity tag, compressed as the build wrote it.

A look reads the whole site into a new table, which then takes the place of the old one: nobody is served half of one
site and half of another, and neither a request nor the state of the database makes the recorder touch the disk.
"""

import gzip
import logging
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from campaign.errors.access import PageNotFoundError
from campaign.posts.compression import COMPRESSED, is_to_be_compressed, read_compressed
from campaign.posts.manifest import MANIFEST_FILE

IN_MEMORY_UP_TO_BYTES = 5 * 1024 * 1024

_COMPRESSIBLE = ("text/", "image/svg+xml", "application/json", "application/xml", "application/rss", "application/atom")
_INDEX = "index.html"
_MISSING = "/404.html"
_DIGEST_IN_NAME = re.compile(r"/assets/[0-9a-f]{16}/[^/]+$")
"""What the theme brings: another content is in a folder of another name."""
_FOREVER = "public, max-age=31536000, immutable"

_log = logging.getLogger(__name__)

RawHeaders = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Representation:
    """A file in one of the two ways in which it is sent, plain or compressed.

    Attributes:
        etag: A strong entity tag: the same only for the same bytes.
        headers: What an answer with it says; one to HEAD says the same.
    """

    etag: str
    headers: RawHeaders
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of the site in the ways in which it is sent; the same one twice when compressing would not help."""

    plain: Representation
    compressed: Representation


Table = Mapping[str, StoredFile | None]
"""The files by the path of their address; nothing for one that is too large to be kept in memory."""


class StaticSite:
    """Serves the built site as it was at the last look that found it whole."""

    def __init__(self, folder: Path) -> None:
        """Read what is in *folder*; it need not hold a site yet."""
        self._folder = folder
        self._large = StaticFiles(directory=folder, check_dir=False)
        self._table: Table = {}
        self._seen: tuple[int, int] | None = None
        self._read(look_at_manifest(folder))

    def look(self) -> None:
        """Read the site again when its manifest is another; while a new one is being put in place, keep the last."""
        found = look_at_manifest(self._folder)
        if found is not None and found != self._seen:
            self._read(found)

    def __contains__(self, path: str) -> bool:
        """Say whether a file of the site has that address."""
        return path in self._table

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the file, with word that it is unchanged, with the way to it, or with the site's 404 page."""
        if scope["method"] not in {"GET", "HEAD"}:
            raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": "GET, HEAD"})
        path, table = scope["path"], self._table
        file = table.get(path)
        if file is not None:
            await _send_file(scope, send, file, HTTPStatus.OK)
        elif path in table:
            await self._large(scope, receive, send)
        elif f"{path}/" in table:
            query = scope["query_string"].decode("latin-1")
            await RedirectResponse(f"{path}/" + (f"?{query}" if query else ""))(scope, receive, send)
        elif (missing := table.get(_MISSING)) is not None:
            await _send_file(scope, send, missing, HTTPStatus.NOT_FOUND)
        else:
            raise PageNotFoundError

    def _read(self, found: tuple[int, int] | None) -> None:
        """Put a new table in place, unless the site was replaced while it was read: the next look tries again."""
        try:
            table = read_files(self._folder)
        except OSError as error:
            _log.warning("site not read: %s", error)
            return
        if look_at_manifest(self._folder) == found:
            self._table, self._seen = table, found


def look_at_manifest(folder: Path) -> tuple[int, int] | None:
    """Return what tells one manifest of a site from another: it is written last, and at one stroke."""
    try:
        found = (folder / MANIFEST_FILE).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino


def read_files(folder: Path) -> Table:
    """Read every file, but follow no link out of the folder."""
    table: dict[str, StoredFile | None] = {}
    for path in sorted(folder.rglob("*")):
        is_beside_another = path.suffix == COMPRESSED and path.with_suffix("").is_file()
        if path.is_symlink() or not path.is_file() or is_beside_another:
            continue
        address = f"/{path.relative_to(folder).as_posix()}"
        table[address] = None if path.stat().st_size > IN_MEMORY_UP_TO_BYTES else read_file(path)
        if path.name == _INDEX:
            table[address.removesuffix(_INDEX)] = table[address]
    return table


def read_file(path: Path) -> StoredFile:
    """Read a file of the site, with its compressed form where the build wrote one or it helps."""
    body = path.read_bytes()
    kind, encoding = mimetypes.guess_type(path.name)
    kind = "application/octet-stream" if kind is None or encoding else kind
    digest = sha256(body).hexdigest()
    kept = _FOREVER if _DIGEST_IN_NAME.search(path.as_posix()) else ""
    plain = _to_representation(kind, f'"{digest}"', body, kept=kept)
    if not is_to_be_compressed(path, len(body)):
        return StoredFile(plain, plain)
    compressed = read_compressed(path, body) or gzip.compress(body, mtime=0)
    tag = f'"{sha256(compressed).hexdigest()}-gzip"'
    return StoredFile(plain, _to_representation(kind, tag, compressed, "gzip", kept=kept))


def _to_representation(kind: str, etag: str, body: bytes, encoding: str = "", *, kept: str = "") -> Representation:
    is_text = kind.startswith(_COMPRESSIBLE)
    headers = {
        "Content-Type": f"{kind}; charset=utf-8" if is_text else kind,
        "Content-Length": str(len(body)),
        "ETag": etag,
        "Vary": "Accept-Encoding",
        **({"Content-Encoding": encoding} if encoding else {}),
        **({"Cache-Control": kept} if kept else {}),
    }
    return Representation(etag, Headers(headers).raw, body)


async def _send_file(scope: Scope, send: Send, file: StoredFile, status: HTTPStatus) -> None:
    headers = Headers(scope=scope)
    representation = file.compressed if _takes_gzip(headers.get("accept-encoding", "")) else file.plain
    # A proxy may have made the tags weak.
    known = [tag.strip().removeprefix("W/") for tag in headers.get("if-none-match", "").split(",")]
    is_known = status is HTTPStatus.OK and (known == ["*"] or representation.etag in known)
    if is_known:
        status = HTTPStatus.NOT_MODIFIED
    sent = representation.headers
    if is_known:  # It has no body, and a server that is told of one refuses to send none.
        sent = [header for header in sent if not header[0].startswith(b"content-")]
    await send({"type": "http.response.start", "status": int(status), "headers": sent})
    is_empty = is_known or scope["method"] == "HEAD"
    await send({"type": "http.response.body", "body": b"" if is_empty else representation.body})


def _takes_gzip(accepted: str) -> bool:
    """Say whether gzip is among the encodings, and not with the weight 0."""
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "").rstrip(".0") != "q="
    return False
