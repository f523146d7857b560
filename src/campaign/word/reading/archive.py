"""The archive that a Word document is: judged before anything in it is read, then read part by part.

The limits stop what was measured on hostile files: a 328 kB archive that takes 600 MB once parsed, 100,000 entries,
names that climb out of a folder, parts that fetch from elsewhere.
"""

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass

from campaign.errors.base import CampaignError
from campaign.errors.word import (
    WordDamagedError,
    WordExternalError,
    WordKindError,
    WordMacroError,
    WordNameError,
    WordPasswordError,
    WordTooLargeError,
)
from campaign.word.reading.file_kinds import PASSWORD, kind_of_archive, kind_of_file
from campaign.word.reading.markup import Element, parse

LARGEST_FILE = 20 * 2**20
LARGEST_CONTENT = 50 * 2**20
MOST_ENTRIES = 2_000
HIGHEST_RATIO = 100
_SMALL = 2**20
"""Below this many bytes a ratio tells nothing."""

_MAIN = "word/document.xml"
_MACROS = re.compile(r"vbaProject|vbaData|macroEnabled", re.IGNORECASE)
_LOCAL = re.compile(r"(?:file:/*)?[a-z]:[\\/]|file:|[\\/]{2}|[^:\\/]+(?:[\\/][^:]*)?$", re.IGNORECASE)

_NEVER_OPENED = {"attachedTemplate", "image", "oleObject", "package", "frame", "subDocument"}
"""What documents often name on the machine, or the share, where they were written."""

_NOTHING_SHOWN = {"hyperlink", "mailMergeSource", "mailMergeHeaderSource", "recipientData"}
"""What adds nothing to the page: a link waits for its reader's click, a list of addresses for Word."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """What a part refers to by an id.

    Attributes:
        kind: The last word of its type: ``image``, ``hyperlink``, ``styles`` …
        target: A part's name, or an address when *is_external*.
    """

    kind: str
    target: str
    is_external: bool


class Archive:
    """A document's archive, judged safe."""

    def __init__(self, data: bytes) -> None:
        """Judge *data* by the table of contents alone.

        Raises:
            CampaignError: Why it is not read; each reason has a class of its own.
        """
        if len(data) > LARGEST_FILE:
            reason = f"tệp nặng {len(data) // 2**20} MB, tối đa {LARGEST_FILE // 2**20} MB"
            raise WordTooLargeError(reason)
        if kind := kind_of_file(data):
            raise WordPasswordError if kind is PASSWORD else WordKindError(kind.what, kind.advice)
        _judge_count(data)
        try:  # What zipfile does not know of the form of an archive, it says with NotImplementedError.
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError):
            raise WordDamagedError from None
        self._entries = {info.filename: info for info in self._zip.infolist()}
        self._related: dict[str, dict[str, Relationship]] = {}
        _judge_entries(list(self._entries.values()))
        self.main = self._find_main()
        self._judge_parts()

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a part, or nothing when it is not there."""
        info = self._entries.get(name)
        if info is None:
            return None
        try:
            return self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            raise WordDamagedError(name) from None

    def parse(self, name: str | None) -> Element | None:
        """Read a part as XML; nothing when it is not there."""
        data = self.read(name) if name else None
        return parse(data, name or "") if data is not None else None

    def relationships(self, part: str) -> dict[str, Relationship]:
        """Return what *part* refers to, by id."""
        if part not in self._related:
            self._related[part] = self._read_relationships(part)
        return self._related[part]

    def _read_relationships(self, part: str) -> dict[str, Relationship]:
        folder, _, name = part.rpartition("/")
        root = self.parse(f"{folder}/_rels/{name}.rels".lstrip("/"))
        found: dict[str, Relationship] = {}
        for element in [] if root is None else list(root):
            is_external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            if not is_external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = element.get("Type", "").rpartition("/")[2]
            found[element.get("Id", "")] = Relationship(kind, target, is_external)
        return found

    def part(self, kind: str) -> str | None:
        """Return the name of the part that the main part names by *kind*: ``styles``, ``numbering``."""
        found = (item.target for item in self.relationships(self.main).values() if item.kind == kind)
        return next(found, None)

    def _find_main(self) -> str:
        kinds = self.relationships("").values()
        kind = kind_of_archive(self._entries)
        main = next((item.target for item in kinds if item.kind == "officeDocument"), _MAIN)
        if main in self._entries and kind is None:
            return main
        raise WordKindError(kind.what, kind.advice) if kind else WordKindError

    def _judge_parts(self) -> None:
        types = self.read("[Content_Types].xml") or b""
        if any(_MACROS.search(name) for name in self._entries) or _MACROS.search(types.decode("utf-8", "ignore")):
            raise WordMacroError
        for name in self._entries:
            if name.endswith(".rels"):
                folder, _, file = name.removesuffix(".rels").rpartition("_rels/")
                for item in self.relationships(folder + file).values():
                    _judge_relationship(item)


def _judge_relationship(item: Relationship) -> None:
    """Refuse what would be fetched from the net; what is on a machine or a share elsewhere is never opened."""
    if not item.is_external or item.kind in _NOTHING_SHOWN:
        return
    if item.kind in _NEVER_OPENED and _LOCAL.match(item.target):
        return
    raise WordExternalError(item.target)


def _judge_count(data: bytes) -> None:
    """Refuse too many entries before they are listed: the end record of the archive tells their number."""
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or len(data) < end + 22:
        raise WordDamagedError
    count = int.from_bytes(data[end + 10 : end + 12], "little")
    if count > MOST_ENTRIES or data.count(b"PK\x01\x02") > MOST_ENTRIES * 2:
        reason = f"tệp gồm quá nhiều phần, tối đa {MOST_ENTRIES}"
        raise WordTooLargeError(reason)


def _judge_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        reason = f"tệp gồm quá nhiều phần, tối đa {MOST_ENTRIES}"
        raise WordTooLargeError(reason)
    total = sum(info.file_size for info in entries)
    if total > LARGEST_CONTENT:
        reason = f"nội dung giải nén nặng {total // 2**20} MB, tối đa {LARGEST_CONTENT // 2**20} MB"
        raise WordTooLargeError(reason)
    for info in entries:
        if error := _find_fault(info):
            raise error


def _find_fault(info: zipfile.ZipInfo) -> CampaignError | None:
    name = info.filename
    if name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/"):
        return WordNameError(name)
    if info.flag_bits & 1:
        return WordPasswordError()
    if info.file_size > _SMALL and info.file_size > HIGHEST_RATIO * max(info.compress_size, 1):
        return WordTooLargeError(f"phần “{name}” nén quá {HIGHEST_RATIO} lần, thường chỉ có ở tệp bẫy")
    return None
