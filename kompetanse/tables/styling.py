"""Make a worksheet that pandas has filled readable, printable and free of formulas."""

import datetime as dt
from collections.abc import Sequence

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kompetanse.tables.sheets import FORMULA_START, Cell, Kind, Sheet, clean

_WIDEST = 60
_FORMATS = {
    Kind.TEXT: "@",
    Kind.NUMBER: "General",
    Kind.KRONER: '#,##0 "kr"',
    # Percentages are 0-100 in the whole product, never Excel's shares.
    Kind.PERCENT: '0 "%"',
    Kind.DATE: "dd.mm.yyyy",
}


def finish(worksheet: Worksheet, sheet: Sheet) -> None:
    _write_notes(worksheet, sheet)
    _style_headings(worksheet, sheet)
    _format_body(worksheet, sheet)
    _set_widths(worksheet, sheet)
    _set_printing(worksheet, sheet)
    _store_texts(worksheet)


def _write_notes(worksheet: Worksheet, sheet: Sheet) -> None:
    for row, note in enumerate(sheet.notes, start=1):
        worksheet.cell(row, 1, str(clean(note))).font = Font(bold=row == 1)


def _style_headings(worksheet: Worksheet, sheet: Sheet) -> None:
    top = sheet.heading_row
    for index, column in enumerate(sheet.columns, start=1):
        cell = worksheet.cell(top, index)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E8EDF2")
        cell.border = Border(bottom=Side(style="thin"))
        right = column.kind in {Kind.NUMBER, Kind.KRONER, Kind.PERCENT}
        cell.alignment = Alignment(
            horizontal="right" if right else "left", vertical="top", wrap_text=True
        )
    worksheet.freeze_panes = f"A{top + 1}"


def _format_body(worksheet: Worksheet, sheet: Sheet) -> None:
    wrapped, bold = Alignment(vertical="top", wrap_text=True), Font(bold=True)
    line = Border(top=Side(style="thin"))
    first, last = sheet.heading_row + 1, worksheet.max_row
    for index, column in enumerate(sheet.columns, start=1):
        for row in range(first, last + 1):
            cell = worksheet.cell(row, index)
            cell.number_format = _FORMATS[column.kind]
            if column.kind is Kind.TEXT:
                cell.alignment = wrapped
            if sheet.sums and row == last:
                cell.font, cell.border = bold, line


def _set_widths(worksheet: Worksheet, sheet: Sheet) -> None:
    cells = list(zip(*sheet.body(), strict=True)) or [()] * len(sheet.columns)
    for index, column in enumerate(sheet.columns):
        width = column.width or _fitting_width(column.heading, cells[index])
        worksheet.column_dimensions[get_column_letter(index + 1)].width = width


def _fitting_width(heading: str, cells: Sequence[Cell]) -> int:
    longest = max(map(_shown_length, cells), default=0)
    longest_word = max(map(len, heading.split()), default=0)
    return min(max(longest, longest_word) + 3, _WIDEST)


def _shown_length(cell: Cell) -> int:
    if isinstance(cell, dt.date):
        return len("31.12.2026")
    if isinstance(cell, int | float):
        return len(f"{cell:,.0f} kr")
    return max(map(len, str(cell or "").splitlines()), default=0)


def _set_printing(worksheet: Worksheet, sheet: Sheet) -> None:
    top = sheet.heading_row
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = worksheet.PAPERSIZE_A4
    worksheet.page_setup.fitToWidth = 1
    worksheet.page_setup.fitToHeight = 0
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    worksheet.print_title_rows = f"{top}:{top}"
    worksheet.oddFooter.center.text = "&P / &N"  # type: ignore[union-attr]


def _store_texts(worksheet: Worksheet) -> None:
    """Make every text a text, whatever it begins with, and keep it one when edited in Excel."""
    for row in worksheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.data_type = "s"
                if cell.value.startswith(FORMULA_START):
                    cell.quotePrefix = True
