"""The list of tenants as an operator sees it: figures, and nothing of anyone."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from kompetanse.kommuner.models import Kommune
from kompetanse.plattform.models import Kommunetall, Plattformhendelse, Stotteokt


@dataclass(frozen=True, slots=True)
class Line:
    """One Kommune in the list: its row, its own count of itself, and whether someone looks."""

    kommune: Kommune
    figures: dict[str, int]
    counted_at: datetime | None
    is_looked_into: bool


def lines(*, at: datetime) -> list[Line]:
    """Return all Kommuner by name; three queries however many they are."""
    counted = {tall.kommune_id: tall for tall in Kommunetall.shared.all()}
    open_now = Stotteokt.shared.filter(opened_at__lte=at, ends_at__gt=at, ended_at__isnull=True)
    looked_into = set(open_now.values_list("kommune_id", flat=True))
    return [
        Line(
            kommune,
            figures=tall.figures if (tall := counted.get(kommune.pk)) else {},
            counted_at=tall.at if tall else None,
            is_looked_into=kommune.pk in looked_into,
        )
        for kommune in Kommune.objects.select_related("region").order_by("name")
    ]


def line(kommune: Kommune, *, at: datetime) -> Line:
    return next(each for each in lines(at=at) if each.kommune.pk == kommune.pk)


def by_slug() -> QuerySet[Kommune]:
    return Kommune.objects.select_related("region")


def trail(kommune: Kommune | None = None) -> QuerySet[Plattformhendelse]:
    """Return what operators have done, the newest first; with one Kommune only when named."""
    rows = Plattformhendelse.objects.select_related("operator", "about").order_by("-at", "-pk")
    return rows.filter(about=kommune) if kommune else rows
