"""What an editor should look at again."""

from dataclasses import dataclass

from campaign.errors.base import Place


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that may be meant as it is, and that an editor should look at again."""

    place: Place
    problem: str
    advice: str

    def __str__(self) -> str:
        """Write the remark as a terminal shows it."""
        return f"Xem lại: {self.place}: {self.problem}.\nGợi ý: {self.advice}"
