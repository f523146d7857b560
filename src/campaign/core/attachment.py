"""A file that readers are shown with a post: it is part of what they confirm."""

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass

_KINDS = {
    ".csv": ("CSV", "text/csv"),
    ".doc": ("Word", "application/msword"),
    ".docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".gif": ("hình", "image/gif"),
    ".jpeg": ("hình", "image/jpeg"),
    ".jpg": ("hình", "image/jpeg"),
    ".odt": ("OpenDocument", "application/vnd.oasis.opendocument.text"),
    ".ods": ("OpenDocument", "application/vnd.oasis.opendocument.spreadsheet"),
    ".pdf": ("PDF", "application/pdf"),
    ".png": ("hình", "image/png"),
    ".ppt": ("PowerPoint", "application/vnd.ms-powerpoint"),
    ".pptx": ("PowerPoint", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ".svg": ("hình", "image/svg+xml"),
    ".txt": ("văn bản thuần", "text/plain"),
    ".webp": ("hình", "image/webp"),
    ".xls": ("Excel", "application/vnd.ms-excel"),
    ".xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".zip": ("ZIP", "application/zip"),
}
"""What files are called and served as, by their ending; told here, because each system has a list of its own."""
_KILO = 1000


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as readers get it.

    Attributes:
        path: Where it lies, relative to the content folder, with ``/``.
        size: Its length in bytes.
        digest: Its SHA-256, in hexadecimal.
    """

    path: str
    size: int
    digest: str

    @property
    def name(self) -> str:
        """The file's own name."""
        return posixpath.basename(self.path)

    @property
    def kind(self) -> str:
        """What it is, in a word."""
        ending = posixpath.splitext(self.path)[1].casefold()
        return _KINDS[ending][0] if ending in _KINDS else ending.removeprefix(".").upper() or "tệp"

    @property
    def media_type(self) -> str:
        """The same for programs."""
        return _KINDS.get(posixpath.splitext(self.path)[1].casefold(), ("", "application/octet-stream"))[1]

    @property
    def is_picture(self) -> bool:
        """Whether it is seen in the text, and need not be listed below it."""
        return self.kind == "hình"

    def format(self) -> str:
        """Say what it is and how large: ``phu-luc.pdf (PDF, 214 kB)``."""
        return f"{self.name} ({self.kind}, {format_size(self.size)})"


def format_size(size: int) -> str:
    """Write a length in bytes as people read it: ``7,1 MB``."""
    if size < _KILO:
        return f"{size} byte"
    if size < 1000 * _KILO:
        return f"{round(size / _KILO)} kB"
    return f"{size / _KILO / _KILO:.1f} MB".replace(".", ",")


def find_changed(old: Iterable[Attachment], new: Iterable[Attachment]) -> list[str]:
    """Return the paths of the files that came, went or have another content."""
    return sorted({file.path for file in set(old) ^ set(new)})
