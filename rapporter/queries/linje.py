"""The lines of a grant application with what the plan knows of each. Amounts are whole NOK."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from planer.models import Belopslinje, Tiltak
from rapporter.models import Tilskuddslinje, Tilskuddssoknad

COSTS = Belopslinje.COSTS
_ON_THE_ROW = (
    "priority", "place", "credits", "new_participants", "continuing", "own_share",
    "other_financing", "carried_over", "amount", "effect",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line: what the county is asked to support, and how it is paid. Whole NOK."""

    pk: int
    tiltak_id: int
    priority: int
    area: str
    theme: str
    kind: str
    place: str
    period: str
    enhet: str
    focus: str
    credits: int
    new_participants: int
    continuing: int
    fee: int
    substitute: int
    travel: int
    literature: int
    other_cost: int
    own_share: int
    other_financing: int
    carried_over: int
    amount: int
    effect: str
    is_short_course: bool
    is_cancelled: bool

    @property
    def cost(self) -> int:
        return self.fee + self.substitute + self.travel + self.literature + self.other_cost

    @property
    def financing(self) -> int:
        return self.own_share + self.other_financing + self.carried_over + self.amount


def lines(soknad: Tilskuddssoknad) -> list[Line]:
    """Return the lines in order of priority; two queries whatever their number."""
    rows = list(
        Tilskuddslinje.objects.filter(soknad=soknad).select_related(
            "tiltak__enhet", "tiltak__fokusomrade"
        )
    )
    costs = costs_of([row.tiltak_id for row in rows])
    return [_line(row, costs[row.tiltak_id]) for row in rows]


def costs_of(tiltak_ids: list[int]) -> defaultdict[int, defaultdict[str, int]]:
    """Return NOK by measure and kind of cost or financing, 0 for what is not there."""
    found: defaultdict[int, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = Belopslinje.objects.filter(tiltak__in=tiltak_ids)
    for tiltak_id, kind, amount in rows.values_list("tiltak_id", "kind", "amount"):
        found[tiltak_id][kind] = amount
    return found


def candidates(soknad: Tilskuddssoknad) -> QuerySet[Tiltak]:
    """Return the measures of the scheme's year that are not in the application."""
    return (
        Tiltak.objects.filter(year=soknad.ordning.year)
        .exclude(status=Tiltak.Status.CANCELLED)
        .exclude(tilskuddslinjer__soknad=soknad)
        .select_related("enhet")
    )


def _line(row: Tilskuddslinje, costs: defaultdict[str, int]) -> Line:
    tiltak = row.tiltak
    known: dict[str, Any] = {name: getattr(row, name) for name in _ON_THE_ROW}
    known |= {kind.value: costs[kind] for kind in COSTS}
    return Line(
        pk=row.pk,
        tiltak_id=tiltak.pk,
        area=str(row.get_area_display()),
        theme=tiltak.theme,
        kind=str(tiltak.get_kind_display()),
        period=tiltak.timing or f"{tiltak.get_half_display()} {tiltak.year}",
        enhet=tiltak.enhet.name if tiltak.enhet else "",
        focus=tiltak.fokusomrade.name if tiltak.fokusomrade else "",
        is_short_course=_is_short_course(row),
        is_cancelled=tiltak.status == Tiltak.Status.CANCELLED,
        **known,
    )


def _is_short_course(row: Tilskuddslinje) -> bool:
    """Short internal courses are not supported, except in BPA (facts of the scheme)."""
    is_course = row.tiltak.kind == Tiltak.Kind.COURSE
    return bool(is_course and row.area == Tilskuddslinje.Area.COMPETENCE and not row.credits)
