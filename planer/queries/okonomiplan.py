"""The economic plan that a year is in, and the strategy plans beside it."""

from dataclasses import dataclass

from django.db.models import F, Value

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
    economic = covers.order_by("-first_year").annotate(plan=Value(0))[:1]
    strategies = Strategiplan.objects.filter(status=Strategiplan.Status.IN_FORCE)
    names = ("name", "first_year", "last_year", "plan")
    both = economic.values_list(*names).union(
        strategies.annotate(plan=F("pk")).values_list(*names), all=True
    )
    rows = sorted(both, key=lambda row: -row[3])
    if not rows or rows[-1][3]:
        return None, []
    name, begins, ends, _none = rows.pop()
    return Period(name, begins, ends, follows=True), [
        Period(own, first, last, follows=(first, last) == (begins, ends), url_id=pk)
        for own, first, last, pk in rows
    ]
