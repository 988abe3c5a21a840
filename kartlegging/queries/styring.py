"""The year's guidance, read."""

from django.db.models import QuerySet

from kartlegging.models import Styringssignal


def styringssignaler(year: int) -> QuerySet[Styringssignal]:
    """Return the guidance of the year, short term first."""
    return Styringssignal.objects.filter(year=year).select_related("fokusomrade", "by")


def years() -> list[int]:
    """Return the years that have guidance, newest first."""
    rows = Styringssignal.objects.order_by("-year").values_list("year", flat=True)
    return list(rows.distinct())
