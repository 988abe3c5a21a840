"""What follows when someone's leave changes; the apps above register what they know of.

leave.register(function)   # function(ansatt) moves what a leave stops
"""

from collections.abc import Callable
from datetime import date, timedelta

from kompetanse.organisasjon.models import Ansatt, Permisjon

FULL = 100  # per cent
Follows = Callable[[Ansatt], None]
Period = tuple[date, date | None]

_registered: list[Follows] = []


def register(function: Follows) -> None:
    """Let the function know each time an employee's leave is registered, changed or deleted."""
    if function not in _registered:
        _registered.append(function)


def changed(ansatt: Ansatt) -> None:
    """Tell those who have registered, in the transaction of the change."""
    for function in _registered:
        function(ansatt)


def full(ansatt: Ansatt) -> list[Period]:
    """Return the periods when the employee is away wholly, first day first; both days included."""
    rows = Permisjon.objects.filter(ansatt=ansatt, percentage=FULL).order_by("starts")
    return list(rows.values_list("starts", "ends"))


def after(day: date, *, since: date, periods: list[Period]) -> date | None:
    """Return `day` put off by the days of leave from `since` on; None while no end is known."""
    for starts, ends in sorted(periods, key=lambda period: period[0]):
        if starts > day:
            break
        if ends is None:
            return None
        first = max(starts, since)
        if ends >= first:
            day += ends - first + timedelta(days=1)
    return day
