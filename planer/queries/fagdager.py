"""The two fagdager of a year: who has had them, unit by unit."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kompetanse.kommuner.persondata import FEWEST
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt
from planer import rules
from planer.models import FAGDAGER_A_YEAR, Arrangement, Pamelding
from planer.queries.arrangement import P


@dataclass(frozen=True, slots=True)
class UnitShare:
    """How many of a unit's employees have had their fagdager; None for too few to show.

    `planned` are those who will have had them when what they are signed up for is held.
    """

    name: str
    employees: int
    met: int | None
    planned: int | None = None

    @property
    def share(self) -> int | None:
        """Share with all their fagdager, per cent 0–100."""
        return None if self.met is None else round(self.met * 100 / self.employees)


def fagdager(ansatt: Ansatt, year: int) -> int:
    """Return how many fagdager the employee has been to in the year."""
    return _attended(year).filter(ansatt=ansatt).count()


def shares(actor: Ansatt, year: int, paths: Iterable[str]) -> list[UnitShare]:
    """Return each unit's share with two fagdager, for units at or under the paths; two queries.

    An employee counts in the unit of the main position. Units with fewer than five are hidden
    from all but those who lead them.
    """
    within = Q(pk__in=[])
    for path in paths:
        within |= Q(enhet__path__startswith=path)
    rows = (
        organisasjon.current()
        .filter(within)
        .annotate(has_met=_enough(_attended(year)), has_planned=_enough(_planned(year)))
        .order_by("enhet__path")
        .values_list("enhet__path", "enhet__name")
        .annotate(
            employees=Count("pk"),
            met=Count("pk", filter=Q(has_met=True)),
            planned=Count("pk", filter=Q(has_planned=True)),
        )
    )
    led = tuple(rules.led_paths(actor))
    return [
        UnitShare(name, employees, met, planned)
        if employees >= FEWEST or path.startswith(led)
        else UnitShare(name, employees, None)
        for path, name, employees, met, planned in rows
    ]


def whole(rows: Iterable[UnitShare]) -> UnitShare:
    """Return all units as one, those hidden left out on both sides."""
    shown = [row for row in rows if row.met is not None]
    return UnitShare(
        "",
        sum(row.employees for row in shown),
        sum(row.met or 0 for row in shown),
        sum(row.planned or 0 for row in shown),
    )


def _enough(rows: QuerySet[Pamelding]) -> Exists:
    """Return whether the employee has all the fagdager of a year among the rows."""
    mine = rows.filter(ansatt=OuterRef("pk")).order_by().values("ansatt")
    return Exists(mine.annotate(n=Count("pk")).filter(n__gte=FAGDAGER_A_YEAR))


def _attended(year: int) -> QuerySet[Pamelding]:
    return Pamelding.objects.filter(
        status=P.ATTENDED, arrangement__is_fagdag=True, arrangement__on__year=year
    )


def _planned(year: int) -> QuerySet[Pamelding]:
    """Return the places on fagdager that are held, or will be."""
    return Pamelding.objects.filter(
        status__in=(P.SIGNED, P.ATTENDED), arrangement__is_fagdag=True, arrangement__on__year=year
    ).exclude(arrangement__status=Arrangement.Status.CANCELLED)
