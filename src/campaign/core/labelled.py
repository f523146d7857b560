"""Enums whose members carry the words that people read."""

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """A member is its value, as the ledger and programs have it, and its label: ``LATE = "late", "quá hạn"``."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make the member that is equal to *value*; a test refuses one without a label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
