"""What forms and filters of the plans offer to choose among, each list in one query or together."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, CharField, F, QuerySet, Value, Window
from django.db.models.functions import Cast, Coalesce, RowNumber

from kompetanse.organisasjon.models import Enhet, Kompetanse, Stillingskategori
from planer.models import Laringsarena
from planer.queries import strategi, tiltak

Choices = list[tuple[int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What a measure can be given: ids with names, as a select shows them."""

    areas: Choices
    competences: Choices
    arenas: Choices
    units: Choices
    categories: Choices


def of_measure(paths: Iterable[str]) -> Offered:
    """Return all that the form of a measure offers, the units under `paths`; one query."""
    rows = (
        _rows("areas", strategi.areas_in_force(), by=("plan", "order", "name")),
        _rows("competences", Kompetanse.objects.all(), by=("name",)),
        _rows("arenas", Laringsarena.objects.all(), by=("order", "name")),
        _rows("units", tiltak.units(paths), by=("path",), path="path"),
        _rows("categories", Stillingskategori.objects.all(), by=("name",)),
    )
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    first, *rest = rows
    for part, place, pk, name, path in first.union(*rest, all=True):
        indent = "– " * max(path.count("/") - 3, 0)
        found[part].append((place, pk, f"{indent}{name}"))
    return Offered(
        **{
            part: [(pk, name) for _place, pk, name in sorted(found[part])]
            for part in Offered.__slots__
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OfFilters:
    """What the list of measures can be narrowed by; each area a group with its sub-areas."""

    units: Choices
    areas: list[tuple[str, Choices]]


def of_filters() -> OfFilters:
    """Return what the list can be narrowed by; one query."""
    areas = _rows("areas", strategi.areas_in_force(), by=("plan", "order", "name"), path="parent")
    rows = list(
        _rows("units", Enhet.objects.all(), by=("path",), path="path").union(areas, all=True)
    )
    rows.sort()
    in_force = [(pk, path, name) for part, _place, pk, name, path in rows if part == "areas"]
    return OfFilters(
        units=[
            (pk, f"{'– ' * (path.count('/') - 2)}{name}")
            for part, _place, pk, name, path in rows
            if part == "units"
        ],
        areas=[(name, _under(pk, name, in_force)) for pk, parent, name in in_force if not parent],
    )


def _under(top: int, name: str, rows: list[tuple[int, str, str]]) -> Choices:
    return [(top, name), *((pk, f"– {sub}") for pk, parent, sub in rows if parent == str(top))]


def units() -> Choices:
    """Return all units for a select, indented by their place in the tree."""
    rows = Enhet.objects.order_by("path").values_list("pk", "name", "path")
    return [(pk, f"{'– ' * (path.count('/') - 2)}{name}") for pk, name, path in rows]


def _rows(part: str, rows: QuerySet[Any], *, by: tuple[str, ...], path: str = "") -> QuerySet[Any]:
    """Return (part, place, id, name, path), fit for a union: sorted by the column's own rules."""
    told: QuerySet[Any] = (
        rows.order_by()
        .annotate(
            valg_part=Value(part, CharField()),
            valg_place=Window(RowNumber(), order_by=[F(name) for name in by]),
            valg_pk=Cast("pk", BigIntegerField()),
            valg_name=Cast("name", CharField()),
            valg_path=Coalesce(Cast(F(path) if path else Value(""), CharField()), Value("")),
        )
        .values_list("valg_part", "valg_place", "valg_pk", "valg_name", "valg_path")
    )
    return told
