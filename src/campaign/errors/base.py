"""What every fault is made of: a problem, a remedy, a code."""

import copyreg
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something stands; lines and columns count from 1, and 0 stands for one that is not known."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Name the place as messages do: ``bai-dang/a.md, dòng 3, cột 7``."""
        line = f", dòng {self.line}" if self.line else ""
        return f"{self.file}{line}" + (f", cột {self.column}" if self.column else "")


class CampaignError(Exception):
    """A fault that a person can mend.

    Attributes:
        code: The name of the fault in the handbook.
        problem: What is wrong, and where.
        remedy: What to do next, and what did not happen.
    """

    code: ClassVar[str]

    def __init__(self, problem: str, remedy: str) -> None:
        """Word the fault."""
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy

    def __reduce__(self) -> tuple[object, ...]:
        """Let another process have it as it is, with its cause: it cannot be worded again from its text (PEP 307)."""
        new = copyreg.__newobj__  # type: ignore[attr-defined]  # as PEP 307 names it
        return new, (type(self), *self.args), {**self.__dict__, "__cause__": self.__cause__}

    def __str__(self) -> str:
        """Write the fault as a terminal shows it."""
        return f"Lỗi: {self.problem}\nCách sửa: {self.remedy}\nMã lỗi: {self.code}"


class Faults(CampaignError):
    """All the faults of one input at once, so that nobody mends one per run."""

    code = "E-FAULTS"

    def __init__(self, errors: Iterable[CampaignError], outcome: str) -> None:
        """Gather *errors*; *outcome* says what did not happen because of them."""
        self.errors = tuple(errors)
        super().__init__(f"Có {len(self.errors)} lỗi cần sửa.", outcome)

    def __str__(self) -> str:
        """Write every fault, then the outcome."""
        return "\n\n".join([*(str(error) for error in self.errors), f"{self.problem} {self.remedy}"])
