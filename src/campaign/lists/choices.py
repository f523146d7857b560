"""What people decided about how lists are read: for one list, and for all that come later."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

from campaign.core.people.roster import Category
from campaign.lists.headings import Column
from campaign.lists.tables import SheetChoice


@dataclass(frozen=True, slots=True)
class Words:
    """What words of lists mean, as chosen before: kept for the lists to come.

    Attributes:
        headings: Which column a heading is, by its simplified form; nothing when its column is not read.
        categories: Which category a text is, by its folded form.
        units: Which unit a name means, by that name; itself when it is a unit of its own.
    """

    headings: Mapping[str, Column | None] = field(default_factory=dict)
    categories: Mapping[str, Category] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_facts(cls, facts: Mapping[str, Mapping[str, str | None]]) -> Self:
        """Read what `to_facts` returned."""
        return cls(
            {heading: Column(column) if column else None for heading, column in facts.get("headings", {}).items()},
            {text: Category(str(category)) for text, category in facts.get("categories", {}).items()},
            {name: str(unit) for name, unit in facts.get("units", {}).items()},
        )

    def to_facts(self) -> dict[str, dict[str, str | None]]:
        """Return what is known as plain texts, without what is empty."""
        facts = {"headings": self.headings, "categories": self.categories, "units": self.units}
        return {kind: dict(sorted(words.items())) for kind, words in facts.items() if words}

    def __or__(self, later: "Words") -> "Words":
        """Return these words with *later* ones, which count where both say something."""
        return Words(
            {**self.headings, **later.headings},
            {**self.categories, **later.categories},
            {**self.units, **later.units},
        )

    def minus(self, earlier: "Words") -> "Words":
        """Return what these say that *earlier* ones do not."""
        return Words(
            dict(self.headings.items() - earlier.headings.items()),
            dict(self.categories.items() - earlier.categories.items()),
            dict(self.units.items() - earlier.units.items()),
        )


@dataclass(frozen=True, slots=True)
class Choices:
    """What is decided about one list.

    Attributes:
        words: What its words mean.
        sheets: How each sheet is read, by its name.
        counts_hidden: Whether people in hidden rows count; nothing while it is open.
        counts_struck: Whether people in rows that are struck out count; nothing while it is open.
        makes_codes: Whether people without a staff code get one.
        drops_refused: Whether it is read without the columns that must not be kept.
    """

    words: Words = field(default_factory=Words)
    sheets: Mapping[str, SheetChoice] = field(default_factory=dict)
    counts_hidden: bool | None = None
    counts_struck: bool | None = None
    makes_codes: bool = False
    drops_refused: bool = False

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `to_facts` returned."""
        sheets = {name: SheetChoice.from_facts(choice) for name, choice in facts["sheets"].items()}
        return cls(**{**facts, "words": Words.from_facts(facts["words"]), "sheets": sheets})

    def to_facts(self) -> dict[str, Any]:
        """Return the choices as plain values."""
        sheets = {name: asdict(choice) for name, choice in self.sheets.items()}
        return {field.name: getattr(self, field.name) for field in fields(self)} | {
            "words": self.words.to_facts(),
            "sheets": sheets,
        }
