"""The bounded reader: a program of its own, started by kompetanse.tables.reading, never imported.

A spreadsheet from outside can hang or blow up whatever opens it: a file of 5 kB with one far cell
makes calamine ask for terabytes. So it is opened here, with limits on memory and time, after its
archive and XML have been looked through as a stream.

The file comes on standard input, the limits as a JSON argument. The answer is JSON on standard
output: {"sheets": [[name, rows]]}, or {"error": code, "facts": {...}}.
"""

import codecs
import csv
import datetime as dt
import io
import json
import math
import re
import resource
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any, TypeAlias
from xml.parsers import expat

import python_calamine

ARCHIVE_ENTRIES = 500
UNPACKED_BYTES = 64 * 1024 * 1024
CHUNK_BYTES = 64 * 1024
# Every cell takes two or three elements; beyond that the XML is padding.
ELEMENTS_PER_CELL = 4
ELEMENTS_BESIDE_CELLS = 100_000
SHEETS = 20
# Excel's own limit for the text of one cell.
CELL_CHARACTERS = 32_767
ALL_CHARACTERS = 20_000_000
SEPARATORS = ";\t|,"
_FOLLOWED = frozenset({"c", "v", "is", "t", "row", "f"})
_CONTENTS = frozenset({"v", "is"})
_REFERENCE = re.compile(r"([A-Za-z]{1,9})(\d{1,9})")

Value: TypeAlias = str | int | float | bool | dict[str, str] | None


class RefusedError(Exception):
    """The file is not read; `code` names a sentence in kompetanse.tables.refusals."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Limits:
    rows: int
    columns: int
    cells: int
    memory_bytes: int
    cpu_seconds: int


def main() -> None:
    kind, limits = sys.argv[1], Limits(**json.loads(sys.argv[2]))
    _bind(limits)
    answer: dict[str, object]
    try:
        answer = {"sheets": _sheets(kind, sys.stdin.buffer.read(), limits)}
    except RefusedError as refused:
        answer = {"error": refused.code, "facts": refused.facts}
    except MemoryError:
        answer = {"error": "memory", "facts": {}}
    # A panic in calamine is a BaseException; whatever it is, the file was not readable.
    except BaseException:  # noqa: BLE001
        answer = {"error": "unreadable", "facts": {}}
    # One string at once: json.dump would write it in a million pieces.
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))


def _bind(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (UNPACKED_BYTES, UNPACKED_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _sheets(kind: str, data: bytes, limits: Limits) -> list[tuple[str, list[list[Value]]]]:
    if not data.strip():
        raise RefusedError("empty")
    if kind == "csv":
        return [("", _csv_rows(data, limits))]
    _inspect_workbook(data, limits, is_form=kind == "form")
    return _workbook_sheets(data, limits)


# --- xlsx: look through it before anything opens it


def _inspect_workbook(data: bytes, limits: Limits, *, is_form: bool) -> None:
    """A form to fill in keeps its macros, which nobody runs here, and its uncalculated formulas."""
    _check_signature(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_entries(archive, is_form=is_form)
            _check_contents(archive, limits, is_form=is_form)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise RefusedError("broken") from error
    except NotImplementedError as error:
        raise RefusedError("other_format") from error
    except RuntimeError as error:
        # zipfile says so of an encrypted entry.
        raise RefusedError("password") from error


def _check_signature(data: bytes) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise RefusedError("password" if encrypted else "old_excel")
    if _is_html(data[:1024].decode("latin-1")):
        raise RefusedError("html")
    if not data.startswith(b"PK"):
        raise RefusedError("other_format")


def _is_html(text: str) -> bool:
    start = text.lstrip("\ufeffï»¿ \t\r\n").lower()
    return start.startswith(("<!doctype html", "<html", "<table", "<head", "<meta", "<?xml"))


def _check_entries(archive: zipfile.ZipFile, *, is_form: bool) -> None:
    entries = archive.infolist()
    names = {entry.filename.lower() for entry in entries}
    if len(entries) > ARCHIVE_ENTRIES:
        raise RefusedError("zip_bomb")
    if sum(entry.file_size for entry in entries) > UNPACKED_BYTES:
        raise RefusedError("zip_bomb")
    if not is_form and any(name.endswith("vbaproject.bin") for name in names):
        raise RefusedError("macro")
    if "xl/workbook.xml" not in names:
        raise RefusedError("other_format")


def _check_contents(archive: zipfile.ZipFile, limits: Limits, *, is_form: bool) -> None:
    """Read every entry as a stream: the sizes that an archive states of itself may be lies."""
    left = UNPACKED_BYTES
    for entry in archive.infolist():
        strict = entry.filename.lower().endswith((".xml", ".rels"))
        with archive.open(entry) as stream:
            scanner = SheetScanner(limits, strict=strict, needs_results=not is_form)
            left -= _scan(stream, left, scanner)


def _scan(stream: IO[bytes], left: int, scanner: "SheetScanner") -> int:
    """Return how many bytes the entry holds.

    Any entry may be what a relation calls a sheet, so everything that looks like XML is parsed.
    """
    size, is_xml = 0, False
    for chunk in iter(lambda: stream.read(CHUNK_BYTES), b""):
        is_xml = is_xml if size else _looks_like_xml(chunk)
        size += len(chunk)
        if size > left:
            raise RefusedError("zip_bomb")
        if is_xml:
            scanner.feed(chunk)
    scanner.finish()
    return size


def _looks_like_xml(chunk: bytes) -> bool:
    start = chunk[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<")


class SheetScanner:
    """Follows the cells of a sheet through its XML without keeping any of them.

    Styled cells without content are let pass, also far out: Excel makes them by the thousand. A
    formula whose result was never stored would read as empty, so it is refused.
    """

    def __init__(self, limits: Limits, *, strict: bool, needs_results: bool = True) -> None:
        self._limits = limits
        self._needs_results = needs_results
        # The heading takes a row beside those counted.
        self._last_row, self._last_column = limits.rows + 1, limits.columns
        self._most_cells = limits.cells
        # Excel's own drawings of comments (.vml) are not always well-formed.
        self._strict, self._lost = strict, False
        self._elements = ELEMENTS_PER_CELL * limits.cells + ELEMENTS_BESIDE_CELLS
        self._row = self._column = self._filled = 0
        self._cell: str | None = None
        self._formula = ""
        self._columns: dict[str, int] = {}
        self._row_digits = "0"
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, chunk: bytes) -> None:
        if self._lost:
            return
        try:
            self._parser.Parse(chunk)
        except expat.ExpatError as error:
            self._lost = True
            if self._strict:
                raise RefusedError("broken") from error

    def finish(self) -> None:
        """Judge what the last cell of the entry left open."""
        self._require_result()

    def _doctype(self, *_declaration: object) -> None:
        raise RefusedError("unsafe_xml")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        # Called a million times for a large file, so the commonest come first, and call nothing.
        self._elements -= 1
        if self._elements < 0:
            raise RefusedError("cells", limit=self._limits.cells)
        if name not in _FOLLOWED:
            name = name.rpartition(":")[2]
        if name == "c":
            if self._formula:
                self._require_result()
            self._column += 1
            self._cell = attributes.get("r")
        elif name in _CONTENTS:
            self._fill()
        elif name == "row":
            self._require_result()
            self._row, self._column = _number(attributes.get("r"), self._row + 1), 0
            self._cell, self._row_digits = None, str(self._row)
        elif name == "f" and self._cell:
            self._formula = self._cell

    def _require_result(self) -> None:
        if self._formula and self._needs_results:
            raise RefusedError("formula", cell=self._formula[:12])

    def _fill(self) -> None:
        self._formula = ""
        self._filled += 1
        if self._filled > self._most_cells:
            raise RefusedError("cells", limit=self._limits.cells)
        if self._cell:
            self._move(self._cell)
        if self._row > self._last_row or self._column > self._last_column:
            cell = f"{_column_letters(self._column)}{self._row}"
            raise RefusedError(
                "far_cell", cell=cell, rows=self._limits.rows, columns=self._limits.columns
            )

    def _move(self, cell: str) -> None:
        """Go to where the cell says that it stands; without a word it is the next one."""
        # Nearly every cell is in the row it stands in, under letters that were seen in the last.
        if cell.endswith(self._row_digits):
            column = self._columns.get(cell[: -len(self._row_digits)])
            if column:
                self._column = column
                return
        match = _REFERENCE.fullmatch(cell)
        if match:
            self._column, self._row = _column_number(match[1]), int(match[2])
            self._columns[match[1]], self._row_digits = self._column, match[2]


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,9}", text) else otherwise


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _column_letters(number: int) -> str:
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _workbook_sheets(data: bytes, limits: Limits) -> list[tuple[str, list[list[Value]]]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    if len(book.sheet_names) > SHEETS:
        raise RefusedError("sheets", limit=SHEETS)
    return [(str(name), _rows(_grid(book, name, limits), limits)) for name in book.sheet_names]


def _grid(book: Any, name: str, limits: Limits) -> Iterable[Sequence[Any]]:
    """Return the cells from A1 on, so that rows keep the numbers of the margin."""
    sheet = book.get_sheet_by_name(name)
    grid: Iterable[Sequence[Any]] = sheet.to_python(skip_empty_area=False, nrows=limits.rows + 2)
    return grid


# --- csv


def _csv_rows(data: bytes, limits: Limits) -> list[list[Value]]:
    text = _text(data)
    separator, text = _separator(text)
    return _rows(_records(text, separator, limits), limits)


def _records(text: str, separator: str, limits: Limits) -> Iterator[list[str]]:
    """Yield the cells of each row; a row may go over several lines inside quotation marks."""
    csv.field_size_limit(CELL_CHARACTERS)
    record: list[str] = []
    reader = csv.reader(_followed(io.StringIO(text, newline=""), record), delimiter=separator)
    number = 0
    while True:
        number, last = number + 1, record.copy()
        record.clear()
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            raise _csv_refusal(record, number) from error
        if len(cells) > limits.columns and any(cells[limits.columns :]):
            raise RefusedError("wide", row=number, limit=limits.columns)
        if number > limits.rows + 1 and any(cells):
            raise RefusedError("rows", limit=limits.rows)
        yield cells[: limits.columns]
    if _is_open(last, separator):
        raise RefusedError("quote", row=number - 1)


def _followed(lines: Iterable[str], record: list[str]) -> Iterator[str]:
    """Yield the lines, and leave in `record` those of the row that is being read."""
    for line in lines:
        record.append(line)
        yield line


def _csv_refusal(record: list[str], number: int) -> RefusedError:
    """Return why a cell grew too long: mostly a quotation mark that nobody closed."""
    if record[0].count('"') % 2 and len(record[0]) < CELL_CHARACTERS:
        return RefusedError("quote", row=number)
    return RefusedError("long_cell", row=number, limit=CELL_CHARACTERS)


def _is_open(record: list[str], separator: str) -> bool:
    """Return whether the last row ends inside quotation marks."""
    try:
        list(csv.reader(record, delimiter=separator, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _text(data: bytes) -> str:
    """Decode what Norwegian systems export: UTF-8, UTF-16 or Windows-1252."""
    if data.startswith(b"PK\x03\x04"):
        raise RefusedError("xlsx_as_csv")
    text = _decoded(data)
    if "\0" in text:
        raise RefusedError("nul")
    if _is_html(text[:1024]):
        raise RefusedError("html")
    return text


def _decoded(data: bytes) -> str:
    try:
        return data.decode(_wide_encoding(data) or "utf-8-sig")
    except UnicodeDecodeError:
        # Five bytes have no meaning in Windows-1252; they become a visible replacement.
        return data.decode("cp1252", errors="replace")


def _wide_encoding(data: bytes) -> str | None:
    """Return the UTF-16 variant, by its mark or, lacking one, by where the zero bytes stand."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    head = data[:2000]
    zeros_even, zeros_odd = head[::2].count(0), head[1::2].count(0)
    if zeros_odd > len(head) // 4 and not zeros_even:
        return "utf-16-le"
    if zeros_even > len(head) // 4 and not zeros_odd:
        return "utf-16-be"
    return None


def _separator(text: str) -> tuple[str, str]:
    """Return the separator and the text after Excel's own `sep=;` line, if it has one."""
    first, _newline, rest = text.lstrip("\r\n").partition("\n")
    told = re.fullmatch(r"sep=(.)\s*", first)
    if told:
        return told[1], rest
    plain = re.sub(r'"[^"]*"', "", first)
    return max(SEPARATORS, key=plain.count), text


# --- both


def _rows(grid: Iterable[Sequence[Any]], limits: Limits) -> list[list[Value]]:
    known: dict[str, Value] = {}
    rows = [_trimmed(cells, number, known) for number, cells in enumerate(grid, start=1)]
    while rows and not rows[-1]:
        rows.pop()
    _check_sizes(rows, limits)
    return rows


def _trimmed(cells: Sequence[Any], number: int, known: dict[str, Value]) -> list[Value]:
    """Return the cells as JSON can carry them; `known` remembers texts, which mostly repeat."""
    row = []
    for cell in cells:
        if cell.__class__ is not str:
            row.append(_value(cell, number))
        elif cell in known:
            row.append(known[cell])
        else:
            row.append(known.setdefault(cell, _string(cell, number)))
    while row and row[-1] is None:
        row.pop()
    return row


def _check_sizes(rows: list[list[Value]], limits: Limits) -> None:
    if len(rows) > limits.rows + 1:
        raise RefusedError("rows", limit=limits.rows)
    if sum(len(row) - row.count(None) for row in rows) > limits.cells:
        raise RefusedError("cells", limit=limits.cells)
    if sum(len(value) for row in rows for value in row if isinstance(value, str)) > ALL_CHARACTERS:
        raise RefusedError("memory")


def _value(cell: Any, row: int) -> Value:
    """Return the cell as JSON can carry it; a date is {"date": …}, a moment {"moment": …}."""
    if isinstance(cell, str):
        return _string(cell, row)
    if isinstance(cell, bool) or cell is None:
        return cell
    if isinstance(cell, int):
        return int(cell)
    if isinstance(cell, float):
        return _numeric(float(cell))
    return _dated(cell) if isinstance(cell, dt.date) else str(cell)


def _string(text: str, row: int) -> str | None:
    if len(text) > CELL_CHARACTERS:
        raise RefusedError("long_cell", row=row, limit=CELL_CHARACTERS)
    return text.replace("\N{NO-BREAK SPACE}", " ").strip() or None


def _numeric(number: float) -> int | float | None:
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _dated(day: dt.date) -> dict[str, str]:
    if isinstance(day, dt.datetime) and day.time() != dt.time():
        return {"moment": day.replace(microsecond=0).isoformat()}
    return {"date": f"{day:%Y-%m-%d}"}


if __name__ == "__main__":
    main()
