"""Proposed competence, read: what waits for a leader, course by course."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import QuerySet

from kartlegging.models import Beholdning, Kompetanseforslag
from kartlegging.queries.beholdning import is_valid
from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Kompetanse


@dataclass(frozen=True, slots=True)
class Kurs:
    """What a course should have given, and to whom of those the leader leads."""

    origin: str
    title: str
    on: date
    rows: Sequence[Kompetanseforslag]

    @property
    def kompetanse(self) -> str:
        return str(self.rows[0].kompetanse.name)

    @property
    def level(self) -> int:
        return self.rows[0].level


def awaiting(actor: Ansatt) -> QuerySet[Kompetanseforslag]:
    """Return what courses have proposed for employees under the actor, and nobody has decided."""
    return (
        Kompetanseforslag.objects.filter(
            access.within(actor, Act.FILL_NEEDS, enhet="ansatt__enhet"),
            status=Kompetanseforslag.Status.WAITING,
            ansatt__in=organisasjon.current(),
        )
        .exclude(ansatt=actor)
        .select_related("ansatt__enhet", "kompetanse")
        .order_by("-on", "origin", "ansatt__last_name", "ansatt__first_name", "pk")
    )


def by_course(actor: Ansatt) -> list[Kurs]:
    """Return what waits for the actor, one group for each course; one query."""
    groups = groupby(awaiting(actor), key=lambda row: (row.origin, row.title, row.on))
    return [Kurs(*key, tuple(rows)) for key, rows in groups]


def decidable(actor: Ansatt) -> QuerySet[Kompetanseforslag]:
    """Return the proposals of employees under the actor, whatever their status."""
    return Kompetanseforslag.objects.filter(
        access.within(actor, Act.FILL_NEEDS, enhet="ansatt__enhet")
    ).select_related("ansatt__enhet", "kompetanse")


def confirmed(kompetanse: Kompetanse, *, level: int) -> set[int]:
    """Return the ids of those who have it confirmed at the level or higher, and valid today."""
    rows = Beholdning.objects.filter(
        is_valid(clock.today()),
        kompetanse=kompetanse,
        level__gte=level,
        status=Beholdning.Status.CONFIRMED,
    )
    return set(rows.values_list("ansatt", flat=True))


def held(ansatt: Ansatt, kompetanse: Kompetanse, *, on: date) -> Beholdning | None:
    """Return what is confirmed and valid."""
    rows = Beholdning.objects.filter(
        is_valid(on), ansatt=ansatt, kompetanse=kompetanse, status=Beholdning.Status.CONFIRMED
    )
    return rows.first()
