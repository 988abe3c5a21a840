"""The effect of one measure, measured before and after in some units, each with its own leader."""

from datetime import date
from decimal import Decimal

from demo.loading.register import Register
from planer.actions import effekt
from planer.models import Tiltak
from planer.queries import effekt as queries

DAYS = (date(2026, 1, 31), date(2026, 4, 30), date(2026, 7, 31))
FIGURES = (("14", "11", "7"), ("9", "9", "6"), ("5", "6", "6"), ("12", "8"))


def load(register: Register) -> None:
    """Follow this year's measure on medicines, or the first one, in units of the advisor."""
    rows = Tiltak.objects.filter(year=2026).order_by("pk")
    tiltak = rows.filter(theme__icontains="legemid").first() or rows.first()
    if tiltak is None:
        return
    followed = effekt.follow(
        tiltak,
        by=register.advisor,
        indicator="Legemiddelavvik per måned",
        unit="avvik",
        is_lower_better=True,
        every_months=3,
    )
    units = queries.units_of(register.advisor).filter(kind="virksomhet")
    for enhet, figures in zip(units, FIGURES, strict=False):
        for day, figure in zip(DAYS, figures, strict=False):
            effekt.measure(followed, enhet, on=day, value=Decimal(figure), by=register.advisor)
