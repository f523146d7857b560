"""The department in whose name documents are written, and the legal bases: data that the Office keeps, not code."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from campaign.core.text import to_nfc
from campaign.errors.report import DepartmentFileError


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs; the name is empty while it is not known."""

    authority: str
    position: str
    name: str


@dataclass(frozen=True, slots=True)
class Department:
    """What is printed on every document of the department; the file explains each value."""

    superior: str
    name: str
    place: str
    symbol: str
    office_symbol: str
    office: str
    heads: Mapping[str, str]
    signer: Signer
    yearly: str
    basis: tuple[str, ...]
    recipients: tuple[str, ...]
    archive: str


def read_department(file: Path) -> Department:
    """Return what *file* says, or the values that come with the program when there is no such file.

    Raises:
        DepartmentFileError: The file cannot be read, or a value is missing or of another kind.
    """
    try:
        shipped = resources.files("campaign.report") / "department.toml"
        facts = tomllib.loads(to_nfc(file.read_text("utf-8-sig") if file.exists() else shipped.read_text("utf-8")))
        report, signer = facts["report"], facts["signer"]
        lines = ("superior", "name", "place", "symbol", "office_symbol", "office")
        return Department(
            **{name: _line(facts, name) for name in lines},
            heads={unit: _line(facts["heads"], unit) for unit in facts["heads"]},
            signer=Signer(_line(signer, "authority"), _line(signer, "position"), _line(signer, "name")),
            yearly=_line(report, "yearly"),
            basis=_lines(report, "basis"),
            recipients=_lines(report, "recipients"),
            archive=_line(report, "archive"),
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DepartmentFileError(str(file), str(error)) from None
    except (KeyError, TypeError) as error:
        raise DepartmentFileError(str(file), f"xem lại {error}") from None


def _line(facts: Mapping[str, Any], name: str) -> str:
    if not isinstance(facts[name], str):
        raise TypeError(name)
    return str(facts[name]).strip()


def _lines(facts: Mapping[str, Any], name: str) -> tuple[str, ...]:
    if not isinstance(facts[name], list) or not all(isinstance(text, str) for text in facts[name]):
        raise TypeError(name)
    return tuple(text.strip().rstrip(";.") for text in facts[name])
