"""How a workbook that we write looks: formats, widths, and what makes it fit to print."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kompetanse.tables.sheets import Cell, Kind, Sheet

_WIDEST = 60
_A4 = 9
_FORMATS = {
    Kind.TEXT: "@",
    Kind.NUMBER: "General",
    Kind.KRONER: '#,##0 "kr"',
    # Percentages are 0-100 in the whole product, never Excel's shares.
    Kind.PERCENT: '0 "%"',
    Kind.DATE: "dd.mm.yyyy",
}
_MOMENT = "dd.mm.yyyy hh:mm"
_RIGHT = {Kind.NUMBER, Kind.KRONER, Kind.PERCENT}
_WRAPPED = {"text_wrap": True, "valign": "top"}
_SUMS = {"bold": True, "top": 1}


@dataclass(slots=True)
class Formats:
    """The workbook's formats; each is made once and shared by all the cells that have it."""

    book: Any
    made: dict[str, Any] = field(default_factory=dict)

    def body(self, kind: Kind, *, is_sum: bool = False, is_quoted: bool = False) -> Any:
        """Return the format of a cell; `is_quoted`: Excel keeps it a text when it is edited."""
        look: dict[str, Any] = {"num_format": _FORMATS[kind]}
        if kind is Kind.TEXT:
            look |= _WRAPPED
        if is_sum:
            look |= _SUMS
        return self._of(look | ({"quote_prefix": True} if is_quoted else {}))

    def moment(self, *, is_sum: bool) -> Any:
        return self._of({"num_format": _MOMENT} | (_SUMS if is_sum else {}))

    def heading(self, kind: Kind, *, is_quoted: bool) -> Any:
        side = "right" if kind in _RIGHT else "left"
        return self._of(
            {"bold": True, "bg_color": "#E8EDF2", "bottom": 1, "align": side, **_WRAPPED}
            | ({"quote_prefix": True} if is_quoted else {})
        )

    def note(self, *, is_first: bool, is_quoted: bool) -> Any:
        return self._of({"bold": is_first, "quote_prefix": is_quoted})

    def _of(self, look: dict[str, Any]) -> Any:
        name = repr(look)
        if name not in self.made:
            self.made[name] = self.book.add_format(look)
        return self.made[name]


def prepare(worksheet: Any, sheet: Sheet, body: Sequence[Sequence[Cell]], formats: Formats) -> None:
    """Set widths and formats of the columns, what stays when one scrolls, and the printing."""
    for at, (column, width) in enumerate(zip(sheet.columns, _widths(sheet, body), strict=True)):
        worksheet.set_column(at, at, width, formats.body(column.kind))
    top = sheet.heading_row
    worksheet.freeze_panes(top, 0)
    worksheet.repeat_rows(top - 1)
    worksheet.set_landscape()
    worksheet.set_paper(_A4)
    worksheet.fit_to_pages(1, 0)
    worksheet.set_footer("&C&P / &N")


def _widths(sheet: Sheet, body: Sequence[Sequence[Cell]]) -> Iterator[int]:
    """Give each column's width in characters: as asked for, or by its longest line."""
    for at, column in enumerate(sheet.columns):
        yield column.width or _fitting(column.heading, (row[at] for row in body))


def _fitting(heading: str, cells: Iterator[Cell]) -> int:
    longest = max(map(len, heading.split()), default=0)
    for cell in set(cells):
        text = cell if isinstance(cell, str) else _shown(cell)
        if len(text) > longest:
            longest = max(longest, *map(len, text.splitlines()))
    return min(longest + 3, _WIDEST)


def _shown(cell: Cell) -> str:
    """Return a text as long as the cell is when it is shown."""
    if isinstance(cell, dt.date):
        return "31.12.2026"
    if isinstance(cell, int | float):
        return f"{cell:,.0f} kr"
    return ""
