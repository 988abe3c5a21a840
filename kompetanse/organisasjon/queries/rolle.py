"""Who holds which role, read."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from kompetanse.organisasjon import access
from kompetanse.organisasjon.models import Ansatt, Enhet, Rolle
from kompetanse.organisasjon.queries.ansatt import holders

__all__ = ["Asked", "asked_for", "holders", "listed", "overlapping"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list of roles is narrowed by."""

    on: date
    name: str = ""
    kode: str = ""
    enhet: Enhet | None = None


def asked_for(asked: Asked) -> QuerySet[Rolle]:
    """Return the roles in force that day which match, by role and surname."""
    roles = listed().filter(access.in_force(asked.on))
    if asked.kode:
        roles = roles.filter(kode=asked.kode)
    if asked.enhet is not None:
        roles = roles.filter(enhet__path__startswith=asked.enhet.path)
    for word in asked.name.split():
        named = Q(ansatt__first_name__icontains=word) | Q(ansatt__last_name__icontains=word)
        roles = roles.filter(named)
    return roles.order_by("kode", "ansatt__last_name", "ansatt__first_name", "pk")


def listed() -> QuerySet[Rolle]:
    return Rolle.objects.select_related("ansatt", "enhet", "given_by")


def overlapping(
    kode: Rolle.Kode, ansatt: Ansatt, enhet: Enhet, *, starts: date, ends: date | None
) -> QuerySet[Rolle]:
    """Return the same role of the same person in the same unit at some time in the period."""
    same = Rolle.objects.filter(kode=kode, ansatt=ansatt, enhet=enhet)
    same = same.filter(Q(ends__isnull=True) | Q(ends__gte=starts))
    return same if ends is None else same.filter(Q(starts__isnull=True) | Q(starts__lte=ends))
