"""Who stands in for whom, read."""

from datetime import date

from django.db.models import Q, QuerySet

from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Rolle, Stedfortreder
from kompetanse.organisasjon.queries.ansatt import current


def visible_to(actor: Ansatt) -> QuerySet[Stedfortreder]:
    """Return those that are about the actor; all of them to who gives roles. The newest first."""
    rows = Stedfortreder.objects.select_related("ansatt", "stedfortreder", "by")
    rows = rows.order_by("-starts", "-pk")
    if access.may(actor, Act.GIVE_ROLES):
        return rows
    return rows.filter(Q(ansatt=actor) | Q(stedfortreder=actor))


def deputies_of(*people: Ansatt) -> QuerySet[Ansatt]:
    """Return those who stand in for one of them today."""
    rows = access.deputyships(clock.today()).filter(ansatt__in=people)
    return current().filter(pk__in=rows.values("stedfortreder"))


def roles_to_leave(ansatt: Ansatt, *, starts: date, ends: date) -> QuerySet[Rolle]:
    """Return the person's own roles that a deputy takes over at some time in the period."""
    begun = Q(starts__isnull=True) | Q(starts__lte=ends)
    lasting = Q(ends__isnull=True) | Q(ends__gte=starts)
    return Rolle.objects.filter(begun & lasting, ansatt=ansatt, kode__in=access.DEPUTISED)


def overlapping(
    ansatt: Ansatt, stedfortreder: Ansatt, *, starts: date, ends: date
) -> QuerySet[Stedfortreder]:
    return Stedfortreder.objects.filter(
        ansatt=ansatt,
        stedfortreder=stedfortreder,
        ended_at__isnull=True,
        starts__lte=ends,
        ends__gte=starts,
    )
