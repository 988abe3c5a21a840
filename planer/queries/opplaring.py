"""Measures and training plans, read. One frozen plan feeds page, PDF and spreadsheet alike."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet

from kompetanse.organisasjon.models import Ansatt, Enhet
from planer import rules
from planer.models import Aktivitet, Belopslinje, Tiltak

# The wheel's activity that says when the joint training plan must be ready (Modum: 15 January).
JOINT_PLAN = "tilskuddssoknad"

COST_KINDS = frozenset(Belopslinje.COSTS)


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
    """A measure as a line of the plan. Amounts in whole NOK."""

    id: int
    year: int
    half: str
    kind: str
    way: str
    theme: str
    need: str
    focus: str
    timing: str
    target_group: str
    participants: int
    responsible: str
    enhet: str
    competence: str
    arena: str
    status: str
    evaluate_on: date | None
    evaluation: str
    origin: str
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
        return sum(each.amount for each in self.costs)

    @property
    def financing(self) -> int:
        return sum(each.amount for each in self.financings)

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
    def half_label(self) -> str:
        return f"{Tiltak.Halvar(self.half).label} {self.year}"

    @property
    def when(self) -> str:
        return self.timing or self.half_label

    @property
    def why(self) -> str:
        """The need, or the competence that is built when no need is written."""
        return self.need or self.competence

    @property
    def is_counted(self) -> bool:
        return self.status != Tiltak.Status.CANCELLED


@dataclass(frozen=True, slots=True)
class Half:
    """Spring or autumn with its lines and their sums (NOK, without what is cancelled)."""

    key: str
    label: str
    lines: tuple[Line, ...]

    @property
    def cost(self) -> int:
        return _cost(self.lines)

    @property
    def financing(self) -> int:
        return _financing(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingPlan:
    """The measures of a year, in spring and autumn; sums in whole NOK without what is cancelled."""

    year: int
    lines: tuple[Line, ...]
    ready_by: date | None = None

    @property
    def halves(self) -> tuple[Half, ...]:
        return tuple(
            Half(half.value, f"{half.label} {self.year}", lines)
            for half in (Tiltak.Halvar.SPRING, Tiltak.Halvar.AUTUMN)
            if (lines := tuple(line for line in self.lines if line.half == half))
        )

    @property
    def counted(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.is_counted)

    @property
    def cost(self) -> int:
        return _cost(self.lines)

    @property
    def financing(self) -> int:
        return _financing(self.lines)

    @property
    def uncovered(self) -> int:
        """What the financing lacks of the cost; never below 0."""
        return max(self.cost - self.financing, 0)

    @property
    def surplus(self) -> int:
        return max(self.financing - self.cost, 0)

    @property
    def sums(self) -> tuple[Amount, ...]:
        """The sum of every kind of cost and financing, also those that are 0."""
        totals: dict[str, int] = defaultdict(int)
        for each in (amount for line in self.counted for amount in line.amounts):
            totals[each.kind] += each.amount
        kinds = (*Belopslinje.COSTS, *Belopslinje.FINANCING)
        return tuple(Amount(kind.value, totals[kind]) for kind in kinds)

    @property
    def sums_used(self) -> tuple[Amount, ...]:
        return tuple(each for each in self.sums if each.amount)

    @property
    def participants(self) -> int:
        return sum(line.participants for line in self.counted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """How the list is narrowed; None and empty keep everything."""

    enhet: Enhet | None = None
    fokusomrade_id: int | None = None
    status: str = ""
    half: str = ""

    @property
    def is_used(self) -> bool:
        return any((self.enhet, self.fokusomrade_id, self.status, self.half))


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster:
    """What hangs on the notice board: one unit's measures in one half-year."""

    year: int
    half: str
    enhet: str
    enhet_id: int | None
    lines: tuple[Line, ...]

    @property
    def half_label(self) -> str:
        return f"{Tiltak.Halvar(self.half).label} {self.year}"


def training_plan(year: int, *, filters: Filters, actor: Ansatt | None = None) -> TrainingPlan:
    """Return the year's plan, narrowed; two queries. `actor` decides which lines may be edited."""
    return TrainingPlan(year=year, lines=_lines(_narrowed(year, filters), actor=actor))


def joint_plan(year: int) -> TrainingPlan:
    """Return what all units put in, granted education too, without what is cancelled."""
    tiltak = Tiltak.objects.filter(year=year).exclude(status=Tiltak.Status.CANCELLED)
    return TrainingPlan(year=year, lines=_lines(tiltak), ready_by=joint_plan_ready_by(year))


def joint_plan_ready_by(year: int) -> date | None:
    """Return the day of the wheel when the year's joint plan must be ready."""
    return (
        Aktivitet.objects.filter(year=year, code=JOINT_PLAN).values_list("ends", flat=True).first()
    )


def poster(year: int, *, half: Tiltak.Halvar, enhet: Enhet | None) -> Poster:
    """Return the half-year's measures that concern the unit: own, above, below and common ones."""
    tiltak = Tiltak.objects.filter(year=year, half=half).exclude(status=Tiltak.Status.CANCELLED)
    if enhet is not None:
        above = [int(part) for part in enhet.path.strip("/").split("/")]
        tiltak = tiltak.filter(
            Q(enhet__isnull=True) | Q(enhet__in=above) | Q(enhet__path__startswith=enhet.path)
        )
    return Poster(
        year=year,
        half=half.value,
        enhet=enhet.name if enhet else "",
        enhet_id=enhet.pk if enhet else None,
        lines=_lines(tiltak),
    )


def tiltak_by_id() -> QuerySet[Tiltak]:
    """Return measures with all that their form shows, for `amounts_of` too."""
    return Tiltak.objects.select_related("enhet", "fokusomrade", "kompetanse", "arena").annotate(
        kinds=ArrayAgg("belop__kind", order_by="belop__kind"),
        sums=ArrayAgg("belop__amount", order_by="belop__kind"),
    )


def amounts_of(tiltak: Any) -> dict[str, int]:
    """Return the amounts in NOK by kind of a measure that `tiltak_by_id` gave."""
    return {kind: amount for kind, amount in zip(tiltak.kinds, tiltak.sums, strict=True) if kind}


def units(paths: Iterable[str]) -> QuerySet[Enhet]:
    """Return the units at or under these paths, each after the one it stands under."""
    below = reduce(or_, (Q(path__startswith=path) for path in paths), Q(pk__in=[]))
    return Enhet.objects.filter(below, is_open=True).order_by("path")


def to_carry(actor: Ansatt, *, to: int) -> QuerySet[Tiltak]:
    """Return the measures of the year before that the actor may plan anew and has not yet.

    Granted education comes by itself and is not among them.
    """
    carried = Tiltak.objects.filter(year=to, earlier__isnull=False).values("earlier")
    earlier = Tiltak.objects.filter(year=to - 1, origin="").exclude(pk__in=carried)
    if not rules.may_edit_plans(actor):
        earlier = earlier.filter(enhet__in=units(rules.measure_scopes(actor)))
    return (
        earlier.select_related("enhet").prefetch_related("belop").order_by("status", "theme", "pk")
    )


def unit_choices() -> list[tuple[int, str]]:
    """Return all units for a select, indented by their place in the tree."""
    rows = Enhet.objects.order_by("path").values_list("pk", "name", "path")
    return [(pk, f"{'– ' * (path.count('/') - 2)}{name}") for pk, name, path in rows]


def years() -> list[int]:
    """Return the years that have measures, first to last."""
    return list(Tiltak.objects.order_by("year").values_list("year", flat=True).distinct())


def _narrowed(year: int, filters: Filters) -> QuerySet[Tiltak]:
    tiltak = Tiltak.objects.filter(year=year)
    if filters.enhet:
        tiltak = tiltak.filter(enhet__path__startswith=filters.enhet.path)
    if filters.fokusomrade_id:
        area = filters.fokusomrade_id
        tiltak = tiltak.filter(Q(fokusomrade=area) | Q(fokusomrade__parent=area))
    if filters.status:
        tiltak = tiltak.filter(status=filters.status)
    return tiltak.filter(half=filters.half) if filters.half else tiltak


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
    "target_group": "target_group",
    "participants": "participants",
    "responsible": "responsible",
    "enhet": "enhet__name",
    "competence": "kompetanse__name",
    "arena": "arena__name",
    "status": "status",
    "evaluate_on": "evaluate_on",
    "evaluation": "evaluation",
    "origin": "origin",
}
_OFTEN_EMPTY = ("focus", "enhet", "competence", "arena")


def _lines(tiltak: QuerySet[Tiltak], *, actor: Ansatt | None = None) -> tuple[Line, ...]:
    """Return the measures as lines, spring first, without making model instances."""
    amounts = _amounts(tiltak)
    paths = tuple(rules.measure_scopes(actor)) if actor else ()
    is_advisor = actor is not None and rules.may_edit_plans(actor)
    rows = tiltak.order_by("-half", "pk").values_list(*_COLUMNS.values(), "enhet__path")
    return tuple(
        Line(
            **_named(values),
            amounts=tuple(amounts[values[0]]),
            may_edit=is_advisor if path is None else path.startswith(paths),
        )
        for *values, path in rows
    )


def _named(values: Iterable[Any]) -> dict[str, Any]:
    named = dict(zip(_COLUMNS, values, strict=True))
    return named | {name: named[name] or "" for name in _OFTEN_EMPTY}


def _amounts(tiltak: QuerySet[Tiltak]) -> dict[int, list[Amount]]:
    """Return the amounts of each measure in the order of the form."""
    order = Belopslinje.Kind.values
    found: dict[int, list[Amount]] = defaultdict(list)
    rows = Belopslinje.objects.filter(tiltak__in=tiltak.order_by().values("pk"), amount__gt=0)
    for tiltak_id, kind, amount in rows.values_list("tiltak", "kind", "amount"):
        found[tiltak_id].append(Amount(kind, amount))
    for amounts in found.values():
        amounts.sort(key=lambda each: order.index(each.kind))
    return found


def _cost(lines: Iterable[Line]) -> int:
    return sum(line.cost for line in lines if line.is_counted)


def _financing(lines: Iterable[Line]) -> int:
    return sum(line.financing for line in lines if line.is_counted)
