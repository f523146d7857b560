"""The fields of a document: what Word computes and shows in the place of an instruction."""

import re
from dataclasses import dataclass, field

from campaign.word.reading.markup import VAL, Element, child, flag, number, tag
from campaign.word.reading.symbols import to_sign

_LINK = re.compile(r'\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
_CONTENTS = re.compile(r"\s*TOC\b", re.IGNORECASE)
_SYMBOL = re.compile(r'\s*SYMBOL\s+(0x[0-9a-f]+|\d+)(?:.*\\f\s*"?([^"\\]+))?', re.IGNORECASE)
_BUTTON = re.compile(r"\s*(?:MACROBUTTON|GOTOBUTTON)\s+\S+\s+(.*)", re.IGNORECASE | re.DOTALL)
_SILENT = re.compile(
    r"\s*(?:TC|XE|RD|TA|ASK|SET|PRINT|PRIVATE|ADVANCE|HYPERLINK|PAGE|NUMPAGES|SECTIONPAGES|SECTION|PAGEREF|TOC|INDEX|TOA|"
    r"DATE|TIME|FILENAME|COMMENTS|NEXT|NEXTIF|SKIPIF|FORMTEXT|BIBLIOGRAPHY|INCLUDEPICTURE|MERGEFIELD|IF|REF|DOCPROPERTY|"
    r"SEQ|STYLEREF|ADDIN|EMBED|LINK|SHAPE|TITLE|AUTHOR|SUBJECT|KEYWORDS|NOTEREF)\b|\s*$",
    re.IGNORECASE,
)
"""Fields that show nothing of their own, or nothing where their result is empty."""


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    form: Element | None = None
    has_separator: bool = False
    has_result: bool = False


@dataclass(slots=True)
class Fields:
    """The fields (``w:fldChar``) that are open, the innermost last; they may span paragraphs.

    Attributes:
        unshown: Instructions whose result is nowhere, though Word shows one.
    """

    open: list[_Field] = field(default_factory=list)
    unshown: list[str] = field(default_factory=list)

    def turn(self, mark: Element) -> str:
        """Note that a field begins, shows its result, or ends; return what it shows without a result of its own."""
        kind = mark.get(tag("w:fldCharType"))
        if kind == "begin":
            self.open.append(_Field(form=child(mark, "w:ffData")))
        elif kind == "separate" and self.open:
            self.open[-1].has_separator = True
        elif kind == "end" and self.open:
            return self.end()
        return ""

    def begin(self, instruction: str) -> None:
        """Open a field whose result follows at once (``w:fldSimple``)."""
        self.open.append(_Field(instruction, has_separator=True))

    def end(self) -> str:
        """Close the innermost field; return what it shows without a result of its own."""
        ended = self.open.pop()
        return "" if ended.has_result else self._show(ended)

    def instruct(self, text: str) -> None:
        """Add to the instruction of the innermost field."""
        if self.open:
            self.open[-1].instruction += text

    def note_result(self) -> None:
        """Note that something is shown."""
        for each in self.open:
            each.has_result = True

    @property
    def is_open(self) -> bool:
        """Whether a field is open."""
        return bool(self.open)

    @property
    def shows(self) -> bool:
        """Whether what comes now is on the page: no instruction is open."""
        return all(each.has_separator for each in self.open)

    @property
    def link(self) -> str:
        """The address that the text leads to, or ""."""
        found = (_LINK.match(each.instruction) for each in reversed(self.open))
        return next((match.group(1) for match in found if match), "")

    @property
    def is_contents(self) -> bool:
        """Whether the text belongs to a table of contents that Word made."""
        return any(_CONTENTS.match(each.instruction) for each in self.open)

    def _show(self, ended: _Field) -> str:
        text = ended.instruction
        if (box := child(ended.form, "w:checkBox")) is not None:
            checked = flag(box, "w:checked")
            return "☒" if (flag(box, "w:default") if checked is None else checked) else "☐"
        if (choice := child(ended.form, "w:ddList")) is not None:
            entries = [entry.get(VAL, "") for entry in choice.findall(tag("w:listEntry"))]
            at = number(choice, "w:result") or 0
            return entries[at] if at < len(entries) else ""
        if found := _SYMBOL.match(text):
            code = int(found.group(1), 0)
            return to_sign(found.group(2) or "Symbol", code) or chr(code)
        if found := _BUTTON.match(text):
            return found.group(1).strip()
        if not _SILENT.match(text):
            self.unshown.append(" ".join(text.split()))
        return ""
