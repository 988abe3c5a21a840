"""The faults of a file as lines: what is wrong, and the cells of the rows that are left out."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from kompetanse.organisasjon.hr.cells import IDENTITY_NUMBER
from kompetanse.organisasjon.hr.line import Kind, Line, shown
from kompetanse.organisasjon.hr.plan import Plan
from kompetanse.organisasjon.hr.rows import Fault
from kompetanse.tables import Cell

# More faults than this come from a wrong column, and nobody corrects them one by one.
MOST_FAULTS = 10_000


def of(plan: Plan) -> Iterator[Line]:
    """Yield the faults, the first of each row with its cells; then the rows that they spoil."""
    told: set[int] = set()
    faults = [fault for fault in plan.faults if not fault.is_remark]
    for fault in faults[:MOST_FAULTS]:
        cells = () if fault.row in told else plan.given_back.get(fault.row, ())
        told.add(fault.row)
        yield _fault(fault, Kind.FAULT, cells)
    if len(faults) <= MOST_FAULTS:
        for row, cells in plan.given_back.items():
            if row not in told:
                yield Line(Kind.COMPANION, row=row, content={"cells": given_back(cells)})
    yield from (_fault(fault, Kind.REMARK, ()) for fault in plan.faults if fault.is_remark)


def _fault(fault: Fault, kind: str, cells: Iterable[Cell]) -> Line:
    return Line(
        kind,
        row=fault.row,
        column=fault.column,
        text=fault.reason,
        suggestion=fault.suggestion,
        content={"cells": given_back(cells)} if cells else {},
    )


def given_back(cells: Iterable[Cell]) -> list[Any]:
    """Return the cells as JSON keeps them; a national identity number is never stored."""
    return [_masked(cell) for cell in cells]


def shown_cell(cell: Cell) -> str:
    """Return a cell as people see it; never a national identity number."""
    return shown(_masked(cell))


def _masked(cell: Cell) -> Any:
    if isinstance(cell, dt.date):
        return shown(cell)
    return "" if IDENTITY_NUMBER.fullmatch(str(cell)) else cell
