"""How long the Kommune keeps things."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Count, QuerySet, Value

from kompetanse import clock
from kompetanse.kommuner import persondata
from kompetanse.kommuner.persondata import Lagringsregel
from kompetanse.personvern.models import Lagringstid

LAST_SHORT_DAY = 28


@dataclass(frozen=True, slots=True)
class Kept:
    """A rule with the Kommune's own number of months, and how many rows are older today."""

    rule: Lagringsregel
    months: int
    due: int


def months() -> dict[str, int]:
    """Return how many months are kept, by rule: the Kommune's choice, else what is proposed."""
    chosen = dict(Lagringstid.objects.values_list("rule", "months"))
    return {rule.key: chosen.get(rule.key, rule.months) for rule in persondata.rules()}


def before(rule: Lagringsregel, on: date) -> datetime:
    """Return the moment before which the rule's rows are too old."""
    return clock.start_of(earlier(on, months=months()[rule.key]))


def earlier(day: date, *, months: int) -> date:
    """Return the day so many months before; the 28th for the last days of a month."""
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, min(day.day, LAST_SHORT_DAY))


def all_kept(on: date) -> list[Kept]:
    """Return every rule with what it would remove today; two queries."""
    chosen = months()
    counts = [_due(rule, on, months=chosen[rule.key]) for rule in persondata.rules()]
    found = dict(counts[0].union(*counts[1:], all=True))
    return [Kept(rule, chosen[rule.key], found.get(rule.key, 0)) for rule in persondata.rules()]


def _due(rule: Lagringsregel, on: date, *, months: int) -> QuerySet[Any, tuple[str, int]]:
    rows = rule.due(clock.start_of(earlier(on, months=months))).order_by()
    marked = rows.annotate(regel_=Value(rule.key, output_field=CharField())).values("regel_")
    counted: QuerySet[Any, tuple[str, int]] = marked.annotate(antall_=Count("pk")).values_list(
        "regel_", "antall_"
    )
    return counted
