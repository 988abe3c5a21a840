"""One employee's page: positions and leave."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Permisjon, Stilling


def visible_to(actor: Ansatt) -> QuerySet[Ansatt]:
    """Return the people whose page the actor may open: own, and those of the units followed.

    Someone with a position in two units is seen from both.
    """
    there = Stilling.objects.filter(access.within(actor, Act.SEE_PERSON, enhet="enhet"))
    return Ansatt.objects.filter(
        access.within(actor, Act.SEE_PERSON, enhet="enhet")
        | Q(pk__in=there.values("ansatt"))
        | Q(pk=actor.pk)
    ).select_related("enhet", "kategori")


def positions_of(ansatt: Ansatt) -> Sequence[Stilling]:
    """Return all positions, those that last longest first."""
    rows = Stilling.objects.filter(ansatt=ansatt).select_related("enhet", "kategori")
    return sorted(rows, key=lambda row: (row.ends is not None, -_day(row.ends), -_day(row.starts)))


def _day(day: object) -> int:
    return day.toordinal() if hasattr(day, "toordinal") else 0


def leave_of(ansatt: Ansatt) -> Sequence[Permisjon]:
    return list(ansatt.permisjoner.all())


def leave(actor: Ansatt) -> QuerySet[Permisjon]:
    """Return the leave that the actor may change."""
    return Permisjon.objects.filter(
        access.within(actor, Act.MANAGE_LEAVE, enhet="ansatt__enhet")
    ).select_related("ansatt__enhet")
