"""Cut values into the XML of a sheet, byte by byte, and leave the rest of it as it stands."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.parsers import expat
from xml.sax.saxutils import escape

from kompetanse.tables.refusals import refusal

Value: TypeAlias = str | int | float
Place = tuple[int, int]
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_DECLARED = re.compile(rb"""<\?xml[^>]*encoding=["']([^"']+)["']""")


@dataclass(slots=True)
class Cell:
    """Where a cell stands in the XML, its style, and whether something is in it."""

    start: int
    end: int = 0
    style: str = ""
    is_taken: bool = False


@dataclass(slots=True)
class Row:
    """Where a row stands in the XML: its tag, the place of its end, and its cells by column."""

    number: int
    tag: str
    start: int
    style: str = ""
    content: int = 0
    end: int = 0
    cells: dict[int, Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cut:
    """The sheet's XML with the values in it, and the places that were let be."""

    xml: bytes
    skipped: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    start: int
    end: int
    text: bytes


def written(xml: bytes, values: Mapping[int, Mapping[int, Value]]) -> Cut:
    """Return the XML with the values by row and column; what is in a cell already is let be.

    Raises:
        TableError: the XML is not UTF-8, or is not that of a sheet.
    """
    declared = _DECLARED.match(xml[:200].lstrip(b"\xef\xbb\xbf"))
    if declared and declared[1].lower() not in {b"utf-8", b"us-ascii"}:
        raise refusal("unfillable")
    sheet = Sheet(xml, set(values))
    taken = tuple(
        (number, column)
        for number, cells in values.items()
        for column in cells
        if number in sheet.rows
        and column in sheet.rows[number].cells
        and sheet.rows[number].cells[column].is_taken
    )
    edits = [
        edit
        for number, cells in sorted(values.items())
        for edit in _edits(
            sheet, number, {c: value for c, value in cells.items() if (number, c) not in taken}
        )
    ]
    return Cut(_applied(xml, edits), taken)


class Sheet:
    """The rows that are asked for, found by one reading of the XML."""

    def __init__(self, xml: bytes, wanted: set[int]) -> None:
        self.xml = xml
        self.rows: dict[int, Row] = {}
        self.starts: list[tuple[int, int]] = []
        self.end = 0
        self.prefix = ""
        self._wanted = wanted
        self._row: Row | None = None
        self._cell: Cell | None = None
        self._number = self._column = 0
        self._is_empty = False
        self._read()

    def before(self, number: int) -> int:
        """Return where a new row of that number is put in."""
        return next((start for other, start in self.starts if other > number), self.end)

    def _read(self) -> None:
        self._parser = parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._open, self._close
        try:
            parser.Parse(self.xml, True)  # noqa: FBT003 -- the parser's own signature
        except expat.ExpatError as error:
            raise refusal("broken") from error
        if not self.end:
            raise refusal("unfillable")

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        name, at = tag.rpartition(":")[2], self._parser.CurrentByteIndex
        if name == "sheetData":
            self.prefix = tag[: -len(name)]
            self._is_empty = self._closes_itself(at)
        elif name == "row":
            self._open_row(tag, at, attributes)
        elif name == "c" and self._row is not None:
            self._open_cell(at, attributes)
        elif name in {"f", "v", "is"} and self._cell is not None:
            self._cell.is_taken = True

    def _open_row(self, tag: str, at: int, attributes: dict[str, str]) -> None:
        self._number = int(attributes.get("r") or self._number + 1)
        self._column = 0
        self.starts.append((self._number, at))
        if self._number in self._wanted:
            styled = attributes.get("customFormat") in {"1", "true"}
            style = attributes.get("s", "") if styled else ""
            self._row = Row(self._number, tag, at, style, content=self._after_tag(at))
            self.rows[self._number] = self._row

    def _open_cell(self, at: int, attributes: dict[str, str]) -> None:
        match = _REFERENCE.fullmatch(attributes.get("r", ""))
        self._column = _number_of(match[1]) if match else self._column + 1
        end = self._after_tag(at) if self._closes_itself(at) else 0
        self._cell = Cell(at, end, style=attributes.get("s", ""))
        if self._row is not None:
            self._row.cells[self._column] = self._cell

    def _close(self, tag: str) -> None:
        name, at = tag.rpartition(":")[2], self._parser.CurrentByteIndex
        if name == "sheetData":
            # An empty <sheetData/> has no place for a row.
            self.end = 0 if self._is_empty else at
        elif name == "row" and self._row is not None:
            self._row.end, self._row = at, None
        elif name == "c" and self._cell is not None:
            self._cell.end = self._cell.end or self._after_tag(at)
            self._cell = None

    def _closes_itself(self, at: int) -> bool:
        """Return whether the tag that begins there has no other that ends it."""
        end = self._after_tag(at)
        return self.xml[end - 2 : end] == b"/>"

    def _after_tag(self, at: int) -> int:
        """Return the place after the tag that begins there; quoted values may hold a >."""
        quote = 0
        for place in range(at, len(self.xml)):
            byte = self.xml[place]
            if quote:
                quote = 0 if byte == quote else quote
            elif byte in b"\"'":
                quote = byte
            elif byte == ord(">"):
                return place + 1
        raise refusal("broken")


def _edits(sheet: Sheet, number: int, values: Mapping[int, Value]) -> Iterator[Edit]:
    if not values:
        return
    row = sheet.rows.get(number)
    if row is None:
        at = sheet.before(number)
        cells = b"".join(_cell(sheet.prefix, number, c, v, "") for c, v in sorted(values.items()))
        tag = f"{sheet.prefix}row"
        yield Edit(at, at, f'<{tag} r="{number}">'.encode() + cells + f"</{tag}>".encode())
        return
    is_closed = sheet.xml[row.content - 2 : row.content] == b"/>"
    added: list[tuple[int, bytes]] = []
    for column, value in sorted(values.items()):
        there = row.cells.get(column)
        style = there.style if there else row.style
        text = _cell(sheet.prefix, number, column, value, style)
        if there:
            yield Edit(there.start, there.end, text)
        elif is_closed:
            added.append((0, text))
        else:
            at = next(
                (c.start for other, c in sorted(row.cells.items()) if other > column), row.end
            )
            yield Edit(at, at, text)
    if added:
        inner = b"".join(text for _place, text in added)
        yield Edit(row.content - 2, row.content, b">" + inner + f"</{row.tag}>".encode())


def _cell(prefix: str, row: int, column: int, value: Value, style: str) -> bytes:
    """Return the cell's XML; a text stands in the cell itself, so no other part changes."""
    head = f'<{prefix}c r="{_letters(column)}{row}"' + (f' s="{style}"' if style else "")
    if isinstance(value, str):
        text = (
            f'<{prefix}is><{prefix}t xml:space="preserve">{escape(value)}</{prefix}t></{prefix}is>'
        )
        return f'{head} t="inlineStr">{text}</{prefix}c>'.encode()
    return f"{head}><{prefix}v>{value}</{prefix}v></{prefix}c>".encode()


def _applied(xml: bytes, edits: list[Edit]) -> bytes:
    """Return the XML with the edits; those at the same place come in their own order."""
    parts: list[bytes] = []
    at = 0
    for edit in sorted(edits, key=lambda each: each.start):
        parts += [xml[at : edit.start], edit.text]
        at = edit.end
    return b"".join([*parts, xml[at:]])


def _letters(column: int) -> str:
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
