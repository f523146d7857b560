"""Random histories of a small campaign, and what must be true of them, reckoned without any table."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import Enum, auto

import pytest
from hypothesis import strategies as st

from campaign.core.clock import day_in_viet_nam, start_of_day
from campaign.core.figures.coverage import State
from campaign.core.people.roster import Category, Member
from campaign.core.post import Audience, Post, RosterRule
from campaign.errors.store import ClockBehindError
from campaign.errors.units import UnitChangeError, UnknownUnitError
from campaign.store.ledger.database import Database
from tests.rigs.builders import CENTRE, FIRST_LATE, OFFICE, member, post
from tests.rigs.ledger_steps import (
    begin,
    corrected,
    decide,
    empty,
    end,
    enrol,
    exempt,
    extend,
    leave,
    newest,
    place,
    press,
    publish,
    rename,
    replaced,
    restore,
    sign,
    take_back,
    withdraw,
)

UNITS = (OFFICE, CENTRE, "Thanh tra")
SUCCESSORS = ((OFFICE,), (CENTRE, "Thanh tra"), ("Thanh tra",), ())
"""What can come after a unit."""
PEOPLE = (
    member("SKHCN-001", "Nguyễn Văn An"),
    member("SKHCN-002", "Lò Thị Bình", CENTRE, Category.PUBLIC_EMPLOYEE),
    member("SKHCN-003", "Đặng Thị Hoà", CENTRE),
    member("SKHCN-004", "Vừ A Dũng", "Thanh tra", Category.WORKER),
)
AUDIENCE = Audience(units=(OFFICE, CENTRE))
AUDIENCES = (AUDIENCE, Audience(categories=(Category.CIVIL_SERVANT, Category.WORKER)), Audience())
STEP = timedelta(hours=6)
START = FIRST_LATE - 6 * STEP


class Event(Enum):
    """What can happen in a campaign."""

    JOIN = auto()
    LEAVE = auto()
    MOVE = auto()
    CONFIRM = auto()
    EXEMPT = auto()
    EXTEND = auto()
    REST = auto()
    WITHDRAW = auto()
    CORRECT = auto()
    REPLACE = auto()
    RENAME = auto()
    END = auto()
    PLACE = auto()
    RESTORE = auto()
    SIGN = auto()
    TAKE_BACK = auto()
    SET_CLOCK_BACK = auto()


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happens, or would if it could, to one of the people, or of the units."""

    event: Event
    person: int
    unit: str


def _histories_of(events: Iterable[Event]) -> st.SearchStrategy[list[Step]]:
    steps = st.builds(Step, st.sampled_from(list(events)), st.integers(0, 3), st.sampled_from(UNITS))
    return st.lists(steps, max_size=14)


histories = _histories_of(event for event in Event if event is not Event.SET_CLOCK_BACK)
histories_by_any_clock = _histories_of(Event)


@dataclass(frozen=True, slots=True)
class Reorganisation:
    """What was recorded about a unit: another name, the unit above or "", or else its end with those that took over."""

    entries: list[int]
    unit: str
    name: str | None
    successors: tuple[str, ...] = ()
    parent: str | None = None

    @property
    def is_ending(self) -> bool:
        return self.name is None and self.parent is None


@dataclass(slots=True)
class Story:
    """A campaign that is lived through on a database and kept in mind beside it.

    Attributes:
        rule: Which list the post counts.
        audience: Whom it is for.
        latest: The latest instant so far, when the clock was set back.
        roster: Who is on the roster now, in the units by their first names.
        first: Who was on the roster when the post was published.
        confirmed: When those confirmed whose confirmation stands.
        reorganised: What was recorded about units and holds, the last first taken back.
        cases: What sets each apart, the last first withdrawn: number of the entry, kind, last day of an extension.
        given: The last confirmation of each that stands, by the number of its entry.
        closed: Who was on the roster when the deadline ended; nothing while nothing was recorded after it.
        took_over: What had been recorded about units by then.
    """

    database: Database
    rule: RosterRule = RosterRule.FOLLOWING
    audience: Audience = AUDIENCE
    now: datetime = START
    latest: datetime = START
    text: Post = field(init=False)
    roster: dict[str, Member] = field(default_factory=dict)
    first: dict[str, Member] = field(default_factory=dict)
    reorganised: list[Reorganisation] = field(default_factory=list)
    confirmed: dict[str, datetime] = field(default_factory=dict)
    cases: dict[str, list[tuple[int, Event, date]]] = field(default_factory=lambda: defaultdict(list))
    given: dict[str, int] = field(default_factory=dict)
    closed: dict[str, Member] | None = None
    took_over: list[Reorganisation] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Write the post."""
        self.text = post(audience=self.audience, roster=self.rule)

    def open(self, people: Sequence[Member] = PEOPLE[:3]) -> None:
        """Open the campaign with *people* on its roster, and publish the post."""
        begin(self.database, self.now)
        self._enrol({one.staff_code: one for one in people})
        publish(self.database, self.text, at=self.now)
        self.first = dict(self.roster)

    def live(self, step: Step) -> None:
        """Let something happen a quarter of a day later."""
        self.now += STEP
        self.latest = max(self.now, self.latest)
        code = PEOPLE[step.person].staff_code
        if self.closed is None and max(self.now, newest(self.database)) >= FIRST_LATE:
            self.closed, self.took_over = dict(self.roster), list(self.reorganised)
        match step.event:
            case Event.SET_CLOCK_BACK:  # Nothing is set back to before the post was published.
                self.now = max(START, self.now - 4 * STEP)
            case Event.CORRECT | Event.REPLACE:
                self._revise(step.event)
            case Event.RENAME | Event.END | Event.PLACE | Event.RESTORE:
                self._reorganise(step)
            case Event.JOIN:
                self._enrol(self.roster | {code: self.roster.get(code, PEOPLE[step.person])})
            case _ if code in self.roster:
                self._live_as(code, step)
            case Event.EXEMPT if code in self._counted():  # Off the roster, and on the fixed list.
                self._set_apart(code, step.event)

    def states(self) -> dict[str, tuple[str, State]]:
        """Return in which unit and how everyone concerned must be counted now, by staff code."""
        return {code: (self._name(unit), self._state(code)) for code, unit in self._counted().items()}

    def opening(self) -> list[str]:
        """Return the unit of each who was concerned when the post was published, as it is called now."""
        return [self._name(one.unit) for one in self.first.values() if self.is_for(one)]

    def _counted(self) -> dict[str, str]:
        """Return everyone whom the post counts, with the unit."""
        now = self.roster if self.closed is None else self.closed
        people = self.first if self.rule is RosterRule.FIXED else now
        return {code: one.unit for code, one in people.items() if self.is_for(one)}

    def is_for(self, one: Member) -> bool:
        """Say whether the post is for somebody: in a unit that it names, or that took over from one, unless fixed."""
        if self.closed is not None:  # Whoever took over after the deadline does not count.
            then = copy(self)
            then.closed, then.reorganised = None, self.took_over
            return then.is_for(one)
        meant = set(self.audience.units or UNITS)
        for _ in UNITS if self.rule is not RosterRule.FIXED else ():
            meant |= {heir for unit in meant for heir in self._successors(unit)}
        above = self._parents() if self.rule is not RosterRule.FIXED else {}
        for _ in UNITS:
            meant |= {unit for unit, parent in above.items() if parent in meant}
        return one.unit in meant and one.category in (self.audience.categories or Category)

    def _parents(self) -> dict[str, str]:
        """Return the unit above each that has one; a unit whose heir is below it stands alone."""
        found: dict[str, str] = {}
        for unit in UNITS:
            recorded = [one.parent for one in self.reorganised if one.unit == unit and one.parent is not None]
            parent = self._heir(recorded[-1]) if recorded and recorded[-1] else None
            chain = parent
            while chain in found and chain != unit:
                chain = found[chain]
            if parent is not None and chain != unit:
                found[unit] = parent
        return found

    def _name(self, unit: str) -> str:
        return [unit, *(one.name for one in self.reorganised if one.unit == unit and one.name)][-1]

    def _successors(self, unit: str) -> tuple[str, ...]:
        return next((one.successors for one in self.reorganised if one.unit == unit and one.is_ending), ())

    def _has_ended(self, unit: str) -> bool:
        return any(one.unit == unit and one.is_ending for one in self.reorganised)

    def _heir(self, unit: str) -> str:
        """Return where a list puts people whom it lists in a unit."""
        heir = unit
        while self._has_ended(heir):
            if len(self._successors(heir)) != 1:
                return unit
            heir = self._successors(heir)[0]
        return heir

    def _reorganise(self, step: Step) -> None:
        unit, decision = step.unit, decide(self.now)
        with suppress(UnknownUnitError, UnitChangeError):
            if step.event is Event.RESTORE and self.reorganised:
                restore(self.database, self.reorganised[-1].entries, self.now)
                self.reorganised.pop()
            elif step.event is Event.RENAME:
                name = f"{unit} {decision.at:%d%H}"
                done = rename(self.database, self._name(unit), name, decision)
                self.reorganised.append(Reorganisation(done, unit, name))
            elif step.event is Event.PLACE:
                parent = (*UNITS, "")[step.person]
                done = place(self.database, self._name(unit), self._name(parent) if parent else "", decision)
                self.reorganised.append(Reorganisation(done, unit, None, parent=parent))
            elif step.event is Event.END:
                successors = SUCCESSORS[step.person]
                names = [self._name(one) for one in successors]
                done = end(self.database, self._name(unit), names, decision)
                self.reorganised.append(Reorganisation(done, unit, None, successors))

    def _live_as(self, code: str, step: Step) -> None:
        match step.event:
            case Event.LEAVE:
                self._enrol({other: one for other, one in self.roster.items() if other != code})
            case Event.MOVE:
                self._enrol(self.roster | {code: replace(self.roster[code], unit=step.unit)})
            case Event.EXEMPT | Event.EXTEND | Event.REST:
                self._set_apart(code, step.event)
            case Event.WITHDRAW:
                if self.cases[code]:
                    withdraw(self.database, self.cases[code].pop()[0], at=self.now)
            case _ if code in self._counted() or step.event is Event.TAKE_BACK:
                self._confirm(code, step.event)

    def _confirm(self, code: str, event: Event) -> None:
        if event is Event.TAKE_BACK and code in self.given:
            take_back(self.database, self.given.pop(code), at=self.now)
            del self.confirmed[code]
        elif event is Event.SIGN and code not in self.confirmed:
            dated = max(self.now, newest(self.database))  # No entry is dated before those before it.
            self.given[code] = sign(self.database, code, at=self.now)
            self.confirmed[code] = dated
        elif event is Event.CONFIRM and (self.now >= newest(self.database) or code in self.confirmed):
            self.given[code] = press(self.database, code, self.text, at=self.now).sequence
            self.confirmed.setdefault(code, self.now)
        elif event is Event.CONFIRM:
            with pytest.raises(ClockBehindError):
                press(self.database, code, self.text, at=self.now)

    def _set_apart(self, code: str, event: Event) -> None:
        last_day = day_in_viet_nam(FIRST_LATE) + timedelta(days=len(self.cases[code]) % 2)
        match event:
            case Event.EXEMPT:
                number = exempt(self.database, code, at=self.now)
            case Event.EXTEND:
                number = extend(self.database, code, last_day, at=self.now)
            case _:
                number = leave(self.database, code, at=self.now)
        self.cases[code].append((number, event, last_day))

    def _revise(self, event: Event) -> None:
        number = self.text.revision.number + 1
        revised = corrected(number) if event is Event.CORRECT else replaced(number)
        self.text = replace(revised, audience=self.audience, roster=self.rule)
        publish(self.database, self.text, at=self.now)
        if event is Event.REPLACE:
            self.confirmed.clear()
            self.given.clear()

    def _enrol(self, roster: dict[str, Member]) -> None:
        self.roster = {code: replace(one, unit=self._heir(one.unit)) for code, one in roster.items()}
        enrol(self.database, *roster.values(), at=self.now)

    def _state(self, code: str) -> State:
        if code in self.confirmed:
            own = [last_day for _, event, last_day in self.cases[code] if event is Event.EXTEND]
            first_late = start_of_day(own[-1] + timedelta(days=1)) if own else FIRST_LATE
            return State.ON_TIME if self.confirmed[code] < first_late else State.LATE
        is_exempt = any(event is Event.EXEMPT for _, event, _ in self.cases[code])
        return State.EXEMPT if is_exempt else State.OUTSTANDING


def live(
    database: Database, steps: list[Step], rule: RosterRule = RosterRule.FOLLOWING, audience: Audience = AUDIENCE
) -> Story:
    """Live through a history, on an empty database."""
    empty(database)
    story = Story(database, rule, audience)
    story.open()
    for step in steps:
        story.live(step)
    return story
