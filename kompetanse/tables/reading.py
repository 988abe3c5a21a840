"""Read a spreadsheet from outside: in a child process with limits, or not at all."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kompetanse import bounded
from kompetanse.tables.refusals import refusal
from kompetanse.tables.sheets import Cell

MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_CELLS = 200_000
FILE_MEGABYTES = 20
MEMORY_BYTES = 400 * 1024 * 1024
CPU_SECONDS = 8

_CHILD = Path(__file__).with_name("child.py")
_KINDS = {".csv": "csv", ".txt": "csv", ".xlsx": "xlsx"}
FORM_KINDS = (".xlsx", ".xlsm")
_MACRO_KINDS = {".xlsm", ".xltm", ".xlam"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `number` is what the spreadsheet program shows in its margin."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its first row with content as `columns`, and the rows with content below it."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def records(self) -> Iterator[tuple[int, dict[str, Cell]]]:
        """Yield row number and cells by heading; a missing cell is None."""
        for row in self.rows:
            padded = row.cells + (None,) * (len(self.columns) - len(row.cells))
            yield row.number, dict(zip(self.columns, padded, strict=False))


def read(
    source: Path | str | bytes,
    *,
    filename: str,
    max_rows: int = MAX_ROWS,
    max_columns: int = MAX_COLUMNS,
    max_cells: int = MAX_CELLS,
) -> Table:
    """Return the first sheet with content of a csv or xlsx file, given by path or as bytes.

    Raises:
        TableError: the file is too large, of another kind, damaged or unsafe; says what to do.
    """
    return read_book(
        source,
        filename=filename,
        max_rows=max_rows,
        max_columns=max_columns,
        max_cells=max_cells,
    )[0]


def read_book(
    source: Path | str | bytes,
    *,
    filename: str,
    max_rows: int = MAX_ROWS,
    max_columns: int = MAX_COLUMNS,
    max_cells: int = MAX_CELLS,
) -> tuple[Table, ...]:
    """Return every sheet with content, at least one. Raises as `read`."""
    found = _sheets(_kind(filename), source, max_rows, max_columns, max_cells)
    return tuple(_table(name, rows) for name, rows in found)


def read_form(source: bytes, *, filename: str) -> dict[str, tuple[Row, ...]]:
    """Return every row with content of a workbook to fill in, by sheet; hidden sheets too.

    Macros are let be, since nothing here runs them. Raises as `read`.
    """
    if Path(filename).suffix.lower() not in FORM_KINDS:
        raise refusal("extension", extension=Path(filename).suffix)
    found = _sheets("form", source, MAX_ROWS, MAX_COLUMNS, MAX_CELLS)
    return {name: _filled(rows) for name, rows in found}


def _sheets(
    kind: str, source: Path | str | bytes, max_rows: int, max_columns: int, max_cells: int
) -> list[tuple[str, list[list[Any]]]]:
    """Return the sheets with content, at least one, as the child reads them."""
    limits = {
        "rows": max_rows,
        "columns": max_columns,
        "cells": max_cells,
        "memory_bytes": MEMORY_BYTES,
        "cpu_seconds": CPU_SECONDS,
    }
    answer = _answer(kind, source, limits)
    if "error" in answer:
        raise refusal(answer["error"], **answer["facts"])
    found = [(name, rows) for name, rows in answer["sheets"] if rows]
    if not found:
        raise refusal("empty")
    return found


def _kind(filename: str) -> str:
    extension = Path(filename).suffix.lower()
    if extension in _MACRO_KINDS:
        raise refusal("macro")
    if extension == ".xls":
        raise refusal("old_excel")
    if extension not in _KINDS:
        raise refusal("extension", extension=extension)
    return _KINDS[extension]


def _answer(kind: str, source: Path | str | bytes, limits: dict[str, int]) -> dict[str, Any]:
    most_bytes = FILE_MEGABYTES * 1024**2
    try:
        answer: dict[str, Any] = bounded.ask(
            _CHILD, kind, json.dumps(limits), source=source, most_bytes=most_bytes
        )
    except bounded.TooLargeError as error:
        raise refusal("file_size", limit=FILE_MEGABYTES) from error
    except bounded.OutOfTimeError as error:
        raise refusal("time") from error
    except bounded.OutOfMemoryError as error:
        raise refusal("memory") from error
    return answer


def _filled(rows: list[list[Any]]) -> tuple[Row, ...]:
    return tuple(
        Row(number, tuple([_dated(cell) if cell.__class__ is dict else cell for cell in cells]))
        for number, cells in enumerate(rows, start=1)
        if cells
    )


def _table(name: str, rows: list[list[Any]]) -> Table:
    filled = _filled(rows)
    columns = tuple("" if cell is None else str(cell) for cell in filled[0].cells)
    return Table(name, columns, filled[1:])


def _dated(value: dict[str, str]) -> Cell:
    date, moment = value.get("date"), value.get("moment")
    return dt.date.fromisoformat(date) if date else dt.datetime.fromisoformat(str(moment))
