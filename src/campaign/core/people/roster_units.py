"""A new list and the units that changed: names of before are understood, and what cannot be is asked about."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from campaign.core.people.roster import Member
from campaign.core.people.roster_doubts import Doubt
from campaign.core.people.unit import Units, format_end


def settle_units(members: Iterable[Member], units: Units) -> list[Member]:
    """Return the members in the units that stand now for those that the list names.

    A name of before becomes that of now; a unit that ended becomes the one that took over, unless there are several or
    none: then the members stay where the list puts them, and `doubt_units` asks.
    """
    now = {name: heir.name for name, one in units.by_name.items() if (heir := units.heir_of(one) or one)}
    return [replace(one, unit=now[one.unit]) if now.get(one.unit, one.unit) != one.unit else one for one in members]


def tell_settled(listed: Sequence[Member], units: Units) -> list[str]:
    """Say which units of the list are understood as others, and how many people that is about."""
    known, told = units.by_name, []
    for name, people in Counter(one.unit for one in listed).items():
        unit = known.get(name)
        heir = units.heir_of(unit) if unit else None
        if heir is not None and heir.name != name:
            told.append(f"{people} người ghi ở “{name}” được hiểu là ở “{heir.name}”.")
    return told


def doubt_units(listed: Iterable[Member], units: Units) -> Iterator[Doubt]:
    """Give a doubt for each unit of the list that ended and that not exactly one took over from."""
    known = units.by_name
    for name, people in Counter(one.unit for one in listed).items():
        unit = known.get(name)
        if unit is not None and units.heir_of(unit) is None:
            yield Doubt(
                None,
                f"{people} người ghi ở “{name}”, đơn vị chỉ có {format_end(unit, units)}.",
                "Ghi đơn vị hiện nay của từng người trong tệp; nếu cứ áp dụng, họ vẫn ở đơn vị đã kết thúc.",
            )
