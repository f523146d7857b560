"""The outbox: texts that the Office passes on by telephone, Zalo or the document system."""

import csv
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from campaign.core.clock import VIET_NAM
from campaign.core.text import to_cell, to_code_cell
from campaign.remind.texts import Text

_HEADINGS = ("Gửi đến", "Mã", "Đơn vị", "Tiêu đề", "Nội dung")


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """A text with the person that it is for; a head of a unit has no staff code here."""

    recipient: str
    staff_code: str
    unit: str
    text: Text


def write_outbox(folder: Path, messages: Sequence[OutboxMessage], now: datetime, separator: str) -> Path:
    """Write the texts as a CSV file that Excel opens, durably, and return its path; no earlier file is replaced."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator)
    writer.writerow(_HEADINGS)
    for message in messages:
        cells = (message.unit, message.text.subject, message.text.body)
        writer.writerow([to_cell(message.recipient), to_code_cell(message.staff_code), *map(to_cell, cells)])
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"nhac-{now.astimezone(VIET_NAM):%Y-%m-%d-%H%M%S-%f}.csv"
    # Nobody else on the machine reads who is reminded of what.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
        written.write(file.getvalue().encode("utf-8-sig"))
        written.flush()
        os.fsync(written.fileno())
    return path


def find_in_outbox(folder: Path, *words: str) -> list[str]:
    """Return the names of the files that hold one of *words*: a name, a staff code, an address."""
    files = sorted(folder.glob("nhac-*.csv"))
    texts = {file.name: file.read_text("utf-8-sig") for file in files}
    return [name for name, text in texts.items() if any(word in text for word in words if word)]
