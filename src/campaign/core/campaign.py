"""A campaign: what a plan orders, who leads it, by when, on which legal bases, and how long its data is kept.

Posts belong to a campaign and inherit from it. Its document, canonical JSON, goes into the ledger when it is first
seen and at each change, so that a paper prints the campaign as it was at its instant.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from campaign.core.clock import format_document_day
from campaign.core.deadline import Deadline
from campaign.core.department import UNSAID, Contact, to_facts
from campaign.core.dispatch import Channel
from campaign.core.labelled import Labelled
from campaign.core.post import digest_of, to_canonical_json


class Approval(Labelled):
    """Who may publish a post that an editor has written."""

    ONE_PERSON = "one_person", "một người của Văn phòng duyệt và đăng"
    TWO_PERSONS = "two_persons", "người khác duyệt rồi mới đăng"


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan that orders the campaign; it may reach the Office with number and day still blank.

    Attributes:
        item: The part that the campaign follows: "mục II.2".
        subject: The plan's own trích yếu.
    """

    kind: str = "Kế hoạch"
    issuer: str = ""
    number: str = ""
    issued_on: date | None = None
    item: str = ""
    subject: str = ""

    def format(self) -> str:
        """Name the plan: ``Kế hoạch số 12/KH-SNV ngày 1 tháng 10 năm 2025 của Sở Nội vụ``; blanks stay "…"."""
        day = format_document_day(self.issued_on) if self.issued_on else f"ngày {UNSAID}"
        return f"{self.kind} số {self.number or UNSAID} {day} của {self.issuer or UNSAID}"


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal basis in the words of a paper, and the day on which somebody last checked that it is in force."""

    text: str
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class YearlyReport:
    """The report of the year that takes the result up; ``before`` is the first day that is too late for it."""

    name: str
    form: str = ""
    before: date | None = None


@dataclass(frozen=True)
class Campaign:
    """A campaign as the Office declares it.

    Attributes:
        lead_units: Who leads; there may be several.
        cooperating_units: Units, or the plan's own words as one text.
        channels: Where each post must be sent out.
        deadline: What posts inherit that ask for a confirmation.
        bases: The legal bases, without the mark at their end.
        recipients: Who gets the report.
        retention_months: How long personal data is kept after the last deadline.
        contact: Whom to turn to; the department's contact unless it is said.
        closed: Whether the Office has ended the campaign.
    """

    id: str
    title: str
    plan: Plan | None = None
    lead_units: tuple[str, ...] = ()
    cooperating_units: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = tuple(Channel)
    deadline: Deadline | None = None
    bases: tuple[Basis, ...] = ()
    yearly_report: YearlyReport | None = None
    recipients: tuple[str, ...] = ()
    retention_months: int = 12
    approval: Approval = Approval.ONE_PERSON
    contact: Contact | None = None
    closed: bool = False

    def to_document(self) -> bytes:
        """Return the campaign's document: what is said, as canonical JSON."""
        return to_canonical_json(to_facts(self))

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the document, in hexadecimal."""
        return digest_of(self.to_document())


def campaign_from_document(document: bytes) -> Campaign:
    """Read a campaign's document back.

    Raises:
        ValueError: The bytes are not a campaign's document.
    """
    try:
        facts: Mapping[str, Any] = json.loads(document)
        plan, deadline, report = facts.get("plan"), facts.get("deadline"), facts.get("yearly_report")
        texts = ("lead_units", "cooperating_units", "recipients")
        return Campaign(
            id=facts["id"],
            title=facts["title"],
            plan=plan and Plan(**plan | {"issued_on": _day(plan.get("issued_on"))}),
            **{name: tuple(facts.get(name, ())) for name in texts},
            channels=tuple(Channel(name) for name in facts.get("channels", ())),
            deadline=deadline and Deadline(date.fromisoformat(deadline["before"]), deadline["named"]),
            bases=tuple(Basis(basis["text"], _day(basis.get("checked_on"))) for basis in facts.get("bases", ())),
            yearly_report=report and YearlyReport(**report | {"before": _day(report.get("before"))}),
            retention_months=facts["retention_months"],
            approval=Approval(facts["approval"]),
            contact=Contact(**facts["contact"]) if "contact" in facts else None,
            closed=facts.get("closed", False),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        message = f"not a campaign's document: {error!r}"
        raise ValueError(message) from error


def in_order(campaigns: Sequence[Campaign]) -> tuple[Campaign, ...]:
    """Order campaigns by their deadlines, those without one last; equal ones by id."""
    return tuple(sorted(campaigns, key=lambda each: (each.deadline.before if each.deadline else date.max, each.id)))


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
