"""Write tables as workbooks and csv files that a person can open, print and trust."""

import csv
import datetime as dt
import io
import re
from collections.abc import Sequence

from kompetanse.tables.sheets import FORMULA_START, Cell, Sheet

_TITLE_CHARACTERS = 31


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook with one sheet for each, ready to print on A4 landscape.

    No cell is a formula: texts are stored as texts, sums as numbers.
    """
    import pandas

    from kompetanse.tables import styling

    file = io.BytesIO()
    titles = _titles(sheets)
    with pandas.ExcelWriter(file, engine="openpyxl") as writer:
        for title, sheet in zip(titles, sheets, strict=True):
            frame = pandas.DataFrame(sheet.body(), columns=sheet.headings(), dtype=object)
            top = sheet.heading_row - 1
            frame.to_excel(writer, sheet_name=title, index=False, startrow=top)
            styling.finish(writer.sheets[title], sheet)
    return file.getvalue()


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
