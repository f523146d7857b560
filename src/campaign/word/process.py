"""A document converted in a process of its own, whose time and memory are limited: see :mod:`limits`."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from campaign.errors.base import CampaignError
from campaign.errors.word import WordEffortError, WordKindError, WordLossError
from campaign.settings import ENVIRONMENT_PREFIX
from campaign.word.conversion import CONVERSION, REFUSAL, Conversion, from_json
from campaign.word.libreoffice import is_old_form, to_new_form
from campaign.word.limits import SECONDS
from campaign.word.loss import LEAST_KEPT
from campaign.word.reading.file_kinds import OLD

_PATIENCE = 3 * SECONDS
"""Seconds on the clock: on a busy machine a process gets less time of the processor than passes."""


def convert_file(
    document: Path, folder: Path, *, accepts_loss: bool = False, uses_libreoffice: bool = True
) -> Conversion:
    """Convert a document, ``.doc`` too where LibreOffice is installed.

    Args:
        document: The file.
        folder: An empty folder; the pictures are left in it.
        accepts_loss: Whether words may be missing from the post.
        uses_libreoffice: Whether LibreOffice, which knows no limits of ours, may read the file.

    Raises:
        CampaignError: Why the document is refused.
    """
    if is_old_form(document):
        if not uses_libreoffice:
            raise WordKindError(OLD)
        document = to_new_form(document, folder / "libreoffice")
    found = _convert(document, folder)
    if found.loss.kept < LEAST_KEPT and not accepts_loss:
        raise WordLossError(found.loss.kept, found.loss.missing)
    return found


def _convert(document: Path, folder: Path) -> Conversion:
    command = [sys.executable, "-m", "campaign.word", str(document), str(folder)]
    try:
        done = subprocess.run(  # noqa: S603  (our own program; the document is an argument, never code)
            command, env=_environment(), capture_output=True, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        raise WordEffortError from None
    if done.returncode == 0:
        return from_json((folder / CONVERSION).read_text(encoding="utf-8"))
    with suppress(FileNotFoundError):
        refusal = json.loads((folder / REFUSAL).read_text(encoding="utf-8"))
        raise next(kind for kind in CampaignError.__subclasses__() if kind.code == refusal["code"])(*refusal["facts"])
    if done.returncode < 0 or b"MemoryError" in done.stderr:
        raise WordEffortError
    raise RuntimeError(done.stderr.decode(errors="replace"))  # A bug of ours: it belongs in the log, whole.


def _environment() -> dict[str, str]:
    """Return the environment without our settings: what reads foreign files needs no secret."""
    return {name: text for name, text in os.environ.items() if not name.startswith(ENVIRONMENT_PREFIX)}
