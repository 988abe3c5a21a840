"""What stands in the registry of documents for someone: one list of them all."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import BigIntegerField, CharField, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from kompetanse.organisasjon import access
from kompetanse.organisasjon.models import Ansatt
from rapporter.queries.dokumentslag import UNNAMED, Found, Listed, Report
from rapporter.queries.register import REPORTS


def visible_to(actor: Ansatt) -> Mapping[str, list[Listed]]:
    """Return the documents that the actor may see, by group, in the registry's order; one query."""
    seen = [each for each in REPORTS if each.act is None or access.may(actor, each.act)]
    found: dict[int, list[Found]] = defaultdict(list)
    first, *rest = (_rows(report, place, actor) for place, report in enumerate(seen))
    for place, *row in first.union(*rest, all=True):
        found[place].append(Found(*row))
    groups: dict[str, list[Listed]] = {}
    for place, report in enumerate(seen):
        newest = sorted(found[place], key=lambda each: (-each.year, -each.id))
        listed = [report.listed(row) for row in newest]
        groups.setdefault(str(report.group), []).extend(listed)
    return {group: rows for group, rows in groups.items() if rows}


def _rows(report: Report, place: int, actor: Ansatt) -> QuerySet[Any]:
    """Return (place, id, name, year) of what the source gives, fit for a union."""
    return (
        report.source(actor)
        .order_by()
        .values_list(
            Value(place),
            Cast(report.id, BigIntegerField()),
            Coalesce(Cast(report.name, CharField()), UNNAMED),
            Cast(report.year, IntegerField()),
        )
        .distinct()
    )
