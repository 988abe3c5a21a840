"""What an import would do: the rows against what we have. Nothing is written here."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from kompetanse.organisasjon.hr import cells, columns, rows, units
from kompetanse.organisasjon.hr.rows import Fault, HrRow
from kompetanse.organisasjon.hr.snapshot import Snapshot, category_key
from kompetanse.organisasjon.hr.units import UnitRow
from kompetanse.organisasjon.models import Ansatt, Stilling
from kompetanse.tables import Table


class Outcome(StrEnum):
    """What happens to an employee."""

    NEW = "new"
    MOVED = "moved"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """One employee: the fields to set, and what happens to each position."""

    number: str
    main: HrRow
    fields: dict[str, Any]
    outcome: Outcome
    posts_new: list[HrRow] = field(default_factory=list)
    posts_changed: list[tuple[Stilling, HrRow]] = field(default_factory=list)
    posts_ended: list[Stilling] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Plan:
    """All that the import would do, and what it would leave to people to decide."""

    units_new: list[UnitRow]
    units_changed: list[UnitRow]
    categories_new: list[str]
    people: list[PersonPlan]
    leaders_new: list[tuple[str, UnitRow]]
    missing: list[Ansatt]
    leaders_doubtful: list[tuple[int, int]]
    faults: list[Fault]

    def counted(self, outcome: Outcome) -> int:
        return sum(person.outcome is outcome for person in self.people)


def make(book: Iterable[Table], have: Snapshot, *, on: dt.date) -> Plan:
    """Compare the sheets of an HR export with what we have.

    An employee who is not in the file is proposed as a leaver, never removed. An employee with a
    faulty row is neither changed nor proposed.

    Raises:
        DomainError: the file as a whole cannot be used; says what is wrong.
    """
    sheets = list(book)
    unit_sheet = next((sheet for sheet in sheets if columns.is_units(sheet)), None)
    employee_sheet = next((sheet for sheet in sheets if sheet is not unit_sheet), sheets[0])
    parsed = rows.parse(employee_sheet, on=on)
    told, unit_faults = units.of_sheet(unit_sheet)

    known = have.enheter.keys() | told.keys() | {row.unit_code for row in parsed.rows}
    units.require_parents(told.values(), known)
    lost = units.orphans(parsed.rows, known)
    lost_numbers = {row.number for row in parsed.rows if row.row in {fault.row for fault in lost}}
    good = [row for row in parsed.rows if row.number not in lost_numbers]

    ordered = units.in_order(units.of_rows(good, told), have.enheter)
    people = _people(good, have, on=on)
    untouched = {person.number for person in people} | parsed.faulty_numbers | lost_numbers
    leaders = _leaders(good, ordered)
    return Plan(
        units_new=[unit for unit in ordered if unit.code not in have.enheter],
        units_changed=[unit for unit in ordered if _is_changed(unit, have)],
        categories_new=_new_categories(good, have),
        people=people,
        leaders_new=[pair for pair in leaders if not _leads(pair, have)],
        missing=_missing(have, untouched, on=on),
        leaders_doubtful=_doubtful(leaders, have),
        faults=sorted(
            [*unit_faults, *parsed.faults, *lost, *_remarks(good, have)], key=lambda f: f.row
        ),
    )


# --- employees


def _people(good: list[HrRow], have: Snapshot, *, on: dt.date) -> list[PersonPlan]:
    by_number: dict[str, list[HrRow]] = defaultdict(list)
    for row in good:
        by_number[row.number].append(row)
    return [_person(number, own, have, on=on) for number, own in by_number.items()]


def _person(number: str, own: list[HrRow], have: Snapshot, *, on: dt.date) -> PersonPlan:
    ansatt = have.ansatte.get(number)
    main = main_post(own, on=on)
    fields = _fields(own, main, ansatt, on=on)
    if ansatt is None:
        return PersonPlan(number, main, fields, Outcome.NEW, posts_new=own)

    new, changed, ended = _posts(own, have.stillinger.get(ansatt.pk, []), on=on)
    if ansatt.enhet.code != main.unit_code:
        outcome = Outcome.MOVED
    elif new or changed or ended or _differs(ansatt, main, fields):
        outcome = Outcome.CHANGED
    else:
        outcome = Outcome.UNCHANGED
    return PersonPlan(number, main, fields, outcome, new, changed, ended)


def main_post(own: list[HrRow], *, on: dt.date) -> HrRow:
    """Return the largest of the positions held on the date; of all when none is held."""
    held = [
        row
        for row in own
        if (row.starts is None or row.starts <= on) and (row.ends is None or row.ends >= on)
    ]
    return max(held or own, key=lambda row: row.percentage)


def _fields(own: list[HrRow], main: HrRow, ansatt: Ansatt | None, *, on: dt.date) -> dict[str, Any]:
    """Return the employee's own fields; what the file leaves empty keeps its value."""
    starts = [row.starts for row in own if row.starts]
    ends = [row.ends for row in own if row.ends and row.ends < on]
    return {
        "first_name": main.first_name,
        "last_name": main.last_name,
        "email": main.email or (ansatt.email if ansatt else ""),
        "birth_year": main.birth_year or (ansatt.birth_year if ansatt else None),
        "employed_from": min(starts, default=ansatt.employed_from if ansatt else None),
        "left_on": max(ends) if len(ends) == len(own) else None,
    }


def _differs(ansatt: Ansatt, main: HrRow, fields: dict[str, Any]) -> bool:
    kategori = category_key(ansatt.kategori.name) if ansatt.kategori else ""
    return kategori != category_key(main.job_name) or any(
        getattr(ansatt, name) != value for name, value in fields.items()
    )


# --- positions


def _posts(
    own: list[HrRow], have: list[Stilling], *, on: dt.date
) -> tuple[list[HrRow], list[tuple[Stilling, HrRow]], list[Stilling]]:
    """Pair rows with positions of the same unit, category and start: new, changed, ended."""
    waiting: dict[tuple[Any, ...], list[Stilling]] = defaultdict(list)
    for stilling in have:
        key = (stilling.enhet.code, category_key(stilling.kategori.name), stilling.starts)
        waiting[key].append(stilling)
    new: list[HrRow] = []
    changed: list[tuple[Stilling, HrRow]] = []
    for row in own:
        same = waiting[row.unit_code, category_key(row.job_name), row.starts]
        if not same:
            new.append(row)
        elif post_values(row) != _values(stilling := same.pop(0)):
            changed.append((stilling, row))
    left = [stilling for same in waiting.values() for stilling in same]
    return new, changed, [post for post in left if post.ends is None or post.ends >= on]


def post_values(row: HrRow) -> dict[str, Any]:
    """Return the fields of a position that may change without it becoming another."""
    return {
        "code": row.job_code,
        "percentage": row.percentage,
        "is_permanent": row.is_permanent,
        "ends": row.ends,
    }


def _values(stilling: Stilling) -> dict[str, Any]:
    return {
        "code": stilling.code,
        "percentage": stilling.percentage,
        "is_permanent": stilling.is_permanent,
        "ends": stilling.ends,
    }


# --- the rest


def _is_changed(unit: UnitRow, have: Snapshot) -> bool:
    enhet = have.enheter.get(unit.code)
    if enhet is None:
        return False
    is_told = bool(unit.row)
    moved = bool(unit.parent_code) and parent_code(enhet.parent_id, have) != unit.parent_code
    return enhet.name != unit.name or moved or (is_told and enhet.kind != unit.kind)


def parent_code(parent_id: int | None, have: Snapshot) -> str:
    return have.code_of(parent_id) if parent_id else ""


def _new_categories(good: list[HrRow], have: Snapshot) -> list[str]:
    names = {category_key(row.job_name): row.job_name for row in reversed(good)}
    return sorted(name for key, name in names.items() if key not in have.kategorier)


def _remarks(good: list[HrRow], have: Snapshot) -> list[Fault]:
    """Remark on a new category that is nearly one we have: perhaps it is misspelt."""
    first_rows = {category_key(row.job_name): row for row in reversed(good)}
    remarks = []
    for key, row in first_rows.items():
        close = cells.suggested(key, have.kategorier, cutoff=0.9)
        if key not in have.kategorier and close:
            reason = _("Stillingen «%(name)s» er ny.") % {"name": row.job_name}
            known = have.kategorier[close].name
            remarks.append(Fault(row.row, "Stilling", reason, known, is_remark=True))
    return remarks


def _leaders(good: list[HrRow], ordered: list[UnitRow]) -> list[tuple[str, UnitRow]]:
    """Return who leads which unit: by the unit sheet, else by the mark on the row."""
    by_code = {unit.code: unit for unit in ordered}
    numbers = {row.number for row in good}
    marked = {(row.number, row.unit_code) for row in good if row.is_leader}
    told = {(unit.leader, unit.code) for unit in ordered if unit.leader in numbers}
    return [(number, by_code[code]) for number, code in sorted(marked | told)]


def _leads(pair: tuple[str, UnitRow], have: Snapshot) -> bool:
    ansatt, enhet = have.ansatte.get(pair[0]), have.enheter.get(pair[1].code)
    return bool(ansatt and enhet and (ansatt.pk, enhet.pk) in have.leaders)


def _doubtful(leaders: list[tuple[str, UnitRow]], have: Snapshot) -> list[tuple[int, int]]:
    """Return (ansatt, enhet) of those who lead with us while HR names only others there."""
    told: dict[str, set[str]] = defaultdict(set)
    for number, unit in leaders:
        told[unit.code].add(number)
    numbers = {ansatt.pk: number for number, ansatt in have.ansatte.items()}
    codes = {enhet.pk: code for code, enhet in have.enheter.items()}
    return sorted(
        (ansatt_id, enhet_id)
        for ansatt_id, enhet_id in have.leaders
        if told[codes[enhet_id]] and numbers[ansatt_id] not in told[codes[enhet_id]]
    )


def _missing(have: Snapshot, seen: set[str], *, on: dt.date) -> list[Ansatt]:
    return [
        ansatt
        for number, ansatt in have.ansatte.items()
        if number not in seen and (ansatt.left_on is None or ansatt.left_on > on)
    ]
