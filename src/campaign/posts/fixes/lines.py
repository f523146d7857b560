"""The lines of a text while its blocks are put right."""

import re
from dataclasses import dataclass, replace

ITEM = re.compile(r"(?P<mark>[-*+]|\d{1,9}\.)[ \t]+(?=\S)")
BULLET = re.compile(r"[•●▪■◆◦‣·➢➤❖\uf000-\uf0ff][ \t]*(?=\S)|[–—][ \t]+(?=\S)|[-–—+](?=[^\W\d_])")
"""Marks of lists in Word, those of its symbol fonts too; a dash is one only where another line begins with one, too."""
LABEL = re.compile(
    r"""(?:[a-zđ]|[ivx]{1,5}|\d{1,3})\)[ \t]*(?=\S)          # a) 1)
    |\((?:[a-zđ]|[ivx]{1,5}|\d{1,3})\)[ \t]*(?=\S)         # (a) (1)
    |(?:[a-zđ]|[ivx]{1,5})\.[ \t]+(?=\S)                    # a. II.
    |\d{1,3}\.(?=[^\W\d_])                                  # 1.Việc
    |\d{1,3}(?:\.\d{1,3})+\.?[ \t]+(?=\S)                  # 1.2. or 1.2
    |\d{1,3}/[ \t]+(?=\S)                                   # 1/
    |(?:Bước|Chương|Điều|Khoản|Mục|Phần)[ ][\w.]{1,5}[.:][ ] # Điều 1.
    |[✓✔☑☐→][ \t]*(?=\S)
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What counts the points of a document where Markdown has no list for it; only where another line has such a label."""
HEADING = re.compile(r"#{1,6}(?!#)")
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}[ \t]*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line.

    Attributes:
        number: Which line of the text it comes from, from 1.
        text: What it holds by now.
        is_kept: Whether it stays as it is: code, or HTML.
    """

    number: int
    text: str
    is_kept: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether it holds nothing."""
        return not self.text.strip()

    @property
    def indent(self) -> int:
        """How far it is indented, in characters; a tab reaches to the next multiple of four."""
        expanded = self.text.expandtabs(4)
        return len(expanded) - len(expanded.lstrip(" "))

    @property
    def words(self) -> str:
        """What it holds without its indent."""
        return self.text.strip(" \t")

    def at(self, indent: int, words: str = "") -> "Line":
        """Return it with another indent, and other words if there are any."""
        return replace(self, text=" " * indent + (words or self.text.lstrip(" \t")))


def match_item(line: Line) -> re.Match[str] | None:
    """Return the mark of a list's item at the start of a line; nothing for a rule of dashes or stars."""
    return None if _RULE.fullmatch(line.words) else ITEM.match(line.words)
