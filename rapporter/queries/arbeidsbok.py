"""The county's prefilled workbook: where our figures belong in it. Nothing is written here.

A table of the workbook is known by its headings, which the scheme holds as data; a row by the
measure's name or its priority. Cells that hold something are never named.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kompetanse.tables import Cell, FormCell, Row
from rapporter.queries.grid import Grid
from rapporter.queries.rapport import ReportDocument

# By these a row of the county's is known to be one of ours, the surest first.
KEYS = ("theme", "group", "priority")
FEWEST_HEADINGS = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A table of ours found in the workbook: its sheet, the row of its headings, the columns.

    `columns` are columns of the sheet from 1, by place in our grid.
    """

    sheet: str
    row: int
    columns: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Match:
    """What is to be filled for one part of the report, and what could not be placed.

    `differing` are cells with another value than ours: (cell, what is there).
    """

    heading: str
    place: Place | None
    cells: tuple[FormCell, ...] = ()
    missing_headings: tuple[str, ...] = ()
    missing_rows: tuple[str, ...] = ()
    differing: tuple[tuple[FormCell, Cell], ...] = ()


def matches(sheets: Mapping[str, Sequence[Row]], document: ReportDocument) -> list[Match]:
    """Return what each table of the report would fill in the workbook."""
    return [
        _match(heading, getattr(document, part), sheets)
        for part, heading in document.parts
        if part != "texts"
    ]


def _match(heading: str, grid: Grid, sheets: Mapping[str, Sequence[Row]]) -> Match:
    place = _place(grid, sheets)
    if place is None:
        return Match(heading, None, missing_headings=grid.headings)
    missing = tuple(name for at, name in enumerate(grid.headings) if at not in place.columns)
    below = [row for row in sheets[place.sheet] if row.number > place.row]
    cells: list[FormCell] = []
    differing: list[tuple[FormCell, Cell]] = []
    unplaced: list[str] = []
    for values in grid.rows:
        row = _row_of(values, grid, place, below)
        if row is None:
            unplaced.append(str(values[_name_place(grid)]))
            continue
        for cell, there in _cells(values, grid, place, row):
            if there is None:
                cells.append(cell)
            elif _plain(there) != _plain(cell.value):
                differing.append((cell, there))
    return Match(heading, place, tuple(cells), missing, tuple(unplaced), tuple(differing))


def _place(grid: Grid, sheets: Mapping[str, Sequence[Row]]) -> Place | None:
    """Return the row that has most of our headings, when it also has one that rows are known by."""
    best: Place | None = None
    wanted = {_plain(heading): at for at, heading in enumerate(grid.headings)}
    for sheet, rows in sheets.items():
        for row in rows:
            columns: dict[int, int] = {}
            for number, cell in enumerate(row.cells, start=1):
                at = wanted.get(_plain(cell))
                if at is not None:
                    columns.setdefault(at, number)
            is_known = any(grid.names[at] in KEYS for at in columns)
            is_better = best is None or len(columns) > len(best.columns)
            if is_known and len(columns) >= FEWEST_HEADINGS and is_better:
                best = Place(sheet, row.number, columns)
    return best


def _row_of(values: Sequence[object], grid: Grid, place: Place, below: Sequence[Row]) -> Row | None:
    for key in KEYS:
        if key in grid.names and (at := grid.names.index(key)) in place.columns:
            wanted, column = _plain(values[at]), place.columns[at]
            for row in below:
                if len(row.cells) >= column and _plain(row.cells[column - 1]) == wanted:
                    return row
    return None


def _cells(
    values: Sequence[str | int | float], grid: Grid, place: Place, row: Row
) -> Iterator[tuple[FormCell, Cell]]:
    """Yield our cells of the row with what stands there; the keys are the county's own."""
    for at, column in place.columns.items():
        if grid.names[at] in KEYS or values[at] == "":
            continue
        there = row.cells[column - 1] if len(row.cells) >= column else None
        yield FormCell(place.sheet, row.number, column, values[at]), there


def _name_place(grid: Grid) -> int:
    return next((grid.names.index(key) for key in KEYS if key in grid.names), 0)


def _plain(value: object) -> str:
    """Return the value as it compares: without case, extra spaces and 12.0 for 12."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str("" if value is None else value).split()).casefold()
