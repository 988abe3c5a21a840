"""What a sheet that we write holds: columns, rows, notes and sums."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

Cell: TypeAlias = str | int | float | bool | dt.date | dt.datetime | None

# A spreadsheet program takes a text that begins like this for a formula (OWASP, "CSV Injection").
FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# What XML 1.0 cannot carry; Excel refuses a workbook that holds one.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CELL_CHARACTERS = 32_767


class Kind(StrEnum):
    """How a column is shown."""

    TEXT = "text"
    NUMBER = "number"
    KRONER = "kroner"
    PERCENT = "percent"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, how its values are shown, and its width in characters (None: by content)."""

    heading: str
    kind: Kind = Kind.TEXT
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `notes` stand as lines above the table; `sums` is a last row in bold."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()
    sums: Sequence[Cell] | None = None

    @property
    def heading_row(self) -> int:
        """The row of the headings, from 1; an empty row parts them from the notes."""
        return len(self.notes) + 2 if self.notes else 1

    def headings(self) -> list[str]:
        return [str(clean(column.heading)) for column in self.columns]

    def body(self) -> list[list[Cell]]:
        """Return the rows and the sums, as a file can carry them."""
        rows = [*self.rows, *([self.sums] if self.sums else [])]
        return [[clean(cell) for cell in row] for row in rows]

    def as_json(self) -> dict[str, Any]:
        """Return the sheet as JSON can carry it; a day is a list of its kind and its text."""
        return {
            "title": str(self.title),
            "columns": [[str(each.heading), each.kind, each.width] for each in self.columns],
            "rows": [[_carried(cell) for cell in row] for row in self.rows],
            "notes": [str(note) for note in self.notes],
            "sums": self.sums and [_carried(cell) for cell in self.sums],
        }

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> "Sheet":
        columns = [Column(heading, Kind(kind), width) for heading, kind, width in fields["columns"]]
        rows = [[_laid_down(cell) for cell in row] for row in fields["rows"]]
        sums = fields["sums"] and [_laid_down(cell) for cell in fields["sums"]]
        return cls(**fields | {"columns": columns, "rows": rows, "sums": sums})


_DAYS: dict[str, type[dt.date]] = {"date": dt.date, "moment": dt.datetime}


def _carried(cell: Cell) -> Any:
    if isinstance(cell, dt.datetime):
        return ["moment", cell.isoformat()]
    if isinstance(cell, dt.date):
        return ["date", cell.isoformat()]
    return cell if cell is None or isinstance(cell, int | float) else str(cell)


def _laid_down(cell: Any) -> Cell:
    if isinstance(cell, list):
        kind, text = cell
        return _DAYS[kind].fromisoformat(text)
    found: Cell = cell
    return found


def clean(cell: Cell) -> Cell:
    """Return the cell without what Excel refuses: control characters, excess length, time zones."""
    if isinstance(cell, str):
        # Nearly every text is all printable, and much sooner seen to be so.
        if len(cell) <= _CELL_CHARACTERS and cell.isprintable():
            return cell
        return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", cell)[:_CELL_CHARACTERS]
    if isinstance(cell, dt.datetime) and cell.tzinfo:
        return cell.replace(tzinfo=None)
    return cell
