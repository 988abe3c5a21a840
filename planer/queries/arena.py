"""Learning arenas, read: each with how many measures use it, year by year."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from planer.models import Laringsarena, Tiltak


@dataclass(frozen=True, slots=True)
class Counted:
    """An arena and the number of measures in it: in a year, the year before, and ever."""

    id: int
    name: str
    now: int
    before: int
    ever: int


def counted(year: int) -> list[Counted]:
    """Return every arena with its measures in the year and the one before; cancelled ones aside."""
    rows = Laringsarena.objects.annotate(
        now=Count("tiltak", filter=_held(year)),
        before=Count("tiltak", filter=_held(year - 1)),
        ever=Count("tiltak"),
    )
    return [
        Counted(*row)
        for row in rows.order_by("order", "name").values_list("pk", "name", "now", "before", "ever")
    ]


def without_arena(year: int) -> int:
    """Return how many measures of the year say no arena."""
    return Tiltak.objects.filter(_plain(year), arena=None).count()


def is_used(arena: Laringsarena) -> bool:
    return Tiltak.objects.filter(arena=arena).exists()


def arenas() -> QuerySet[Laringsarena]:
    return Laringsarena.objects.order_by("order", "name")


def most_used(rows: Iterable[Counted]) -> list[Counted]:
    """Return the arenas that are used in the year, the most used first."""
    used = (row for row in rows if row.now)
    return sorted(used, key=lambda row: -row.now)


def _held(year: int) -> Q:
    return Q(tiltak__year=year) & ~Q(tiltak__status=Tiltak.Status.CANCELLED)


def _plain(year: int) -> Q:
    return Q(year=year) & ~Q(status=Tiltak.Status.CANCELLED)
