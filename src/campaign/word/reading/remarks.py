"""What an editor must know of a conversion: what was left out or changed, how often, and where."""

from collections.abc import Iterator
from dataclasses import dataclass, field

_MOST_PLACES = 3
_LONGEST_PLACE = 50


@dataclass(slots=True)
class Remarks:
    """Gathers what is to be said, in the order of the page.

    Attributes:
        place: The text last read; what is added now is behind it.
        lost: How many things of the page are not in the post in any form.
    """

    place: str = ""
    lost: int = 0
    _found: dict[str, list[str]] = field(default_factory=dict)

    def add(self, what: str, *, is_lost: bool = False) -> None:
        """Note something here: *what* goes on behind its number, as ``hình vẽ không đưa vào bài``."""
        words = " ".join(self.place.split())
        cut = f"…{words[-_LONGEST_PLACE:].partition(' ')[2]}" if len(words) > _LONGEST_PLACE else words
        self._found.setdefault(what, []).append(f"sau “{cut}”" if cut else "ở đầu văn bản")
        self.lost += is_lost

    def format(self) -> Iterator[str]:
        """Yield a sentence for each kind of thing, with its first places."""
        for what, found in self._found.items():
            places = list(dict.fromkeys(found))
            more = " …" if len(places) > _MOST_PLACES else ""
            yield f"{len(found)} {what}: {'; '.join(places[:_MOST_PLACES])}{more}"
