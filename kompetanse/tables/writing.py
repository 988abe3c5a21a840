"""Write tables as workbooks and csv files that a person can open, print and trust."""

import csv
import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kompetanse import heavy
from kompetanse.heavy import Told
from kompetanse.tables.sheets import FORMULA_START, Cell, Kind, Sheet, clean

_TITLE_CHARACTERS = 31
_TOLD_EACH = 1000
# Some 6 microseconds of processor time for each cell (tests/bench/test_plan.py).
LONG_CELLS = 60_000
MOST_CELLS = 20_000_000


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook with one sheet for each, ready to print on A4 landscape.

    No cell is a formula: texts are stored as texts, sums as numbers. The rows go to a temporary
    file as they are written, so that memory does not grow with them (tests/bench/test_plan.py).

    Raises:
        TooLongError: see heavy.make.
    """
    return heavy.make(Workbook(tuple(sheets)))


@dataclass(frozen=True, slots=True)
class Workbook:
    """Sheets that are about to be written; its parts are its rows."""

    sheets: tuple[Sheet, ...]

    @property
    def kind(self) -> str:
        return "xlsx"

    @property
    def edition(self) -> str:
        return ""

    @property
    def is_long(self) -> bool:
        return self._cells > LONG_CELLS

    @property
    def is_endless(self) -> bool:
        return self._cells > MOST_CELLS

    @property
    def parts(self) -> int:
        return sum(len(sheet.rows) for sheet in self.sheets)

    @property
    def _cells(self) -> int:
        return sum(len(sheet.rows) * len(sheet.columns) for sheet in self.sheets)

    def make(self, told: Told | None = None) -> bytes:
        import xlsxwriter

        from kompetanse.tables.styling import Formats

        file = io.BytesIO()
        book = xlsxwriter.Workbook(file, {"constant_memory": True})
        formats = Formats(book)
        book.set_properties({"title": self.sheets[0].title if self.sheets else ""})
        before = 0
        for title, sheet in zip(_titles(self.sheets), self.sheets, strict=True):
            _Pen(book.add_worksheet(title), sheet, formats).write(told, before)
            before += len(sheet.rows)
        book.close()
        return file.getvalue()

    def as_json(self) -> dict[str, Any]:
        return {"sheets": [sheet.as_json() for sheet in self.sheets]}

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> "Workbook":
        return cls(tuple(Sheet.from_json(sheet) for sheet in fields["sheets"]))


heavy.register("xlsx", Workbook.from_json)


class _Pen:
    """Writes one sheet, row by row from the top: what is written is no longer in memory."""

    def __init__(self, worksheet: Any, sheet: Sheet, formats: Any) -> None:
        self.worksheet, self.sheet, self.formats = worksheet, sheet, formats

    def write(self, told: Told | None, before: int) -> None:
        """Write it all, and tell of the rows; `before`: how many other sheets had."""
        from kompetanse.tables import styling

        body = self.sheet.body()
        styling.prepare(self.worksheet, self.sheet, body, self.formats)
        self._write_top()
        kinds = [column.kind for column in self.sheet.columns]
        sum_row = len(body) - 1 if self.sheet.sums else None
        for at, row in enumerate(body):
            self._write_row(self.sheet.heading_row + at, row, kinds, is_sum=at == sum_row)
            if told and at % _TOLD_EACH == 0:
                told(before + at)

    def _write_top(self) -> None:
        for at, note in enumerate(self.sheet.notes):
            text = str(clean(note))
            look = self.formats.note(is_first=at == 0, is_quoted=_is_like_formula(text))
            self.worksheet.write_string(at, 0, _lines(text), look)
        for at, (column, heading) in enumerate(
            zip(self.sheet.columns, self.sheet.headings(), strict=True)
        ):
            look = self.formats.heading(column.kind, is_quoted=_is_like_formula(heading))
            self.worksheet.write_string(self.sheet.heading_row - 1, at, _lines(heading), look)

    def _write_row(
        self, row: int, cells: Sequence[Cell], kinds: Sequence[Kind], *, is_sum: bool
    ) -> None:
        """Write the cells; one without a look of its own has its column's."""
        write_string, write_number = self.worksheet.write_string, self.worksheet.write_number
        for at, cell in enumerate(cells):
            look = self.formats.body(kinds[at], is_sum=True) if is_sum else None
            if cell is None or cell == "":
                if look is not None:
                    self.worksheet.write_blank(row, at, None, look)
            elif isinstance(cell, str):
                if cell.startswith(FORMULA_START):
                    look = self.formats.body(kinds[at], is_sum=is_sum, is_quoted=True)
                write_string(row, at, _lines(cell), look)
            elif isinstance(cell, bool):
                self.worksheet.write_boolean(row, at, cell, look)
            elif isinstance(cell, int | float):
                write_number(row, at, cell, look)
            else:
                look = self._look_of_day(cell, kinds[at], is_sum=is_sum)
                self.worksheet.write_datetime(row, at, cell, look)

    def _look_of_day(self, cell: dt.date, kind: Kind, *, is_sum: bool) -> Any:
        """Return a look that shows a date as a date, and the time of a moment, in any column."""
        if isinstance(cell, dt.datetime) and kind is not Kind.DATE:
            return self.formats.moment(is_sum=is_sum)
        return self.formats.body(Kind.DATE, is_sum=is_sum)


def _lines(text: str) -> str:
    """Return the text with its lines parted as XML parts them; Excel would show the other marks."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _is_like_formula(text: str) -> bool:
    return text.startswith(FORMULA_START)


def write_csv(sheet: Sheet) -> bytes:
    """Return the table as Excel in Norwegian opens it: semicolons, UTF-8 with mark.

    A text that would begin a formula gets an apostrophe before it.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow([_csv_cell(heading) for heading in sheet.headings()])
    for row in sheet.body():
        writer.writerow([_csv_cell(cell) for cell in row])
    return file.getvalue().encode("utf-8-sig")


def _titles(sheets: Sequence[Sheet]) -> list[str]:
    """Return names that Excel takes: short, without its reserved characters, all different."""
    titles: list[str] = []
    for number, sheet in enumerate(sheets, start=1):
        plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", sheet.title).strip(" '") or f"Ark {number}"
        taken = {title.lower() for title in titles}
        if plain[:_TITLE_CHARACTERS].lower() in taken:
            plain = f"{number} {plain}"
        titles.append(plain[:_TITLE_CHARACTERS])
    return titles


def _csv_cell(cell: Cell) -> str:
    if isinstance(cell, dt.date):
        return f"{cell:%d.%m.%Y}"
    if isinstance(cell, float):
        return f"{cell:.15g}".replace(".", ",")
    text = "" if cell is None else str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(FORMULA_START) else text
