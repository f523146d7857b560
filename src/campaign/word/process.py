"""A document converted in a process of its own, whose time and memory are limited: see :mod:`campaign.limited`."""

from pathlib import Path

from campaign.errors.word import WordEffortError, WordKindError, WordLossError
from campaign.limited import EffortError, run_limited
from campaign.word.conversion import Conversion, from_json
from campaign.word.libreoffice import find_kind, to_new_form
from campaign.word.loss import LEAST_KEPT


def convert_file(
    document: Path, folder: Path, *, accepts_loss: bool = False, uses_libreoffice: bool = True
) -> Conversion:
    """Convert a document, ``.doc``, ``.rtf`` and ``.odt`` too where LibreOffice is installed.

    Args:
        document: The file.
        folder: An empty folder; the pictures are left in it.
        accepts_loss: Whether words may be missing from the post.
        uses_libreoffice: Whether LibreOffice, which knows no limits of ours, may read the file.

    Raises:
        CampaignError: Why the document is refused.
    """
    if kind := find_kind(document):
        if not uses_libreoffice:
            raise WordKindError(kind.what, kind.advice)
        document = to_new_form(document, kind, folder / "libreoffice")
    found = _convert(document, folder)
    if found.loss.kept < LEAST_KEPT and not accepts_loss:
        raise WordLossError(found.loss.kept, found.loss.missing)
    return found


def _convert(document: Path, folder: Path) -> Conversion:
    try:
        return from_json(run_limited("campaign.word", str(document), str(folder)).decode())
    except EffortError:
        raise WordEffortError from None
