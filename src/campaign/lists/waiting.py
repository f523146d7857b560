"""A list that was handed in and waits for decisions: without the columns that must not be kept."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from campaign.lists.cells import convert_letters
from campaign.lists.choices import Choices, Words
from campaign.lists.privacy import Refusal, drop_columns, find_refusals
from campaign.lists.sheets import Sheet, from_json, to_json
from campaign.lists.tables import HEADING_ROWS, SheetChoice, find_table


@dataclass(frozen=True, slots=True)
class WaitingList:
    """What is kept of a file until its list is applied.

    Attributes:
        digest: The SHA-256 of the file.
        sheets: Its sheets, without what must not be kept.
        refused: The columns that were dropped.
        choices: What was decided about it so far.
    """

    digest: str
    sheets: tuple[Sheet, ...] = field(repr=False)
    refused: tuple[Refusal, ...] = ()
    choices: Choices = field(default_factory=Choices)

    def to_bytes(self) -> bytes:
        """Write it so that `from_bytes` reads it."""
        facts = {
            "digest": self.digest,
            "refused": [(refusal.name, refusal.what) for refusal in self.refused],
            "choices": self.choices.to_facts(),
            "sheets": to_json(self.sheets),
        }
        return zlib.compress(json.dumps(facts, ensure_ascii=False).encode(), 1)

    @classmethod
    def from_bytes(cls, content: bytes) -> "WaitingList":
        """Read what `to_bytes` wrote."""
        facts = json.loads(zlib.decompress(content))
        refused = tuple(Refusal(-1, name, what) for name, what in facts["refused"])
        return cls(facts["digest"], from_json(facts["sheets"]), refused, Choices.from_facts(facts["choices"]))


def keep_list(digest: str, sheets: Sequence[Sheet], words: Words) -> WaitingList:
    """Return what may be kept of a file; nobody sees hidden sheets, so nothing of them is kept.

    Args:
        digest: The SHA-256 of the file.
        sheets: Its sheets.
        words: What the words of lists mean, as chosen before.
    """
    kept, refused = [], []
    for sheet in sheets:
        if sheet.is_hidden:
            kept.append(replace(sheet, rows=[], marks={}))
            continue
        table = find_table(convert_letters(sheet)[0], words.headings, SheetChoice())
        if table is None:
            top = sheet.rows[:HEADING_ROWS]
            width = max(map(len, top), default=0)
            headings = [" ".join(row[at] for row in top if at < len(row)) for at in range(width)]
            found = list(find_refusals(sheet, 0, headings, ()))
        else:
            found = list(find_refusals(table.sheet, table.body, table.headings, table.taken))
        refused += found
        places = {refusal.place for refusal in found}
        kept.append(drop_columns(sheet, table.body if table else 0, places) if places else sheet)
    return WaitingList(digest, tuple(kept), tuple(refused))
