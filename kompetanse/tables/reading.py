"""Read a spreadsheet from outside: in a child process with limits, or not at all."""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from kompetanse.tables.refusals import refusal
from kompetanse.tables.sheets import Cell

MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_CELLS = 200_000
FILE_MEGABYTES = 20
MEMORY_BYTES = 400 * 1024 * 1024
# Processor time is the limit that holds on a busy machine; the wall's is for what only waits.
WALL_SECONDS = 40
CPU_SECONDS = 8
ANSWER_BYTES = 64 * 1024 * 1024

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
    with _opened(source) as file:
        answer = _answer(kind, file, limits)
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


@contextmanager
def _opened(source: Path | str | bytes) -> Iterator[IO[bytes]]:
    """Open the source for the child, which reads all of it, so the size is looked at first."""
    with tempfile.TemporaryFile() if isinstance(source, bytes) else Path(source).open("rb") as file:
        if isinstance(source, bytes):
            file.write(source[: FILE_MEGABYTES * 1024**2 + 1])
        if file.seek(0, os.SEEK_END) > FILE_MEGABYTES * 1024**2:
            raise refusal("file_size", limit=FILE_MEGABYTES)
        file.seek(0)
        yield file


def _answer(kind: str, file: IO[bytes], limits: dict[str, int]) -> dict[str, Any]:
    with tempfile.TemporaryFile() as output:
        code = _run([sys.executable, "-I", str(_CHILD), kind, json.dumps(limits)], file, output)
        if code in {-signal.SIGXCPU, -signal.SIGKILL}:
            raise refusal("time")
        if code != 0:
            raise refusal("memory")
        output.seek(0)
        answer: dict[str, Any] = json.loads(output.read(ANSWER_BYTES))
        return answer


def _run(command: list[str], file: IO[bytes], output: IO[bytes]) -> int:
    """Return the child's exit code; the environment holds none of the application's secrets."""
    # The command holds nothing of the user's: interpreter, our own file, a kind and numbers.
    child = subprocess.Popen(  # noqa: S603
        command,
        stdin=file,
        stdout=output,
        stderr=subprocess.DEVNULL,
        env={"OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1", "RUST_BACKTRACE": "0"},
    )
    try:
        return child.wait(timeout=WALL_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()


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
