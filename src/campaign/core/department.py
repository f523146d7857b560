"""The department in whose name pages and papers are written: what is true of it for years."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from typing import Any

from campaign.core.post import to_canonical_json

UNSAID = "…"
"""What a paper says where the department's file says nothing: it is to be filled in."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to turn to; each part may be empty."""

    name: str = ""
    telephone: str = ""
    room: str = ""
    mail: str = ""

    def format(self) -> str:
        """Write the contact in a line: ``Văn phòng Sở, điện thoại 0212 3 000 000, phòng 101, thư a@b.vn``."""
        said = (("", self.name), ("điện thoại ", self.telephone), ("phòng ", self.room), ("thư ", self.mail))
        return ", ".join(f"{label}{text}" for label, text in said if text)


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs; the name is empty while it is not known."""

    authority: str = ""
    position: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Department:
    """The department.

    Attributes:
        place: What a paper is dated from: "Sơn La".
        symbol: The department's: Số:      /BC-SNV.
        office_symbol: That of the unit that writes letters: Số:      /SNV-VP.
        office: Whom people turn to, and who gets reports.
        archive: Where papers are kept: "VT, VP".
        days_off: Working days that the department has off in exchange.
        days_worked: Days off on which it works in exchange.
        heads: The mail addresses of the heads of units, by unit; never in the ledger.
    """

    name: str = UNSAID
    superior: str = UNSAID
    place: str = UNSAID
    symbol: str = UNSAID
    office_symbol: str = UNSAID
    office: str = "Văn phòng"
    archive: str = UNSAID
    signer: Signer = Signer(position=UNSAID)
    contact: Contact = Contact()
    days_off: tuple[date, ...] = ()
    days_worked: tuple[date, ...] = ()
    heads: Mapping[str, str] = field(default_factory=dict)

    def to_document(self) -> bytes:
        """Return the department's document as canonical JSON: all but the addresses of people."""
        return to_canonical_json(to_facts(replace(self, heads={})))


def department_from_document(document: bytes) -> Department:
    """Read a department's document back.

    Raises:
        ValueError: The bytes are not a department's document.
    """
    try:
        facts: Mapping[str, Any] = json.loads(document)
        days = {name: tuple(map(date.fromisoformat, facts.get(name, ()))) for name in ("days_off", "days_worked")}
        parts = {"signer": Signer(**facts.get("signer", {})), "contact": Contact(**facts.get("contact", {}))}
        return Department(**{**facts, **days, **parts})
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        message = f"not a department's document: {error!r}"
        raise ValueError(message) from error


def to_facts(value: object) -> Any:  # noqa: ANN401 - any value of JSON
    """Return a value as JSON takes it, without whatever is not said."""
    if is_dataclass(value):
        named = {field.name: getattr(value, field.name) for field in fields(value)}
        return {name: to_facts(inner) for name, inner in named.items() if inner}
    if isinstance(value, tuple):
        return [to_facts(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
