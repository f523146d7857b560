"""Reorganising in the ledger: renaming, placing and ending units, which took over, and taking a mistake back."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from campaign.core.clock import day_in_viet_nam, format_day
from campaign.core.ledger.entry import Entry, Kind
from campaign.core.people.special_case import Grounds
from campaign.core.people.unit import Unit, Units
from campaign.errors.units import UnitChangeError, UnitChangeUnknownError, UnitFault, UnknownUnitError
from campaign.store.base.units import read_unit_changes, read_units
from campaign.store.ledger.ledger import OpenLedger


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided about units.

    Attributes:
        first_day: The first day on which it holds.
        basis: The number and day of the decision; may be empty.
        actor: The office account that records it.
        at: When the server received it.
    """

    first_day: date
    basis: str
    actor: str
    at: datetime


def rename_unit(ledger: OpenLedger, unit: str, name: str, decision: Decision) -> Entry:
    """Append that a unit has another name.

    Raises:
        UnknownUnitError: No unit has that name.
        UnitChangeError: The day is still to come, the unit has ended, or another has the new name.
    """
    units = read_units(ledger.connection)
    changed = _find_lasting(units, unit, decision)
    owner = units.by_name.get(name)
    if not name:
        raise UnitChangeError(UnitFault.NAMELESS, changed.name)
    if name == changed.name or (owner is not None and owner.id != changed.id):
        raise UnitChangeError(UnitFault.TAKEN, name)
    return _append(ledger, changed, decision, name=name)


def end_unit(ledger: OpenLedger, unit: str, successors: Sequence[str], decision: Decision) -> list[Entry]:
    """Append that a unit is one no more, and which took over; a successor that nobody knows is added.

    Raises:
        UnknownUnitError: No unit has that name.
        UnitChangeError: The day is still to come, the unit has ended, or a successor is itself or has ended.
    """
    units = read_units(ledger.connection)
    ended = _find_lasting(units, unit, decision)
    if not successors:
        return [_append(ledger, ended, decision)]
    numbers = [_find_other(ledger, ended, name, decision, UnitFault.SUCCESSOR) for name in dict.fromkeys(successors)]
    return [_append(ledger, ended, decision, successor=number) for number in numbers]


def place_unit(ledger: OpenLedger, unit: str, parent: str, decision: Decision) -> Entry:
    """Append that a unit is below another from a day, or below none.

    Args:
        ledger: The ledger, open for appending.
        unit: The name of the unit.
        parent: The name of the one above; empty for none. One that nobody knows is added.
        decision: From when and by what.

    Raises:
        UnknownUnitError: No unit has that name.
        UnitChangeError: The day is still to come, one of the two has ended, or the unit above is below the other.
    """
    placed = _find_lasting(read_units(ledger.connection), unit, decision)
    number = _find_other(ledger, placed, parent, decision, UnitFault.CIRCLE) if parent else 0
    if number in read_units(ledger.connection).below(unit):
        raise UnitChangeError(UnitFault.CIRCLE, parent, placed.name)
    return _append(ledger, placed, decision, parent=number)


def place_listed(ledger: OpenLedger, parents: Mapping[str, str], actor: str, at: datetime) -> None:
    """Append where units are for which a list names the unit above, where that is news and can be.

    Args:
        ledger: The ledger, open for appending.
        parents: The name of the unit above, by that of the unit.
        actor: Who imports the list.
        at: When the server received it.
    """
    for unit, parent in parents.items():
        units = read_units(ledger.connection)
        found, above = units.by_name.get(unit), units.by_name.get(parent)
        if found is None or found.endings or (above is not None and units.parents.get(found.id) == above.id):
            continue
        with suppress(UnitChangeError):
            place_unit(ledger, unit, parent, Decision(day_in_viet_nam(at), "theo danh sách", actor, at))


def withdraw_unit_change(ledger: OpenLedger, sequence: int, grounds: Grounds) -> None:
    """Append that the change of the entry *sequence* was a mistake: names and successors are as they were before.

    Raises:
        UnitChangeUnknownError: No change that holds was recorded by that entry.
    """
    found = next((one for one in read_unit_changes(ledger.connection) if one.sequence == sequence), None)
    if found is None or found.withdrawn_at is not None:
        raise UnitChangeUnknownError(sequence)
    facts = {"withdraws": sequence, "actor": grounds.actor}
    ledger.append(Kind.UNIT_CHANGE_WITHDRAWN, grounds.at, facts, {"reason": grounds.reason})


def _find_lasting(units: Units, name: str, decision: Decision) -> Unit:
    found, day = units.by_name.get(name), decision.first_day
    if found is None:
        raise UnknownUnitError(name)
    if day > day_in_viet_nam(decision.at):
        raise UnitChangeError(UnitFault.FUTURE, format_day(day))
    if found.endings:
        raise UnitChangeError(UnitFault.ENDED, name)
    last = max((one.first_day for one in found.changes), default=found.valid_from)
    if last is not None and day < last:
        raise UnitChangeError(UnitFault.EARLIER, name, format_day(last))
    return found


def _find_other(ledger: OpenLedger, unit: Unit, name: str, decision: Decision, fault: UnitFault) -> int:
    units = read_units(ledger.connection)
    found = units.by_name.get(name)
    if found is None:
        number = len(units.all) + 1
        facts = {"unit": number, "name": name, "from": decision.first_day.isoformat()}
        ledger.append(Kind.UNIT_ADDED, decision.at, facts)
        return number
    if found.id == unit.id or found.endings:
        raise UnitChangeError(fault, name, unit.name)
    return found.id


def _append(
    ledger: OpenLedger,
    unit: Unit,
    decision: Decision,
    *,
    name: str | None = None,
    successor: int | None = None,
    parent: int | None = None,
) -> Entry:
    facts = {
        "unit": unit.id,
        "from": decision.first_day.isoformat(),
        "name": name,
        "successor": successor,
        "basis": decision.basis,
        "actor": decision.actor,
    }
    placed = {} if parent is None else {"parent": parent}
    return ledger.append(Kind.UNIT_CHANGED, decision.at, facts | placed)
