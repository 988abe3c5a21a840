"""Units that are closed with us while the file has people in them: they are taken into use again.

That is proposed like the rest of the check, and nothing happens before a person says yes.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from kompetanse.organisasjon.hr import spor
from kompetanse.organisasjon.hr.rows import HrRow
from kompetanse.organisasjon.hr.snapshot import Snapshot
from kompetanse.organisasjon.hr.units import UnitRow
from kompetanse.organisasjon.models import Enhet, Enhetsversjon

_DAY = dt.timedelta(days=1)


def units(
    ordered: Iterable[UnitRow], good: Iterable[HrRow], have: Snapshot, *, on: dt.date
) -> list[UnitRow]:
    """Return the closed units where someone has a position on the date or later, and those above.

    A position that has ended opens nothing.
    """
    told = {unit.code: unit for unit in ordered}
    held = {row.unit_code for row in good if row.ends is None or row.ends >= on}
    used = [unit for unit in told.values() if _is_in_use(unit, held, have)]
    found: dict[str, UnitRow] = {}
    for unit in used:
        for above in _upwards(unit, told, have):
            if above.code in have.enheter and not have.enheter[above.code].is_open:
                found[above.code] = above
    return sorted(found.values(), key=lambda unit: have.enheter[unit.code].path)


def _is_in_use(unit: UnitRow, held: set[str], have: Snapshot) -> bool:
    enhet = have.enheter.get(unit.code)
    return unit.code in held or enhet is None or enhet.is_open


def _upwards(unit: UnitRow, told: dict[str, UnitRow], have: Snapshot) -> Iterator[UnitRow]:
    """Yield the unit and those it would stand under, from the nearest to the top."""
    above: UnitRow | None = unit
    while above is not None:
        yield above
        enhet = have.enheter.get(above.code)
        code = above.parent_code or (have.parent_code(enhet) if enhet else "")
        above = told.get(code) or _as_it_was(code, have)


def _as_it_was(code: str, have: Snapshot) -> UnitRow | None:
    enhet = have.enheter.get(code)
    if enhet is None:
        return None
    return UnitRow(code, enhet.name, have.parent_code(enhet), Enhet.Kind(enhet.kind))


def write(
    reopened: Iterable[dict[str, str]], enheter: dict[str, Enhet], *, on: dt.date
) -> tuple[dict[int, Any], list[int]]:
    """Take the units into use from the date; their histories keep the days when they were closed.

    Returns the versions that were changed, as they were, by id; and the ids of the new ones.
    """
    before: dict[int, Any] = {}
    made: list[int] = []
    for unit in reopened:
        enhet = enheter[unit["code"]]
        enhet.is_open = True
        enhet.save(update_fields=["is_open"])
        nearest = _nearest(enhet, unit, enheter, on)
        if nearest is None:
            made.append(_new(enhet, unit, enheter, on))
        else:
            before |= spor.taken("enhetsversjon", [nearest.pk])
            _stretch(nearest, on)
    return before, made


def _nearest(
    enhet: Enhet, unit: dict[str, str], enheter: dict[str, Enhet], on: dt.date
) -> Enhetsversjon | None:
    """Return the same version when it ended yesterday, or else the one that is planned to come."""
    parent = enheter.get(unit["parent"])
    same = enhet.versjoner.filter(name=unit["name"], kind=unit["kind"], parent=parent)
    later = enhet.versjoner.filter(starts__gt=on).order_by("starts")
    return same.filter(ends=on - _DAY).first() or later.first()


def _stretch(versjon: Enhetsversjon, on: dt.date) -> None:
    """Let the version be in force on the date: a planned one begins earlier."""
    if versjon.starts > on:
        versjon.starts = on
    else:
        versjon.ends = None
    versjon.save(update_fields=["starts", "ends"])


def _new(enhet: Enhet, unit: dict[str, str], enheter: dict[str, Enhet], on: dt.date) -> int:
    versjon = Enhetsversjon.objects.create(
        enhet=enhet,
        name=unit["name"],
        kind=unit["kind"],
        parent=enheter.get(unit["parent"]),
        starts=on,
    )
    return int(versjon.pk)
