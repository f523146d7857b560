"""The Office's pages of the sheets on which people sign."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from markupsafe import Markup

from campaign.core.paper import Sheet
from campaign.core.post import Post
from campaign.core.roster import Member


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit with how many of its people are outstanding."""

    name: str
    outstanding: int


@dataclass(frozen=True, slots=True)
class SheetsPage:
    """Where sheets are printed, and those that were."""

    template: ClassVar[str] = "office_sheets.html"
    title: ClassVar[str] = "Phiếu ký trên giấy"
    post: Post
    units: tuple[UnitLine, ...]
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of a sheet.

    Attributes:
        member: Who stands on it; nothing for who is off the roster.
        confirmed_at: When that person's confirmation was received, or nothing.
    """

    number: int
    member: Member | None
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """A sheet as it is printed; the QR code leads to where it is entered."""

    sheet: Sheet
    lines: tuple[SheetLine, ...]
    qr: Markup


@dataclass(frozen=True, slots=True)
class PrintedSheetsPage:
    """Sheets of a unit, to be printed."""

    template: ClassVar[str] = "printed_sheets.html"
    title: ClassVar[str] = "Phiếu ký xác nhận đã đọc"
    post: Post
    digest: str
    sheets: tuple[PrintedSheet, ...]


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A sheet, to be entered.

    Attributes:
        typed: What was entered and could not be recorded, by field; empty texts at first.
    """

    template: ClassVar[str] = "office_sheet.html"
    title: ClassVar[str] = "Nhập phiếu đã ký"
    sheet: Sheet
    post: Post
    lines: tuple[SheetLine, ...]
    typed: Mapping[str, str]
    problem: str | None = None
    remedy: str | None = None
