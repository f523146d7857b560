"""Documents of other forms (``.doc``, ``.rtf``, ``.odt``), turned into ``.docx`` by LibreOffice where there is one."""

import shutil
import subprocess
from pathlib import Path

from campaign.errors.word import LibreOfficeError
from campaign.word.reading.file_kinds import FileKind, kind_of_file

_PROGRAMS = ("soffice", "libreoffice")
_PATIENCE = 120
"""Seconds; its first start on a slow machine takes half a minute."""


def find_kind(document: Path) -> FileKind | None:
    """Return the kind of a file that must go through LibreOffice first; nothing for any other."""
    kind = kind_of_file(document.read_bytes())
    return kind if kind and kind.is_convertible else None


def to_new_form(document: Path, kind: FileKind, folder: Path) -> Path:
    """Convert a document of another *kind* and return the new file, in *folder*.

    Raises:
        LibreOfficeError: LibreOffice is not installed, or could not do it.
    """
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise LibreOfficeError(is_missing=True)
    folder.mkdir()
    copy = folder / f"van-ban.{kind.ending}"
    copy.write_bytes(document.read_bytes())
    profile = (
        f"-env:UserInstallation={(folder / 'ho-so').resolve().as_uri()}"  # Its own: a second one waits for the first.
    )
    options = ["--headless", "--norestore", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(copy)]
    try:
        subprocess.run([program, profile, *options], capture_output=True, timeout=_PATIENCE, check=True)  # noqa: S603
    except (subprocess.SubprocessError, OSError):
        raise LibreOfficeError(is_missing=False) from None
    made = copy.with_suffix(".docx")
    if not made.exists():
        raise LibreOfficeError(is_missing=False)
    return made
