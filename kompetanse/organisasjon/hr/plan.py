"""What an import would do: the rows against what we have. Nothing is written here."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from kompetanse.organisasjon.hr import cells, columns, leaders, marks, posts, reopening, rows, units
from kompetanse.organisasjon.hr.rows import Fault, HrRow, Parsed
from kompetanse.organisasjon.hr.snapshot import Person, Post, Snapshot, category_key
from kompetanse.organisasjon.hr.units import UnitRow
from kompetanse.tables import Cell, Table

_DAY = dt.timedelta(days=1)


class Outcome(StrEnum):
    """What happens to an employee; the values are those of Hrlinje.Kind."""

    NEW = "new"
    RETURNED = "returned"
    MOVED = "moved"
    CHANGED = "changed"
    LEFT = "left"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """One employee: the fields to set, and what happens to each position.

    `before` is what we have; a position that ends says on which day it was last held. `marks` are
    those of Entra ID that the register does not have, by kind.
    """

    number: str
    main: HrRow
    fields: dict[str, Any]
    outcome: Outcome
    before: Person | None = None
    posts_new: list[HrRow] = field(default_factory=list)
    posts_changed: list[tuple[Post, HrRow]] = field(default_factory=list)
    posts_ended: list[tuple[Post, dt.date]] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """All that the import would do, and what it would leave to people to decide.

    `given_back` are the cells of every row that is left out, by row number.
    """

    units_new: list[UnitRow]
    units_changed: list[UnitRow]
    units_reopened: list[UnitRow]
    categories_new: list[str]
    people: list[PersonPlan]
    leaders_new: list[tuple[str, UnitRow]]
    missing: list[Person]
    leaders_doubtful: list[tuple[int, int]]
    faults: list[Fault]
    given_back: dict[int, tuple[Cell, ...]]

    def counted(self, outcome: Outcome) -> int:
        return sum(person.outcome is outcome for person in self.people)


def sheets_of(book: Iterable[Table]) -> tuple[Table, Table | None]:
    """Return the sheet of the employees, and that of the units when there is one."""
    sheets = list(book)
    unit_sheet = next((sheet for sheet in sheets if columns.is_units(sheet)), None)
    return next((sheet for sheet in sheets if sheet is not unit_sheet), sheets[0]), unit_sheet


def make(
    book: Iterable[Table],
    have: Snapshot,
    *,
    on: dt.date,
    chosen: Mapping[str, str] | None = None,
    is_partial: bool = False,
) -> Plan:
    """Compare the sheets of an HR export with what we have.

    An employee who is not in the file is proposed as a leaver, never removed; a partial file
    proposes nobody. An employee with a faulty row is neither changed nor proposed.

    Raises:
        DomainError: the file as a whole cannot be used; says what is wrong.
    """
    employee_sheet, unit_sheet = sheets_of(book)
    parsed = rows.parse(employee_sheet, on=on, chosen=chosen)
    told, unit_faults = units.of_sheet(unit_sheet)

    known = have.enheter.keys() | told.keys() | {row.unit_code for row in parsed.rows}
    units.require_parents(told.values(), known)
    lost = _lost(parsed, have, known)
    lost_rows = {fault.row for fault in lost}
    lost_numbers = {row.number for row in parsed.rows if row.row in lost_rows}
    good = [row for row in parsed.rows if row.number not in lost_numbers]
    left_out = {fault.row for fault in [*parsed.faults, *lost]}
    left_out |= {row.row for row in parsed.spoiled}
    left_out |= {row.row for row in parsed.rows if row.number in lost_numbers}

    ordered = units.in_order(units.of_rows(good, told), have.enheter)
    reopened = reopening.units(ordered, good, have, on=on)
    people = _people(good, have, on=on)
    untouched = {person.number for person in people} | parsed.faulty_numbers | lost_numbers
    leading = leaders.told(good, ordered)
    return Plan(
        units_new=[unit for unit in ordered if unit.code not in have.enheter],
        units_changed=[unit for unit in ordered if _is_changed(unit, have, reopened)],
        units_reopened=reopened,
        categories_new=_new_categories(good, have),
        people=people,
        leaders_new=[pair for pair in leading if not leaders.leads(pair, have)],
        missing=[] if is_partial else _missing(have, untouched, on=on),
        leaders_doubtful=[] if is_partial else leaders.doubtful(leading, have),
        faults=sorted(
            [*unit_faults, *parsed.faults, *lost, *_remarks(good, have)], key=lambda f: f.row
        ),
        given_back={r.number: r.cells for r in employee_sheet.rows if r.number in left_out},
    )


def _lost(parsed: Parsed, have: Snapshot, known: set[str]) -> list[Fault]:
    """Return what is wrong with rows that are well in themselves: unknown units, others' marks."""
    lost = units.orphans(parsed.rows, known)
    rows_of = {fault.row for fault in lost}
    numbers = {row.number for row in parsed.rows if row.row in rows_of}
    rest = [row for row in parsed.rows if row.number not in numbers]
    return lost + marks.doubtful(rest, have)


# --- employees


def _people(good: list[HrRow], have: Snapshot, *, on: dt.date) -> list[PersonPlan]:
    by_number: dict[str, list[HrRow]] = defaultdict(list)
    for row in good:
        by_number[row.number].append(row)
    return [_person(number, own, have, on=on) for number, own in by_number.items()]


def _person(number: str, own: list[HrRow], have: Snapshot, *, on: dt.date) -> PersonPlan:
    before = have.ansatte.get(number)
    main = posts.main_post(own, on=on)
    fields = _fields(own, main, before, on=on)
    if before is None:
        told = marks.told(own)
        return PersonPlan(number, main, fields, Outcome.NEW, posts_new=own, marks=told)
    new, changed, ended = posts.paired(own, have.stillinger.get(before.pk, []), on=on)
    told = marks.new(own, have.marks.get(number, {}))
    is_touched = bool(new or changed or ended or told) or _differs(before, main, fields)
    outcome = _outcome(before, main, fields, is_touched=is_touched, on=on)
    return PersonPlan(number, main, fields, outcome, before, new, changed, ended, told)


def _outcome(
    before: Person, main: HrRow, fields: dict[str, Any], *, is_touched: bool, on: dt.date
) -> Outcome:
    """Say the most important that happens to someone we know."""
    was, is_now = before.is_employed(on), fields["left_on"] is None
    if is_now and not was:
        return Outcome.RETURNED
    if was and not is_now and before.left_on is None:
        return Outcome.LEFT
    if before.unit_code != main.unit_code:
        return Outcome.MOVED
    return Outcome.CHANGED if is_touched else Outcome.UNCHANGED


def _fields(own: list[HrRow], main: HrRow, before: Person | None, *, on: dt.date) -> dict[str, Any]:
    """Return the employee's own fields; what the file leaves empty keeps its value."""
    ends = [row.ends for row in own if row.ends and row.ends < on]
    return {
        "first_name": main.first_name,
        "last_name": main.last_name,
        "email": main.email or (before.email if before else ""),
        "birth_year": main.birth_year or (before.birth_year if before else None),
        "employed_from": _employed_from(own, before, on=on),
        "left_on": max(ends) + _DAY if len(ends) == len(own) else None,
    }


def _employed_from(own: list[HrRow], before: Person | None, *, on: dt.date) -> dt.date | None:
    """Return the first day: a new position makes nobody newer, unless they had left."""
    starts = [row.starts for row in own if row.starts]
    if before and before.employed_from and (before.is_employed(on) or not starts):
        starts.append(before.employed_from)
    return min(starts, default=None)


def _differs(before: Person, main: HrRow, fields: dict[str, Any]) -> bool:
    job = category_key(before.job_name or "")
    return job != category_key(main.job_name) or any(
        getattr(before, name) != value for name, value in fields.items()
    )


# --- positions


# --- the rest


def _is_changed(unit: UnitRow, have: Snapshot, reopened: list[UnitRow]) -> bool:
    """Tell whether the file says otherwise of a unit in use; a closed one stays as it was."""
    enhet = have.enheter.get(unit.code)
    if enhet is None or not (enhet.is_open or unit in reopened):
        return False
    is_told = bool(unit.row)
    moved = bool(unit.parent_code) and have.parent_code(enhet) != unit.parent_code
    return enhet.name != unit.name or moved or (is_told and enhet.kind != unit.kind)


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
            known = have.kategorier[close]
            remarks.append(Fault(row.row, "Stilling", reason, known, is_remark=True))
    return remarks


def _missing(have: Snapshot, seen: set[str], *, on: dt.date) -> list[Person]:
    return [
        person
        for number, person in have.ansatte.items()
        if number not in seen and person.is_employed(on)
    ]
