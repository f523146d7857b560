"""The official document that a post spreads, and how it is cited: on screen, in announcements and in papers alike."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from campaign.core.clock import format_document_day

LONGEST_SOURCE_TEXT = 500
"""Characters of what names a source document: a body, a position, a recipient …"""

LONGEST_SOURCE_SUBJECT = 2000
UNKNOWN = "(chưa rõ)"
"""What a draft says in place of an issuer or a subject that nobody has typed yet."""

UNTITLED = "Văn bản chưa đặt tên"
UNVERIFIED = "Bài tóm tắt, chưa đối chiếu với toàn văn văn bản."
"""What is told, wherever a post speaks for its source document, while nobody has compared the two."""

_KINDS = {
    "BB": "Biên bản",
    "BC": "Báo cáo",
    "CĐ": "Công điện",
    "CT": "Chỉ thị",
    "CTr": "Chương trình",
    "HD": "Hướng dẫn",
    "KH": "Kế hoạch",
    "KL": "Kết luận",
    "NQ": "Nghị quyết",
    "NĐ": "Nghị định",
    "QC": "Quy chế",
    "QĐ": "Quyết định",
    "TB": "Thông báo",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "TTr": "Tờ trình",
}
"""The kinds of documents by the abbreviations in their symbols (Decree 30/2020, annex III, and the law on laws)."""
_ABBREVIATION = re.compile(r"[^\W\d_]+")
_SAID_WHEN_KNOWN = ("kind", "superior", "signer", "position", "recipients", "file", "url")


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """An official document. A plan may reach the editor with number and day still blank.

    Attributes:
        kind: "Thông báo", "Quyết định"; "Công văn" for a letter, which names no kind itself.
        superior: The body above the issuer, as the letterhead names it.
        position: The signer's, with the authority to sign: "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC".
        file: Its full text, a file of the content folder.
        url: Where its full text is, when that is elsewhere.
    """

    issuer: str
    subject: str
    number: str | None = None
    issued_on: date | None = None
    kind: str | None = None
    superior: str | None = None
    signer: str | None = None
    position: str | None = None
    recipients: tuple[str, ...] = ()
    file: str | None = None
    url: str | None = None

    @property
    def known_kind(self) -> str | None:
        """Its kind: as it is declared, else by the abbreviation in its symbol; a letter or a law tells none there."""
        return self.kind or find_kind(self.number or "")

    @property
    def name(self) -> str:
        """Its kind and number: ``Thông báo số 485/TB-VPCP``."""
        return f"{self.known_kind or 'Văn bản'} {f'số {self.number}' if self.number else 'chưa ghi số'}"

    def format(self) -> str:
        """Cite it on a line: ``Thông báo số 485/TB-VPCP ngày 15/9/2025 của Văn phòng Chính phủ``."""
        day = self.issued_on
        month = f"{day.month:02}" if day and day < date(day.year, 3, 1) else str(day and day.month)
        told = f" ngày {day.day:02}/{month}/{day.year}" if day else ", chưa ghi ngày,"
        return f"{self.name}{told} của {self.issuer}"

    def format_in_paper(self) -> str:
        """Cite it as papers do: ``Thông báo số 485/TB-VPCP ngày 15 tháng 9 năm 2025 của Văn phòng Chính phủ``."""
        day = f" {format_document_day(self.issued_on)}" if self.issued_on else ""
        return f"{self.name}{day} của {self.issuer}"

    def to_facts(self) -> dict[str, object]:
        """Return its facts for a revision's document; what newer programs ask for is there only when it is said.

        So a revision that does not say it keeps the digest that people confirmed.
        """
        facts: dict[str, object] = {
            "number": self.number,
            "issuer": self.issuer,
            "issued_on": self.issued_on and self.issued_on.isoformat(),
            "subject": self.subject,
        }
        said = {name: getattr(self, name) for name in _SAID_WHEN_KNOWN}
        return facts | {name: value for name, value in said.items() if value}


def find_kind(number: str) -> str | None:
    """Return the kind that the abbreviation in a symbol tells, wherever it is: ``57-NQ/TW``, ``105/2025/NĐ-CP``."""
    return next((_KINDS[part] for part in _ABBREVIATION.findall(number) if part in _KINDS), None)


def source_from_facts(facts: Mapping[str, Any]) -> SourceDocument:
    """Read the facts back.

    Raises:
        KeyError: One is missing; so with the others that other facts raise.
    """
    return SourceDocument(
        issuer=facts["issuer"],
        subject=facts["subject"],
        number=facts["number"],
        issued_on=facts["issued_on"] and date.fromisoformat(facts["issued_on"]),
        recipients=tuple(facts.get("recipients", ())),
        **{name: facts.get(name) for name in _SAID_WHEN_KNOWN if name != "recipients"},
    )
