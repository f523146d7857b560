"""What every fault is made of: a problem, a remedy, a code and an HTTP status."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any, ClassVar, dataclass_transform


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file; lines and columns count from 1, and 0 means that one is not known."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Name the place as messages do: ``bai-dang/a.md, dòng 3, cột 7``."""
        line = f", dòng {self.line}" if self.line else ""
        return f"{self.file}{line}" + (f", cột {self.column}" if self.column else "")


class _Wording(Formatter):
    """Fills a template from the fields and properties of a fault; of a list, the format is the separator."""

    def get_field(self, field_name: str, _args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        return getattr(kwargs["fault"], field_name), field_name

    def format_field(self, value: object, format_spec: str) -> str:
        return format_spec.join(value) if isinstance(value, list | tuple) else format(value, format_spec)


class Cause(Exception):
    """Why a fault happened, in words for whoever runs the program; readers are not told."""

    def __init__(self, said: str, code: str = "") -> None:
        """Keep what is said, and the code by which the library that failed names it."""
        super().__init__(said, code)
        self.said = said
        self.code = code

    def __str__(self) -> str:
        """Say it."""
        return self.said


@dataclass_transform(eq_default=False)
class CampaignError(Exception):
    """A fault that a person can fix, as data: each subclass is a dataclass of the facts that its texts need.

    Attributes:
        code: The name of the fault in the handbook.
        status: The HTTP status of a page that shows it.
        wrong: The template of the problem.
        todo: The template of the remedy.
    """

    code: ClassVar[str]
    status: ClassVar[int]
    wrong: ClassVar[str]
    todo: ClassVar[str]

    def __init_subclass__(cls, *, code: str, status: int = 400) -> None:
        """Make the class a dataclass; by default the fault is in what was sent (400)."""
        cls.code, cls.status = code, status
        dataclass(eq=False, repr=False)(cls)

    def __post_init__(self) -> None:
        """Keep the facts, given by keyword or not, as what the fault is made from."""
        self.args = tuple(vars(self).values())

    def __reduce__(self) -> tuple[object, ...]:
        """Let another process have the fault with its cause."""
        return type(self), self.args, {"__cause__": self.__cause__}

    @property
    def problem(self) -> str:
        """What is wrong, and where."""
        return _Wording().format(self.wrong, fault=self)

    @property
    def remedy(self) -> str:
        """What to do next, and what did not happen."""
        return _Wording().format(self.todo, fault=self)

    @property
    def why(self) -> str:
        """Its cause, or else the problem, as one line for the log."""
        return " ".join(str(self.__cause__ if isinstance(self.__cause__, Cause) else self.problem).split())

    def __str__(self) -> str:
        """Write the fault as a terminal shows it."""
        cause = f"Nguyên nhân: {self.__cause__}\n" if isinstance(self.__cause__, Cause) else ""
        return f"Lỗi: {self.problem}\n{cause}Cách sửa: {self.remedy}\nMã lỗi: {self.code}"


class Faults(CampaignError, code="E-FAULTS"):
    """All the faults of one input at once, so that nobody fixes one per run; *outcome* says what did not happen."""

    errors: tuple[CampaignError, ...]
    outcome: str
    wrong = "Có {count} lỗi cần sửa."
    todo = "{outcome}"

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.errors)

    def __str__(self) -> str:
        """Write every fault, then the outcome."""
        return "\n\n".join([*(str(error) for error in self.errors), f"{self.problem} {self.remedy}"])
