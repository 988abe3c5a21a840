"""The workbook of measures: its columns, and its rows put into what the form of a measure asks.

The columns are those of the form, under its own labels; a cell that names something (a unit, an
arena) is put right by name, and what is not found is told with what it was probably meant to be.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.skall import norsk
from kompetanse.tables import Cell, Table
from planer.models import Belopslinje, Tiltak
from planer.queries.valg import Choices, Offered

MOST_ROWS = 300
SEVERAL = ";"
# How alike two words must be to be taken for each other, 0–1.
LIKENESS = 0.6


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: the form's field, its heading, and an example."""

    field: str
    heading: str | Promise
    example: str = ""


t = gettext_lazy
COLUMNS = (
    SheetColumn("theme", t("Tiltak"), "Sårstell nivå 2"),
    SheetColumn("half", t("Halvår"), "Vår"),
    SheetColumn("enhet", t("Enhet")),
    SheetColumn("responsible", t("Ansvarlig"), "Avdelingsleder"),
    SheetColumn("target_group", t("Målgruppe"), "Alle på vakt"),
    SheetColumn("for_categories", t("Stillinger i målgruppen")),
    SheetColumn("participants", t("Antall deltakere"), "12"),
    SheetColumn("timing", t("Tidspunkt"), "uke 10"),
    SheetColumn("deadline", t("Frist"), "15.03.2027"),
    SheetColumn("need", t("Behov")),
    SheetColumn("fokusomrade", t("Fokusområde")),
    SheetColumn("kompetanse1", t("Kompetanse")),
    SheetColumn("niva1", t("Nivå"), "3"),
    SheetColumn("kompetanse2", t("Kompetanse 2")),
    SheetColumn("niva2", t("Nivå 2")),
    SheetColumn("kompetanse3", t("Kompetanse 3")),
    SheetColumn("niva3", t("Nivå 3")),
    SheetColumn("way", t("Måte")),
    SheetColumn("kind", t("Slag")),
    SheetColumn("arena", t("Læringsarena")),
    *(SheetColumn(kind.value, kind.label) for kind in Belopslinje.Kind),
)
del t
REQUIRED = ("theme", "half")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the workbook: its number in the margin, and the text of its cells by field."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in a cell: under which heading, and a sentence."""

    heading: str
    text: str


def names(offered: Offered) -> dict[str, Choices]:
    """Return what the columns that name something may hold, by field."""
    competences = dict.fromkeys(("kompetanse1", "kompetanse2", "kompetanse3"), offered.competences)
    return {
        "enhet": [(pk, name.lstrip("– ")) for pk, name in offered.units],
        "fokusomrade": offered.areas,
        "arena": offered.arenas,
        "for_categories": offered.categories,
        **competences,
    }


def words() -> dict[str, dict[str, str]]:
    """Return the values by the words of the columns that choose among a few, by field."""
    few = {"half": Tiltak.Halvar, "way": Tiltak.Way, "kind": Tiltak.Kind}
    return {
        field: {str(label): value for value, label in each.choices} for field, each in few.items()
    }


def rows(table: Table) -> list[SheetRow]:
    """Return the rows that say something, their cells by field; unknown columns are left out."""
    known = {_folded(str(column.heading)): column.field for column in COLUMNS}
    fields = [known.get(_folded(heading)) for heading in table.columns]
    return [SheetRow(row.number, _named(fields, row.cells)) for row in table.rows if any(row.cells)]


def missing(table: Table) -> list[str]:
    """Return the headings that the workbook must have and has not."""
    there = {_folded(heading) for heading in table.columns}
    return [
        str(column.heading)
        for column in COLUMNS
        if column.field in REQUIRED and _folded(str(column.heading)) not in there
    ]


def answers(row: SheetRow, offered: Offered) -> tuple[dict[str, object], list[Mistake]]:
    """Return what the row answers in the form's own terms, and what could not be understood."""
    told: dict[str, object] = dict(row.cells)
    mistakes: list[Mistake] = []
    for field, chosen in names(offered).items():
        values = {name: str(pk) for pk, name in chosen}
        parts = _parts(row.cells.get(field, ""), several=field == "for_categories")
        found = [_match(part, values, field, mistakes) for part in parts]
        told[field] = found if field == "for_categories" else (found[0] if found else "")
    for field, values in words().items():
        part = row.cells.get(field, "")
        told[field] = _match(part, values, field, mistakes) if part else ""
    return told, mistakes


def heading(field: str) -> str:
    """Return the heading of a field of the form."""
    return next((str(each.heading) for each in COLUMNS if each.field == field), "")


def _match(part: str, values: Mapping[str, str], field: str, mistakes: list[Mistake]) -> str:
    """Return the value that is named; "" and a mistake when there is none of that name."""
    by_name = {_folded(name): value for name, value in values.items()}
    if _folded(part) in by_name:
        return by_name[_folded(part)]
    mistakes.append(Mistake(heading(field), _unknown(part, values)))
    return ""


def _unknown(part: str, values: Iterable[str]) -> str:
    folded = {_folded(name): name for name in values}
    near = get_close_matches(_folded(part), folded, n=1, cutoff=LIKENESS)
    if near:
        told = {"word": part, "meant": folded[near[0]]}
        return _("«%(word)s» finnes ikke. Mente du «%(meant)s»?") % told
    return _("«%(word)s» finnes ikke. Se arket «Lister» i regnearket.") % {"word": part}


def _named(fields: Iterable[str | None], cells: Iterable[Cell]) -> dict[str, str]:
    pairs = zip(fields, cells, strict=False)
    return {field: _text(cell) for field, cell in pairs if field and cell not in {None, ""}}


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime | date):
        return norsk.dato(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _parts(text: str, *, several: bool) -> list[str]:
    parts = text.split(SEVERAL) if several else [text]
    return [part.strip() for part in parts if part.strip()]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
