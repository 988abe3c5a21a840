"""The employee sheet as typed rows, and what is wrong with the rest, row by row."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from kompetanse.organisasjon.hr import cells, columns
from kompetanse.organisasjon.hr.cells import CellError
from kompetanse.tables import Cell, Row, Table


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in one cell. A row with a fault is left out; a remark changes nothing."""

    row: int
    column: str
    reason: str
    suggestion: str = ""
    is_remark: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class HrRow(NamedTuple):
    """One position of one employee. `percentage` is 0-100."""

    row: int
    number: str
    first_name: str
    last_name: str
    email: str
    birth_year: int | None
    unit_code: str
    unit_name: str
    parent_code: str
    job_code: str
    job_name: str
    percentage: Decimal
    is_permanent: bool
    starts: dt.date | None
    ends: dt.date | None
    is_leader: bool
    oid: str = ""
    upn: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The rows that can be used, the faults, and what a faulty row takes with it.

    `spoiled` are rows without a fault of a person who has a faulty row.
    """

    rows: list[HrRow]
    faults: list[Fault]
    faulty_numbers: frozenset[str]
    spoiled: list[HrRow]


# The field of HrRow, the column it comes from, and how its cell is read.
_READERS: tuple[tuple[str, str, Callable[[Cell], Any]], ...] = (
    ("number", "number", cells.employee_number),
    ("first_name", "first_name", lambda cell: cells.name(cell, longest=80)),
    ("last_name", "last_name", lambda cell: cells.name(cell, longest=80)),
    ("email", "email", cells.email),
    ("unit_code", "unit_code", lambda cell: cells.name(cell, longest=30)),
    ("unit_name", "unit_name", lambda cell: cells.name(cell, longest=120)),
    ("parent_code", "parent_code", lambda cell: cells.code(cell, longest=30)),
    ("job_code", "job_code", lambda cell: cells.code(cell, longest=20)),
    ("job_name", "job_name", lambda cell: cells.name(cell, longest=80)),
    ("percentage", "percentage", cells.percentage),
    ("is_permanent", "terms", cells.is_permanent),
    ("starts", "starts", cells.date),
    ("ends", "ends", cells.date),
    ("is_leader", "is_leader", cells.is_leader),
    ("oid", "oid", cells.object_id),
    ("upn", "upn", cells.principal_name),
)


def parse(table: Table, *, on: dt.date, chosen: Mapping[str, str] | None = None) -> Parsed:
    """Read the employee sheet. A person with one faulty row is left out with all their rows.

    `chosen` is which heading holds which field, when a person has said so.

    Raises:
        DomainError: a required column is missing.
    """
    readers = _placed(columns.require(table, chosen), on=on)
    rows: list[HrRow] = []
    faults: list[Fault] = []
    bad_numbers: set[str] = set()
    for row in table.rows:
        values, wrong = _read(row, readers)
        if wrong:
            faults += wrong
            bad_numbers.add(str(values.get("number", "")))
        else:
            rows.append(HrRow(row=row.number, **values))
    faults += _contradictions(rows)
    bad_rows = {fault.row for fault in faults}
    bad_numbers |= {row.number for row in rows if row.row in bad_rows}
    return Parsed(
        rows=[row for row in rows if row.number not in bad_numbers],
        faults=sorted(faults, key=lambda fault: fault.row),
        faulty_numbers=frozenset(bad_numbers),
        spoiled=[r for r in rows if r.number in bad_numbers and r.row not in bad_rows],
    )


# A field, its column's name, where it stands (None: nowhere) and how its cell is read.
_Placed = tuple[str, str, int | None, Callable[[Cell], Any]]


def _placed(where: dict[str, int], *, on: dt.date) -> list[_Placed]:
    readers = (*_READERS, ("birth_year", "birth_year", lambda cell: cells.birth_year(cell, on=on)))
    return [
        (field, columns.EMPLOYEE[column][0], where.get(column), _remembering(reader))
        for field, column, reader in readers
    ]


def _remembering(reader: Callable[[Cell], Any]) -> Callable[[Cell], Any]:
    """Return the reader with a memory: most columns say the same few things over and over."""
    known: dict[Any, Any] = {}

    def read(cell: Cell) -> Any:
        # 1, 1.0 and True are the same key but not the same cell.
        key = cell if cell.__class__ is str else (cell.__class__, cell)
        if key in known:
            value = known[key]
        else:
            try:
                value = reader(cell)
            except CellError as error:
                value = error
            known[key] = value
        if value.__class__ is CellError:
            raise CellError(str(value), value.suggestion)
        return value

    return read


def _read(row: Row, readers: list[_Placed]) -> tuple[dict[str, Any], list[Fault]]:
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    width = len(row.cells)
    for field, name, place, reader in readers:
        cell = row.cells[place] if place is not None and place < width else None
        try:
            values[field] = reader(cell)
        except CellError as error:
            faults.append(Fault(row.number, name, str(error), error.suggestion))
    return values, faults or _order_fault(row.number, values)


def _order_fault(row: int, values: dict[str, Any]) -> list[Fault]:
    if values["starts"] and values["ends"] and values["ends"] < values["starts"]:
        return [Fault(row, "Til", _("Til-datoen er før fra-datoen."))]
    return []


def _contradictions(rows: list[HrRow]) -> list[Fault]:
    """Return a fault for every row that says otherwise of a person than an earlier row."""
    first: dict[str, HrRow] = {}
    faults = []
    for row in rows:
        earlier = first.setdefault(row.number, row)
        if (row.first_name, row.last_name) != (earlier.first_name, earlier.last_name):
            reason = _("Ansattnummeret står med et annet navn i rad %(row)s.")
            faults.append(Fault(row.row, "Ansattnr", reason % {"row": earlier.row}))
    return faults
