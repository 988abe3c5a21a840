"""Fill cells of someone else's workbook and touch nothing else.

The sheet's XML is cut open exactly where a cell stands; formulas, styles, macros, drawings, hidden
sheets and shared strings are never written anew.
Source: docs/adr/0020-cut-into-the-countys-workbook.md.
"""

import posixpath
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.parsers import expat

from kompetanse.tables.archive import replaced
from kompetanse.tables.refusals import refusal
from kompetanse.tables.sheets import clean
from kompetanse.tables.surgery import Cut, Value, written

WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell to fill: the sheet's name, row and column from 1, and the value."""

    sheet: str
    row: int
    column: int
    value: Value


@dataclass(frozen=True, slots=True)
class Filled:
    """The workbook, and the cells that were let be because they hold a formula or a value."""

    content: bytes
    skipped: tuple[FormCell, ...]


def fill(workbook: bytes, cells: Sequence[FormCell]) -> Filled:
    """Return the workbook with the cells filled. It must have passed `read_form` first.

    Raises:
        TableError: the workbook is built so that the cells cannot be filled safely.
    """
    by_sheet: defaultdict[str, dict[tuple[int, int], FormCell]] = defaultdict(dict)
    for cell in cells:
        by_sheet[cell.sheet][cell.row, cell.column] = cell
    contents: dict[str, bytes] = {}
    skipped: list[FormCell] = []
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        places = _places(archive)
        for sheet, wanted in by_sheet.items():
            if sheet not in places:
                raise refusal("unfillable")
            cut = _filled(archive.read(places[sheet]), wanted.values())
            skipped += [wanted[place] for place in cut.skipped]
            contents[places[sheet]] = cut.xml
    return Filled(replaced(workbook, contents), tuple(skipped))


def _filled(xml: bytes, cells: Iterable[FormCell]) -> Cut:
    values: defaultdict[int, dict[int, Value]] = defaultdict(dict)
    for cell in cells:
        value = clean(cell.value)
        values[cell.row][cell.column] = value if isinstance(value, int | float) else str(value)
    return written(xml, values)


def _places(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return where in the archive each sheet stands, by the sheet's name."""
    targets = {
        each["Id"]: posixpath.normpath(posixpath.join("/xl", each["Target"])).lstrip("/")
        for each in _elements(archive.read(RELATIONS), "Relationship")
        if each.get("TargetMode") != "External"
    }
    found = {}
    for sheet in _elements(archive.read(WORKBOOK), "sheet"):
        relation = next((value for name, value in sheet.items() if name.endswith(":id")), "")
        if relation in targets:
            found[sheet["name"]] = targets[relation]
    return found


def _elements(xml: bytes, name: str) -> list[dict[str, str]]:
    """Return the attributes of every element of that name, whatever its prefix."""
    found: list[dict[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == name:
            found.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(xml, True)  # noqa: FBT003 -- the parser's own signature
    except expat.ExpatError as error:
        raise refusal("broken") from error
    return found
