"""What a check finds."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from campaign.cli.doctor.facts import Facts


class Level(StrEnum):
    """How grave a finding is, as it is shown."""

    GOOD = "được"
    UNKNOWN = "chưa rõ"
    WARNING = "lưu ý"
    FAULT = "SAI"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found.

    Attributes:
        said: What is so.
        remedy: What to do; empty when nothing needs to be done.
    """

    level: Level
    said: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One question about the recorder.

    Attributes:
        id: Its name, by which the handbook and the programs that read the answer know it.
        asks: What is asked, in the handbook.
        look: Answers it.
        deployed_only: Whether it is asked only of a recorder in service (``--deploy``).
    """

    id: str
    asks: str
    look: Callable[[Facts], Finding]
    deployed_only: bool = False


def good(said: str) -> Finding:
    """Return that all is well."""
    return Finding(Level.GOOD, said)


def unknown(said: str) -> Finding:
    """Return that it cannot be told from here."""
    return Finding(Level.UNKNOWN, said)


def warning(said: str, remedy: str) -> Finding:
    """Return what should be fixed, and how."""
    return Finding(Level.WARNING, said, remedy)


def fault(said: str, remedy: str) -> Finding:
    """Return what must be fixed, and how."""
    return Finding(Level.FAULT, said, remedy)
