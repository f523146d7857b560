"""Documents of the old form (``.doc``), turned into the new one by LibreOffice where it is installed."""

import shutil
import subprocess
from pathlib import Path

from campaign.errors.word import LibreOfficeError
from campaign.word.reading.file_kinds import COMPOUND, ENCRYPTED

_PROGRAMS = ("soffice", "libreoffice")
_PATIENCE = 120
"""Seconds; its first start on a slow machine takes half a minute."""


def is_old_form(document: Path) -> bool:
    """Say whether a file is a ``.doc``, whatever its name; a ``.docx`` with a password begins the same way."""
    data = document.read_bytes()
    return data.startswith(COMPOUND) and ENCRYPTED not in data


def to_new_form(document: Path, folder: Path) -> Path:
    """Convert a ``.doc`` and return the new file, in *folder*.

    Raises:
        LibreOfficeError: LibreOffice is not installed, or could not do it.
    """
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise LibreOfficeError(is_missing=True)
    folder.mkdir()
    copy = folder / "van-ban.doc"
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
