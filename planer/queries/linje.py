"""Measures as lines of a plan, read without making model instances. Amounts in whole NOK."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext as _

from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from planer import rules
from planer.models import Belopslinje, Malgruppe, Tiltak, Tiltakskompetanse

COST_KINDS = frozenset(Belopslinje.COSTS)
OPEN = frozenset({Tiltak.Status.PLANNED, Tiltak.Status.ONGOING})
# The last day of each half-year, for what has no deadline of its own: month and day.
LAST_DAY = {Tiltak.Halvar.SPRING: (6, 30), Tiltak.Halvar.AUTUMN: (12, 31)}


@dataclass(frozen=True, slots=True)
class Amount:
    """A cost or a financing in whole NOK."""

    kind: str
    amount: int

    @property
    def label(self) -> str:
        return str(Belopslinje.Kind(self.kind).label)

    @property
    def is_cost(self) -> bool:
        return self.kind in COST_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A measure as a line of the plan. Amounts in whole NOK.

    `groups` are the units and position categories it is for, beside the words of `target_group`.
    `is_merged`: it is part of a common measure, and counted there. `merged` is how many are in it.
    """

    id: int
    year: int
    half: str
    kind: str
    way: str
    theme: str
    need: str
    focus: str
    timing: str
    deadline: date | None
    target_group: str
    groups: tuple[str, ...] = ()
    participants: int
    responsible: str
    enhet: str
    competences: tuple[str, ...] = ()
    arena: str
    status: str
    evaluate_on: date | None
    evaluation: str
    origin: str
    version: int = 0
    into: str = ""
    dropped_because: str = ""
    amounts: tuple[Amount, ...] = ()
    may_edit: bool = False

    @property
    def costs(self) -> tuple[Amount, ...]:
        return tuple(each for each in self.amounts if each.is_cost)

    @property
    def financings(self) -> tuple[Amount, ...]:
        return tuple(each for each in self.amounts if not each.is_cost)

    @property
    def cost(self) -> int:
        return sum(each.amount for each in self.amounts if each.kind in COST_KINDS)

    @property
    def financing(self) -> int:
        return sum(each.amount for each in self.amounts if each.kind not in COST_KINDS)

    def amount_of(self, kind: str) -> int:
        return sum(each.amount for each in self.amounts if each.kind == kind)

    @property
    def status_label(self) -> str:
        return str(Tiltak.Status(self.status).label)

    @property
    def kind_label(self) -> str:
        return str(Tiltak.Kind(self.kind).label)

    @property
    def way_label(self) -> str:
        return str(Tiltak.Way(self.way).label)

    @property
    def sort(self) -> str:
        return str(Tiltak.SORT_OF[Tiltak.Way(self.way)])

    @property
    def sort_label(self) -> str:
        return str(Tiltak.Sort(self.sort).label)

    @property
    def half_label(self) -> str:
        return f"{Tiltak.Halvar(self.half).label} {self.year}"

    @property
    def when(self) -> str:
        """When it is: in its own words, by its deadline, or the half-year."""
        return self.timing or (norsk.dato(self.deadline) if self.deadline else self.half_label)

    @property
    def competence(self) -> str:
        return ", ".join(self.competences)

    @property
    def why(self) -> str:
        """The need, or the competence that is built when no need is written."""
        return self.need or self.competence

    @property
    def whom(self) -> str:
        """The target group: its words, then its units and position categories."""
        return ", ".join(filter(None, (self.target_group, *self.groups)))

    @property
    def due(self) -> date:
        """The day it must be done: its deadline, or the last day of its half-year."""
        month, day = LAST_DAY[Tiltak.Halvar(self.half)]
        return self.deadline or date(self.year, month, day)

    def is_late(self, on: date) -> bool:
        return self.status in OPEN and self.due < on

    @property
    def is_counted(self) -> bool:
        return self.status != Tiltak.Status.CANCELLED


def cost(lines: Iterable[Line]) -> int:
    return sum(line.cost for line in lines if line.is_counted)


def financing(lines: Iterable[Line]) -> int:
    return sum(line.financing for line in lines if line.is_counted)


def read(tiltak: QuerySet[Tiltak], *, actor: Ansatt | None = None) -> tuple[Line, ...]:
    """Return the measures as lines, spring first; one query. `actor`: who may edit which."""
    paths = tuple(rules.measure_scopes(actor)) if actor else ()
    is_advisor = actor is not None and rules.may_edit_plans(actor)
    rows = _annotated(tiltak).order_by("-half", "pk").values_list(*_COLUMNS.values(), "enhet__path")
    return tuple(
        _line(values, may_edit=is_advisor if path is None else path.startswith(paths))
        for *values, path in rows
    )


_COLUMNS = {
    "id": "pk",
    "year": "year",
    "half": "half",
    "kind": "kind",
    "way": "way",
    "theme": "theme",
    "need": "need",
    "focus": "fokusomrade__name",
    "timing": "timing",
    "deadline": "deadline",
    "target_group": "target_group",
    "groups": "line_groups",
    "participants": "participants",
    "responsible": "responsible",
    "enhet": "enhet__name",
    "competences": "line_competences",
    "arena": "arena__name",
    "status": "line_status",
    "evaluate_on": "evaluate_on",
    "evaluation": "evaluation",
    "origin": "origin",
    "version": "version",
    "into": "merged_into__theme",
    "dropped_because": "dropped_because",
    "amounts": "line_amounts",
}
_OFTEN_EMPTY = ("focus", "enhet", "arena", "into")
_ORDER = {kind: place for place, kind in enumerate(Belopslinje.Kind.values)}


def _annotated(tiltak: QuerySet[Tiltak]) -> QuerySet[Any]:
    """Add what stands in other tables, each as an array; a merged measure goes as the common."""
    mine = {"tiltak": OuterRef("pk")}
    name = Coalesce("kategori__name", "enhet__name")
    built = Tiltakskompetanse.objects.filter(**mine).order_by("pk").annotate(told=_told())
    amounts = Belopslinje.objects.filter(**mine, amount__gt=0).annotate(
        told=Concat("kind", Value(":"), Cast("amount", CharField()))
    )
    groups = Malgruppe.objects.filter(**mine).order_by("pk").annotate(told=name)
    return tiltak.annotate(
        line_status=Coalesce("merged_into__status", "status"),
        line_groups=ArraySubquery(groups.values("told")),
        line_competences=ArraySubquery(built.values("told")),
        line_amounts=ArraySubquery(amounts.values("told")),
    )


def _told() -> Concat:
    """Return a competence with its level as `name|level`, the level empty when none is said."""
    return Concat(
        F("kompetanse__name"), Value("|"), Coalesce(Cast("level", CharField()), Value(""))
    )


def _line(values: Iterable[Any], *, may_edit: bool) -> Line:
    named = dict(zip(_COLUMNS, values, strict=True))
    named |= {name: named[name] or "" for name in _OFTEN_EMPTY}
    named["groups"] = tuple(named["groups"])
    named["competences"] = tuple(_in_words(each) for each in named["competences"])
    named["amounts"] = amounts(named["amounts"])
    return Line(**named, may_edit=may_edit)


def amounts(told: Iterable[str]) -> tuple[Amount, ...]:
    """Return amounts told as `fee:12000`, in the order of the form."""
    pairs = (each.split(":") for each in told)
    found = [Amount(kind, int(amount)) for kind, amount in pairs]
    return tuple(sorted(found, key=lambda each: _ORDER[each.kind]))


def _in_words(told: str) -> str:
    name, _bar, level = told.rpartition("|")
    return with_level(name, level) if level else name


def with_level(name: str, level: str | int) -> str:
    """Return a competence as a line tells of it: «Sårstell (nivå 3)»."""
    return _("%(name)s (nivå %(level)s)") % {"name": name, "level": level}
