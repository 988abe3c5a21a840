"""What units require, read."""

from django.db.models import QuerySet

from kartlegging.models import Kompetansekrav
from kompetanse.organisasjon.models import Enhet


def krav_of(enhet: Enhet) -> QuerySet[Kompetansekrav]:
    """Return the unit's own requirements, those in law first."""
    return (
        Kompetansekrav.objects.filter(enhet=enhet)
        .select_related("kompetanse")
        .order_by("-is_statutory", "kompetanse__name", "level")
    )


def requirements() -> QuerySet[Kompetansekrav]:
    return Kompetansekrav.objects.select_related("enhet", "kompetanse")
