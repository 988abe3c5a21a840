"""The effect of measures, read: each unit's baseline, its later measurements, and the change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from django.db.models import (
    DateField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast

from kompetanse.organisasjon.models import Ansatt, Enhet
from planer import rules
from planer.models import Effekt, Effekttall, Tiltak
from planer.queries.tiltak import units


@dataclass(frozen=True, slots=True)
class Punkt:
    """A measurement."""

    on: date
    value: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class Enhetslinje:
    """A unit's measurements in order; the first is the baseline."""

    enhet: str
    series: Sequence[Punkt]
    is_lower_better: bool

    @property
    def baseline(self) -> Punkt:
        return self.series[0]

    @property
    def latest(self) -> Punkt | None:
        """The last measurement after the baseline; None when there is only that."""
        return self.series[-1] if len(self.series) > 1 else None

    @property
    def change(self) -> Decimal | None:
        return self.latest.value - self.baseline.value if self.latest else None

    @property
    def verdict(self) -> str:
        """`better`, `same`, `worse`, or empty when it is measured once only."""
        if self.change is None:
            return ""
        if self.change == 0:
            return "same"
        return "better" if (self.change < 0) == self.is_lower_better else "worse"


@dataclass(frozen=True, slots=True)
class Maalt:
    """An effect with each unit's measurements, and the days it was measured on."""

    effekt: Effekt
    units: Sequence[Enhetslinje]

    @property
    def better(self) -> int:
        return sum(each.verdict == "better" for each in self.units)

    @property
    def remeasured(self) -> int:
        return sum(each.latest is not None for each in self.units)


def effects() -> QuerySet[Effekt]:
    return Effekt.objects.select_related("tiltak__enhet")


def measured(tiltak: Tiltak) -> list[Maalt]:
    """Return the measure's effects with all units' measurements; two queries."""
    rows = (
        Effekttall.objects.filter(effekt__tiltak=tiltak)
        .order_by("effekt", "enhet__path", "on")
        .values_list("effekt", "enhet", "enhet__name", "on", "value", "note")
    )
    by_effect: dict[int, list[Row]] = {}
    for effekt, enhet_id, enhet, on, value, note in rows:
        by_effect.setdefault(effekt, []).append(Row(enhet_id, enhet, on, value, note))
    return [
        Maalt(effekt, _units(by_effect.get(effekt.pk, []), effekt))
        for effekt in tiltak.effekter.order_by("pk")
    ]


class Row(NamedTuple):
    """A measurement as it is read: in which unit, since two units may have the same name."""

    enhet_id: int
    enhet: str
    on: date
    value: Decimal
    note: str


def _units(rows: list[Row], effekt: Effekt) -> list[Enhetslinje]:
    by_unit = groupby(rows, key=lambda row: (row.enhet_id, row.enhet))
    return [
        Enhetslinje(
            enhet,
            [Punkt(row.on, row.value, row.note) for row in group],
            effekt.is_lower_better,
        )
        for (_pk, enhet), group in by_unit
    ]


def units_of(actor: Ansatt) -> QuerySet[Enhet]:
    """Return the units whose effect the actor may measure."""
    return units(rules.measure_scopes(actor))


def due(actor: Ansatt, *, on: date) -> QuerySet[Effekttall]:
    """Return the last measurement of each unit that the actor leads, where it is time anew.

    `due` is so many months after it as the effect says.
    """
    later = Effekttall.objects.filter(
        effekt=OuterRef("effekt"), enhet=OuterRef("enhet"), on__gt=OuterRef("on")
    )
    months = Func(Value(0), F("effekt__every_months"), function="make_interval")
    next_on = Cast(ExpressionWrapper(F("on") + months, DateTimeField()), DateField())
    return (
        Effekttall.objects.filter(enhet__path__in=rules.led_paths(actor))
        .exclude(Exists(later))
        .exclude(effekt__tiltak__status=Tiltak.Status.CANCELLED)
        .annotate(due=next_on)
        .filter(due__lte=on)
    )
