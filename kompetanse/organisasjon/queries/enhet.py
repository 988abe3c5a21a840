"""Units, read."""

from django.db.models import QuerySet

from kompetanse.organisasjon.models import Enhet


def tree() -> QuerySet[Enhet]:
    """Return all units, each after the one it stands under."""
    return Enhet.objects.order_by("path")


def virksomheter() -> QuerySet[Enhet]:
    return Enhet.objects.filter(kind=Enhet.Kind.VIRKSOMHET).order_by("name")


def ancestors(enhet: Enhet) -> list[int]:
    """Return the ids from the unit itself up to the top; no query."""
    return [int(part) for part in reversed(enhet.path.strip("/").split("/"))]
