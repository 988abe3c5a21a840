"""The columns of the table of measures: what each shows, and the sets to choose among.

One set serves page, PDF and spreadsheet alike: Nittedal's seven, Modum's four, all there is, or
the Kommune's own, with its own headings. A new column is one line in FIELDS.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kompetanse.skall import norsk
from kompetanse.tables import Cell, Kind
from planer.models import Belopslinje, Plankolonne
from planer.queries.linje import Line

Text = str | Promise
NONE = "–"


@dataclass(frozen=True, slots=True)
class Field:
    """What a column can show of a measure: its usual heading, and the words of a cell.

    The first of the words is the main one, those below it explain. `value` is what a spreadsheet
    has, when it is a number or a date. `parts` are the fields that stand for it there.
    """

    heading: Text
    words: Callable[[Line], Iterable[str]]
    kind: Kind = Kind.TEXT
    value: Callable[[Line], Cell] | None = None
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """A column of one table: which field, under which heading."""

    name: str
    heading: str

    @property
    def field(self) -> Field:
        return FIELDS[self.name]

    @property
    def is_number(self) -> bool:
        return self.field.kind in {Kind.KRONER, Kind.NUMBER}

    @property
    def is_heading(self) -> bool:
        """Whether its cell names the row."""
        return self.name in {"theme", "theme_group", "activity"}

    @property
    def in_spreadsheet(self) -> "tuple[PlanColumn, ...]":
        """Return the columns that stand for it where amounts must be numbers."""
        parts = self.field.parts
        return tuple(usual(name) for name in parts) if parts else (self,)

    def number(self, line: Line) -> int:
        """Return what is summed of the line: NOK or people, 0 in a column of words."""
        value = self.field.value(line) if self.field.value and self.is_number else 0
        return value if isinstance(value, int) else 0

    def cell(self, line: Line) -> Cell:
        """Return what a spreadsheet has of the line."""
        field = self.field
        return field.value(line) if field.value else ", ".join(field.words(line))


@dataclass(frozen=True, slots=True)
class Layout:
    """A table to choose: its key in the address, what it is called, its columns."""

    key: str
    label: str
    columns: tuple[PlanColumn, ...]

    @property
    def has_amounts(self) -> bool:
        """Whether a column has NOK; a table without needs no sums below it."""
        return any(column.field.kind == Kind.KRONER for column in self.spreadsheet)

    @property
    def spreadsheet(self) -> tuple[PlanColumn, ...]:
        return tuple(part for column in self.columns for part in column.in_spreadsheet)


def own() -> tuple[PlanColumn, ...]:
    """Return the Kommune's own columns; empty until someone has chosen them. One query."""
    rows = Plankolonne.objects.order_by("order", "pk").values_list("field", "heading")
    return tuple(PlanColumn(field, heading) for field, heading in rows if field in FIELDS)


def layouts(own_columns: tuple[PlanColumn, ...]) -> dict[str, Layout]:
    """Return the tables to choose among by their key, the Kommune's own first where it has one."""
    found = [Layout(OWN, _("Kommunens egne kolonner"), own_columns)] if own_columns else []
    found += [
        Layout(SEVEN, _("Sju kolonner"), _usual(IN_SEVEN)),
        Layout(FOUR, _("Fire kolonner"), _usual(IN_FOUR)),
        Layout(ALL, _("Alle felt"), _usual(IN_ALL)),
    ]
    return {layout.key: layout for layout in found}


def joint() -> Layout:
    """Return the columns of the joint plan, which have each amount by itself."""
    return Layout(JOINT, _("Felles opplæringsplan"), _usual(IN_JOINT))


def activities() -> Layout:
    """Return Nittedal's three columns of the yearly joint action plan (N8), besides the number."""
    return Layout("aktiviteter", _("Felles handlingsplan"), _usual(("activity", "when_only")))


def usual(name: str) -> PlanColumn:
    return PlanColumn(name, str(FIELDS[name].heading))


def _usual(names: Iterable[str]) -> tuple[PlanColumn, ...]:
    return tuple(usual(name) for name in names)


def _amounts(line: Line) -> Iterable[str]:
    if line.is_counted and line.costs:
        yield norsk.kroner(line.cost)
    yield from _financings(line)


def _financings(line: Line) -> Iterable[str]:
    if line.is_counted:
        for each in line.financings:
            yield f"{each.label} {norsk.kroner(each.amount)}"


def _participants(line: Line) -> str:
    if not line.participants:
        return ""
    told = ngettext("%(n)d deltaker", "%(n)d deltakere", line.participants)
    return told % {"n": line.participants}


def _theme(line: Line) -> str:
    if line.into:
        return _("%(theme)s (samlet i «%(into)s»)") % {"theme": line.theme, "into": line.into}
    return line.theme


def _evaluation(line: Line) -> str:
    return line.evaluation or _day(line.evaluate_on)


def _day(day: date | None) -> str:
    return norsk.dato(day) if day else ""


def _where(line: Line) -> str:
    return line.enhet or _("Felles")


def _responsible(line: Line) -> Iterable[str]:
    """Return who, and where unless that is said already: «Fagleder, Hjemmebaserte tjenester»."""
    is_said = bool(line.enhet) and line.enhet in line.responsible
    return _some(line.responsible, "" if is_said else _where(line))


def _some(*words: str) -> Iterable[str]:
    return [each for each in words if each]


def _money(heading: Text, read: Callable[[Line], int]) -> Field:
    def counted(line: Line) -> int:
        return read(line) if line.is_counted else 0

    return Field(heading, lambda line: [norsk.kroner(counted(line))], Kind.KRONER, counted)


def _kind(kind: Belopslinje.Kind) -> Field:
    return _money(kind.label, lambda line: line.amount_of(kind))


def _plain(heading: Text, read: Callable[[Line], str]) -> Field:
    return Field(heading, lambda line: _some(read(line)))


def _date(heading: Text, read: Callable[[Line], date | None]) -> Field:
    return Field(heading, lambda line: _some(_day(read(line))), Kind.DATE, read)


t = gettext_lazy
FIELDS: dict[str, Field] = {
    "theme": _plain(t("Tema"), _theme),
    "theme_group": Field(
        t("Tiltak og målgruppe"), lambda line: _some(_theme(line), line.whom, _participants(line))
    ),
    "activity": Field(
        t("Aktivitet"),
        lambda line: _some(line.theme, line.why, ". ".join(_some(line.whom, line.arena))),
    ),
    "why": _plain(t("Behov"), lambda line: line.why),
    "why_focus": Field(t("Behov og fokusområde"), lambda line: _some(line.why, line.focus)),
    "focus": _plain(t("Fokusområde"), lambda line: line.focus),
    "competence": _plain(t("Kompetanse som bygges"), lambda line: line.competence),
    "kind": _plain(t("Slag"), lambda line: line.kind_label),
    "way": _plain(t("Måte"), lambda line: line.way_label),
    "sort": _plain(t("Mobilisere, lære, anskaffe"), lambda line: line.sort_label),
    "arena": _plain(t("Læringsarena"), lambda line: line.arena),
    "half": _plain(t("Halvår"), lambda line: line.half_label),
    "when": _plain(t("Tidspunkt"), lambda line: line.when),
    "when_only": _plain(t("Tid"), lambda line: line.when),
    "deadline": _date(t("Frist"), lambda line: line.deadline),
    "when_deadline": Field(
        t("Frist"),
        lambda line: _some(line.when, _day(line.deadline) if line.timing else ""),
    ),
    "group": _plain(t("Målgruppe"), lambda line: line.whom),
    "group_number": Field(t("Målgruppe"), lambda line: _some(line.whom, _participants(line))),
    "participants": Field(
        t("Antall deltakere"),
        lambda line: _some(norsk.tall(line.participants) if line.participants else ""),
        Kind.NUMBER,
        lambda line: line.participants,
    ),
    "responsible": _plain(t("Ansvarlig"), lambda line: line.responsible),
    "responsible_unit": Field(t("Ansvarlig"), _responsible),
    "enhet": _plain(t("Enhet"), _where),
    **{kind.value: _kind(kind) for kind in Belopslinje.Kind},
    "cost": _money(t("Sum kostnad"), lambda line: line.cost),
    "financing": _money(t("Sum finansiering"), lambda line: line.financing),
    "uncovered": _money(t("Mangler finansiering"), lambda line: max(line.cost - line.financing, 0)),
    "cost_financing": Field(t("Kostnad og finansiering"), _amounts, parts=("cost", "financing")),
    "financing_lines": Field(t("Finansiering"), _financings, parts=("financing",)),
    "status": _plain(t("Status"), lambda line: line.status_label),
    "evaluate_on": _date(t("Evalueres"), lambda line: line.evaluate_on),
    "evaluation": _plain(t("Evaluering"), _evaluation),
}
del t

# The sets, by their key in the address (`?vis=`).
FOUR, SEVEN, ALL, OWN, JOINT = "fire", "sju", "alle", "egne", "felles"
IN_FOUR = ("theme", "when", "group", "responsible")  # Modum
IN_SEVEN = (  # Nittedal
    "why_focus", "theme_group", "responsible_unit", "when_deadline", "cost_financing", "status",
    "evaluation",
)  # fmt: skip
IN_JOINT = (
    "theme", "group_number", "why_focus", "responsible_unit", "when_deadline", "cost",
    "financing_lines", "status", "evaluation",
)  # fmt: skip
IN_ALL = (
    "half", "theme", "why", "focus", "competence", "kind", "way", "sort", "arena", "when",
    "deadline", "group", "participants", "responsible", "enhet",
    *(kind.value for kind in Belopslinje.COSTS), "cost",
    *(kind.value for kind in Belopslinje.FINANCING), "financing",
    "status", "evaluate_on", "evaluation",
)  # fmt: skip
