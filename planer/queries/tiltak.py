"""One measure, read for its form; the units to choose among; and what can be carried on."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from kompetanse.organisasjon.models import Ansatt, Enhet
from planer import rules
from planer.models import Belopslinje, Malgruppe, Tiltak, Tiltakskompetanse


def by_id() -> QuerySet[Tiltak]:
    """Return measures with all that their form shows, in one query; see `parts_of`."""
    mine = {"tiltak": OuterRef("pk")}
    amounts = Belopslinje.objects.filter(**mine).annotate(
        told=Concat("kind", Value(":"), Cast("amount", CharField()))
    )
    built = (
        Tiltakskompetanse.objects.filter(**mine)
        .order_by("pk")
        .annotate(
            told=Concat(
                Cast("kompetanse", CharField()),
                Value(":"),
                Coalesce(Cast("level", CharField()), Value("")),
            )
        )
    )
    groups = Malgruppe.objects.filter(**mine)
    return Tiltak.objects.select_related(
        "enhet", "fokusomrade", "arena", "merged_into", "earlier"
    ).annotate(
        told_amounts=ArraySubquery(amounts.values("told")),
        told_competences=ArraySubquery(built.values("told")),
        for_units=ArraySubquery(groups.filter(enhet__isnull=False).values("enhet")),
        for_categories=ArraySubquery(groups.filter(kategori__isnull=False).values("kategori")),
    )


def amounts_of(tiltak: Any) -> dict[str, int]:
    """Return the amounts in NOK by kind of a measure that `by_id` gave."""
    pairs = (each.split(":") for each in tiltak.told_amounts)
    return {kind: int(amount) for kind, amount in pairs}


def competences_of(tiltak: Any) -> list[tuple[int, int | None]]:
    """Return ids of competences, each with its level, of a measure that `by_id` gave."""
    pairs = (each.split(":") for each in tiltak.told_competences)
    return [(int(pk), int(level) if level else None) for pk, level in pairs]


def units(paths: Iterable[str]) -> QuerySet[Enhet]:
    """Return the units at or under these paths, each after the one it stands under."""
    below = reduce(or_, (Q(path__startswith=path) for path in paths), Q(pk__in=[]))
    return Enhet.objects.filter(below, is_open=True).order_by("path")


def to_carry(actor: Ansatt, *, to: int) -> QuerySet[Tiltak]:
    """Return the measures of the year before that the actor may plan anew and has not yet.

    Granted education comes by itself and is not among them, nor what is part of a common measure.
    """
    carried = Tiltak.objects.filter(year=to, earlier__isnull=False).values("earlier")
    earlier = Tiltak.objects.filter(year=to - 1, origin="", merged_into__isnull=True)
    earlier = earlier.exclude(pk__in=carried)
    if not rules.may_edit_plans(actor):
        earlier = earlier.filter(enhet__in=units(rules.measure_scopes(actor)))
    return (
        earlier.select_related("enhet")
        .prefetch_related("belop", "kompetanser", "malgrupper")
        .order_by("status", "theme", "pk")
    )
