"""Lists as text: CSV and tabs, in the encodings and separators that Excel writes in Viet Nam."""

import codecs
import csv
import io
import re
from collections import Counter

from campaign.core.legacy import Encoding, decode, guess_encoding, is_syllable
from campaign.core.text import to_nfc
from campaign.errors.roster import RosterFileError
from campaign.lists.files.grid import Grid
from campaign.lists.sheets import Sheet

SEPARATORS = ";,\t|"
_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_SEPARATOR_LINE = re.compile(r"sep=(.)\n", re.IGNORECASE)
"""The first line by which Excel is told the separator."""
_FORCED = re.compile(r'="([^"]*)"|\'(?=[=+@0-9-])(.*)', re.DOTALL)
"""How people and programs force Excel to take a number, or a formula, for text."""


def read_text(file: str, content: bytes) -> Sheet:
    """Return the one sheet of a file of text.

    Raises:
        RosterFileError: Its quotation marks do not match, or it is larger than any list.
    """
    text = io.StringIO(_decode(content), newline=None).read()
    told = _SEPARATOR_LINE.match(text)
    grid = Grid(file, "")
    try:
        rows = csv.reader(io.StringIO(text), delimiter=told[1] if told else _find_separator(text))
        for number, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                forced = _FORCED.fullmatch(cell.strip())
                grid.put(number, column, (forced[1] or forced[2] or "") if forced else cell)
    except csv.Error as error:
        raise RosterFileError(file, "tệp CSV bị hỏng, có thể thiếu một dấu ngoặc kép") from error
    return grid.finish()


def _decode(content: bytes) -> str:
    """Return the text: UTF-16 by its mark or its zeros, else UTF-8, else what Vietnamese Windows calls ANSI.

    Bytes of the fonts from before Unicode stay the Latin letters as which programs show them.
    """
    if content[:2] in _UTF_16:
        return content.decode(_UTF_16[content[:2]], "replace")
    if zeros := [place & 1 for place, byte in enumerate(content[:200]) if not byte]:
        return content.decode("utf-16-le" if sum(zeros) * 2 > len(zeros) else "utf-16-be", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        ansi, latin = to_nfc(content.decode("cp1258", "replace")), content.decode("latin-1")
    encoding = guess_encoding([latin])
    is_legacy = encoding is not Encoding.UNICODE and _count_words(decode(latin, encoding)) > _count_words(ansi)
    return latin if is_legacy else ansi


def _count_words(text: str) -> int:
    return sum(is_syllable(word) for word in set(re.findall(r"[^\W\d_]+", text)))


def _find_separator(text: str) -> str:
    """Return the separator that is found equally often in the most lines: titles hold commas, too."""
    lines = text.split("\n", 200)[:200]

    def weigh(separator: str) -> int:
        """Count the separators in the lines that have as many of them as most lines."""
        times = Counter(count for line in lines if (count := line.count(separator)))
        return max((count * lines for count, lines in times.items()), default=0)

    return max(SEPARATORS, key=weigh)
