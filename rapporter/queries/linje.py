"""The lines of a grant application with what the plan knows of each. Amounts are whole NOK."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from planer.models import Belopslinje, Tiltak
from rapporter.models import Linjestudie, Tilskuddslinje, Tilskuddssoknad
from rapporter.queries.kalender import part_of

COSTS = Belopslinje.COSTS
Amounts = defaultdict[str, int]
_ON_THE_ROW = (
    "priority", "place", "starts", "ends", "all_credits", "credits", "new_participants",
    "continuing", "own_share", "other_financing", "carried_over", "amount", "effect",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line: what the county is asked to support this year, and how it is paid. Whole NOK.

    `whole_cost` is the cost over all the years that the education goes.
    """

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
    starts: date | None
    ends: date | None
    all_credits: int
    credits: int
    new_participants: int
    continuing: int
    fee: int
    substitute: int
    travel: int
    literature: int
    other_cost: int
    whole_cost: int
    own_share: int
    other_financing: int
    carried_over: int
    amount: int
    effect: str
    studies: int
    is_short_course: bool
    is_cancelled: bool
    in_other: str = ""

    @property
    def cost(self) -> int:
        return self.fee + self.substitute + self.travel + self.literature + self.other_cost

    @property
    def financing(self) -> int:
        return self.own_share + self.other_financing + self.carried_over + self.amount


@dataclass(frozen=True, slots=True)
class Part:
    """A measure that a line is made of, with the period that its cost is divided over."""

    tiltak_id: int
    starts: date | None
    ends: date | None

    def of_year(self, amounts: Amounts, year: int) -> Amounts:
        """Return NOK by kind that falls in the year."""
        found: Amounts = defaultdict(int)
        for kind, amount in amounts.items():
            found[kind] = part_of(amount, year=year, starts=self.starts, ends=self.ends)
        return found


def lines(soknad: Tilskuddssoknad) -> list[Line]:
    """Return the lines in order of priority; three queries whatever their number."""
    rows = Tilskuddslinje.objects.filter(soknad=soknad).annotate(other=_other_scheme(soknad))
    found = list(rows.select_related("tiltak__enhet", "tiltak__fokusomrade"))
    return _lines(found, year=soknad.ordning.year)


def one(linje: Tilskuddslinje) -> Line:
    """Return one line; its application, scheme and measure are read with it."""
    return _lines([linje], year=linje.soknad.ordning.year)[0]


def costs_of(tiltak_ids: Iterable[int]) -> defaultdict[int, Amounts]:
    """Return NOK by measure and kind of cost or financing, 0 for what is not there."""
    found: defaultdict[int, Amounts] = defaultdict(lambda: defaultdict(int))
    rows = Belopslinje.objects.filter(tiltak__in=list(tiltak_ids))
    for tiltak_id, kind, amount in rows.values_list("tiltak_id", "kind", "amount"):
        found[tiltak_id][kind] += amount
    return found


def financing_of(parts: Sequence[Part], costs: defaultdict[int, Amounts], year: int) -> Amounts:
    """Return NOK by kind of the parts together, as far as they fall in the year."""
    found: Amounts = defaultdict(int)
    for part in parts:
        for kind, amount in part.of_year(costs[part.tiltak_id], year).items():
            found[kind] += amount
    return found


def _other_scheme(soknad: Tilskuddssoknad) -> Subquery:
    """Return the name of another scheme of the year that the outer line is applied for in too."""
    same = Linjestudie.objects.filter(linje=OuterRef(OuterRef("pk"))).values("soknad")
    others = Tilskuddslinje.objects.filter(soknad__ordning__year=soknad.ordning.year)
    shared = others.exclude(soknad=soknad).filter(
        Q(tiltak=OuterRef("tiltak")) | Q(studier__soknad__in=same)
    )
    return Subquery(shared.order_by("pk").values("soknad__ordning__name")[:1])


def _lines(rows: Sequence[Any], *, year: int) -> list[Line]:
    parts = _parts(rows)
    costs = costs_of({part.tiltak_id for found in parts.values() for part in found})
    return [_line(row, parts[row.pk], costs, year=year) for row in rows]


def _parts(rows: Sequence[Tilskuddslinje]) -> dict[int, list[Part]]:
    """Return by line the measures that it is made of: its educations, or the one that it names."""
    found: dict[int, list[Part]] = {row.pk: [] for row in rows}
    studies = Linjestudie.objects.filter(linje__in=rows).order_by("pk")
    rows_of = studies.values_list("linje", "tiltak", "soknad__starts", "soknad__ends")
    for linje, tiltak, starts, ends in rows_of:
        found[linje].append(Part(tiltak, starts, ends))
    for row in rows:
        found[row.pk] = found[row.pk] or [Part(row.tiltak_id, row.starts, row.ends)]
    return found


def _line(row: Any, parts: Sequence[Part], costs: defaultdict[int, Amounts], *, year: int) -> Line:
    tiltak, amounts = row.tiltak, financing_of(parts, costs, year)
    known: dict[str, Any] = {name: getattr(row, name) for name in _ON_THE_ROW}
    known |= {kind.value: amounts[kind] for kind in COSTS}
    return Line(
        pk=row.pk,
        tiltak_id=tiltak.pk,
        area=str(Tilskuddslinje.Area(row.area).label),
        theme=tiltak.theme,
        kind=str(Tiltak.Kind(tiltak.kind).label),
        period=tiltak.timing or f"{Tiltak.Halvar(tiltak.half).label} {tiltak.year}",
        enhet=tiltak.enhet.name if tiltak.enhet else "",
        focus=tiltak.fokusomrade.name if tiltak.fokusomrade else "",
        whole_cost=sum(costs[part.tiltak_id][kind] for part in parts for kind in COSTS),
        studies=len(parts) if row.starts and row.ends else 0,
        is_short_course=_is_short_course(row),
        is_cancelled=tiltak.status == Tiltak.Status.CANCELLED,
        in_other=getattr(row, "other", None) or "",
        **known,
    )


def _is_short_course(row: Tilskuddslinje) -> bool:
    """Short internal courses are not supported, except in BPA (facts of the scheme)."""
    is_course = row.tiltak.kind == Tiltak.Kind.COURSE
    return bool(is_course and row.area == Tilskuddslinje.Area.COMPETENCE and not row.credits)
