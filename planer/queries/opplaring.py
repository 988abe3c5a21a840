"""Training plans, read: a year's measures, the joint plan and the notice board.

One frozen plan feeds page, PDF and spreadsheet alike.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from kompetanse.organisasjon.models import Ansatt, Enhet
from planer.models import Aktivitet, Belopslinje, Tiltak
from planer.queries import linje
from planer.queries.linje import Amount, Line

# The wheel's activity that says when the joint training plan must be ready (Modum: 15 January).
JOINT_PLAN = "tilskuddssoknad"


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that stand together, with their sums (NOK, without what is cancelled)."""

    key: str
    label: str
    lines: tuple[Line, ...]

    @property
    def cost(self) -> int:
        return linje.cost(self.lines)

    @property
    def financing(self) -> int:
        return linje.financing(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingPlan:
    """The measures of a year, in spring and autumn; sums in whole NOK without what is cancelled."""

    year: int
    lines: tuple[Line, ...]
    ready_by: date | None = None
    enhet: str = ""

    @property
    def halves(self) -> tuple[Group, ...]:
        return tuple(
            Group(half.value, f"{half.label} {self.year}", lines)
            for half in (Tiltak.Halvar.SPRING, Tiltak.Halvar.AUTUMN)
            if (lines := tuple(line for line in self.lines if line.half == half))
        )

    @property
    def counted(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.is_counted)

    @property
    def cost(self) -> int:
        return linje.cost(self.lines)

    @property
    def financing(self) -> int:
        return linje.financing(self.lines)

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

    def late(self, on: date) -> tuple[Line, ...]:
        """Return what should have been done before `on`."""
        return tuple(line for line in self.lines if line.is_late(on))


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """How the list is narrowed; None and empty keep everything. `late_on`: only what is late."""

    enhet: Enhet | None = None
    fokusomrade_id: int | None = None
    status: str = ""
    half: str = ""
    sort: str = ""
    responsible: str = ""
    late_on: date | None = None

    @property
    def is_used(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)


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
    """Return the year's plan, narrowed; one query. `actor` decides which lines may be edited."""
    lines = linje.read(_narrowed(year, filters), actor=actor)
    return TrainingPlan(year=year, lines=lines, enhet=filters.enhet.name if filters.enhet else "")


def two_years(
    year: int, *, enhet: Enhet | None, actor: Ansatt | None = None
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return the lines of the year before and of the year, one unit's or all; one query."""
    both = Tiltak.objects.filter(year__in=(year - 1, year))
    lines = linje.read(_without_merged(both, enhet), actor=actor)
    return (
        tuple(line for line in lines if line.year < year),
        tuple(line for line in lines if line.year == year),
    )


def one_line(pk: int, *, actor: Ansatt) -> Line:
    """Return one measure as a line.

    Raises:
        Tiltak.DoesNotExist: there is none.
    """
    found = linje.read(Tiltak.objects.filter(pk=pk), actor=actor)
    if not found:
        raise Tiltak.DoesNotExist
    return found[0]


def joint_plan(year: int) -> TrainingPlan:
    """Return the joint lines, with the day of the wheel when the plan must be ready."""
    return TrainingPlan(year=year, lines=joint_lines(year), ready_by=joint_plan_ready_by(year))


def joint_lines(year: int) -> tuple[Line, ...]:
    """Return what all units put in, granted education too, without what is cancelled or merged."""
    tiltak = Tiltak.objects.filter(year=year, merged_into__isnull=True)
    return linje.read(tiltak.exclude(status=Tiltak.Status.CANCELLED))


def common_plan(year: int) -> TrainingPlan:
    """Return what all units do together (N8): for all, or for the whole Kommune; by time."""
    top = Q(enhet__isnull=True) | Q(enhet__kind=Enhet.Kind.KOMMUNE)
    tiltak = Tiltak.objects.filter(top, year=year, merged_into__isnull=True, origin="")
    lines = linje.read(tiltak.exclude(status=Tiltak.Status.CANCELLED))
    return TrainingPlan(year=year, lines=tuple(sorted(lines, key=lambda line: line.due)))


def joint_plan_ready_by(year: int) -> date | None:
    """Return the day of the wheel when the year's joint plan must be ready."""
    return (
        Aktivitet.objects.filter(year=year, code=JOINT_PLAN).values_list("ends", flat=True).first()
    )


def poster(year: int, *, half: Tiltak.Halvar, enhet: Enhet | None) -> Poster:
    """Return the half-year's measures that concern the unit: own, above, below and common ones.

    The education that one employee is granted is nothing that others can join, and could show
    who it is: it is not hung up.
    """
    tiltak = Tiltak.objects.filter(year=year, half=half, merged_into__isnull=True, origin="")
    tiltak = tiltak.exclude(status=Tiltak.Status.CANCELLED)
    if enhet is not None:
        tiltak = tiltak.filter(pk__in=_concerning(enhet, year=year).values("pk"))
    return Poster(
        year=year,
        half=half.value,
        enhet=enhet.name if enhet else "",
        enhet_id=enhet.pk if enhet else None,
        lines=linje.read(tiltak),
    )


def years() -> list[int]:
    """Return the years that have measures, first to last."""
    return list(Tiltak.objects.order_by("year").values_list("year", flat=True).distinct())


def _concerning(enhet: Enhet, *, year: int) -> QuerySet[Tiltak]:
    above = [int(part) for part in enhet.path.strip("/").split("/")]
    return Tiltak.objects.filter(
        Q(enhet__isnull=True)
        | Q(enhet__in=above)
        | Q(enhet__path__startswith=enhet.path)
        | Q(malgrupper__enhet__in=above),
        year=year,
    )


def _narrowed(year: int, filters: Filters) -> QuerySet[Tiltak]:
    tiltak = _without_merged(Tiltak.objects.filter(year=year), filters.enhet)
    if filters.fokusomrade_id:
        area = filters.fokusomrade_id
        tiltak = tiltak.filter(Q(fokusomrade=area) | Q(fokusomrade__parent=area))
    if filters.status:
        tiltak = tiltak.filter(status=filters.status)
    if filters.half:
        tiltak = tiltak.filter(half=filters.half)
    if filters.responsible:
        tiltak = tiltak.filter(responsible=filters.responsible)
    if filters.sort:
        ways = [way for way, sort in Tiltak.SORT_OF.items() if sort == filters.sort]
        tiltak = tiltak.filter(way__in=ways)
    return tiltak.filter(_late(year, filters.late_on)) if filters.late_on else tiltak


def _without_merged(tiltak: QuerySet[Tiltak], enhet: Enhet | None) -> QuerySet[Tiltak]:
    """Leave out what is counted in a common measure that the list has too."""
    if enhet is None:
        return tiltak.filter(merged_into__isnull=True)
    within = Q(merged_into__enhet__path__startswith=enhet.path)
    return tiltak.filter(enhet__path__startswith=enhet.path).exclude(within)


def _late(year: int, on: date) -> Q:
    """Return the filter for what should be done before `on`: as Line.is_late, in the database."""
    passed = [half for half, (month, day) in linje.LAST_DAY.items() if date(year, month, day) < on]
    without = Q(deadline__isnull=True, half__in=passed)
    return Q(status__in=linje.OPEN) & (Q(deadline__lt=on) | without)
