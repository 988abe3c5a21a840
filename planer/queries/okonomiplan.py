"""The economic plan that a year is in, and the strategy plans beside it."""

from dataclasses import dataclass

from django.db.models import Subquery

from planer.models import (
    Okonomiplan,
    Strategiplan,
)


@dataclass(frozen=True, slots=True)
class Period:
    """A plan and its years, and whether they are those of the economic plan."""

    name: str
    first_year: int
    last_year: int
    follows: bool
    url_id: int | None = None


def economic_plan(year: int) -> Okonomiplan | None:
    """Return the economic plan that the year is in."""
    rows = Okonomiplan.objects.filter(first_year__lte=year, last_year__gte=year)
    return rows.order_by("-first_year").first()


def periods(year: int) -> tuple[Period | None, list[Period]]:
    """Return the economic plan's period, and the strategy plans in force beside it; one query."""
    covers = Okonomiplan.objects.filter(first_year__lte=year, last_year__gte=year)
    told = covers.order_by("-first_year")
    economic = {
        f"economic_{name}": Subquery(told.values(name)[:1])
        for name in ("name", "first_year", "last_year")
    }
    rows = list(
        Strategiplan.objects.filter(status=Strategiplan.Status.IN_FORCE)
        .annotate(**economic)
        .order_by("-pk")
        .values_list(*economic, "name", "first_year", "last_year", "pk")
    )
    if not rows or rows[0][0] is None:
        return None, []
    name, first_year, last_year = rows[0][:3]
    return Period(name, first_year, last_year, follows=True), [
        Period(name, begins, ends, follows=(begins, ends) == (start, end), url_id=pk)
        for _name, start, end, name, begins, ends, pk in rows
    ]
