"""What a measure consists of, as the verbs take it, and how its parts are written."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kompetanse.organisasjon.models import Enhet
from planer.models import (
    Belopslinje,
    Fokusomrade,
    Laringsarena,
    Malgruppe,
    Tiltak,
    Tiltakskompetanse,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """The content of a Tiltak.

    `amounts`: NOK by Belopslinje.Kind, cost and financing alike. `competences`: the level by id of
    Kompetanse, None where no level is said. `for_units`, `for_categories`: ids of those it is for.
    """

    year: int
    half: str
    theme: str
    kind: str = Tiltak.Kind.COURSE
    way: str = Tiltak.Way.DEVELOP
    need: str = ""
    timing: str = ""
    deadline: date | None = None
    target_group: str = ""
    participants: int = 0
    responsible: str = ""
    enhet: Enhet | None = None
    fokusomrade: Fokusomrade | None = None
    arena: Laringsarena | None = None
    status: str = Tiltak.Status.PLANNED
    evaluate_on: date | None = None
    evaluation: str = ""
    amounts: Mapping[str, int] = field(default_factory=dict)
    competences: Mapping[int, int | None] = field(default_factory=dict)
    for_units: Collection[int] = ()
    for_categories: Collection[int] = ()


PARTS = frozenset({"amounts", "competences", "for_units", "for_categories"})
FIELDS = tuple(name for name in Measure.__dataclass_fields__ if name not in PARTS)


def values(measure: Measure) -> dict[str, object]:
    """Return what stands in the measure's own row."""
    return {name: getattr(measure, name) for name in FIELDS}


def write_parts(tiltak: Tiltak, measure: Measure) -> None:
    """Let the measure have these amounts, competences and target groups, and no others."""
    set_amounts(tiltak, measure.amounts)
    set_competences(tiltak, measure.competences)
    set_groups(tiltak, units=measure.for_units, categories=measure.for_categories)


def set_amounts(tiltak: Tiltak, amounts: Mapping[str, int]) -> None:
    """Let the measure have these amounts and no others; 0 kr is no line."""
    kept = {Belopslinje.Kind(kind): amount for kind, amount in amounts.items() if amount}
    tiltak.belop.exclude(kind__in=kept).delete()
    Belopslinje.objects.bulk_create(
        [Belopslinje(tiltak=tiltak, kind=kind, amount=amount) for kind, amount in kept.items()],
        update_conflicts=True,
        unique_fields=["kommune", "tiltak", "kind"],
        update_fields=["amount"],
    )


def add_amounts(measures: Iterable[tuple[Tiltak, Mapping[str, int]]]) -> None:
    """Give each new measure its amounts; one statement for all of them."""
    Belopslinje.objects.bulk_create(
        Belopslinje(tiltak=tiltak, kind=kind, amount=amount)
        for tiltak, amounts in measures
        for kind, amount in amounts.items()
        if amount
    )


def set_competences(tiltak: Tiltak, levels: Mapping[int, int | None]) -> None:
    tiltak.kompetanser.exclude(kompetanse__in=levels).delete()
    Tiltakskompetanse.objects.bulk_create(
        [
            Tiltakskompetanse(tiltak=tiltak, kompetanse_id=pk, level=level)
            for pk, level in levels.items()
        ],
        update_conflicts=True,
        unique_fields=["kommune", "tiltak", "kompetanse"],
        update_fields=["level"],
    )


def set_groups(tiltak: Tiltak, *, units: Collection[int], categories: Collection[int]) -> None:
    tiltak.malgrupper.all().delete()
    Malgruppe.objects.bulk_create(
        [
            *(Malgruppe(tiltak=tiltak, enhet_id=pk) for pk in units),
            *(Malgruppe(tiltak=tiltak, kategori_id=pk) for pk in categories),
        ]
    )


def copy_parts(source: Tiltak, target: Tiltak) -> None:
    """Give `target` what stands in other tables of `source`."""
    set_amounts(target, {line.kind: line.amount for line in source.belop.all()})
    set_competences(target, {row.kompetanse_id: row.level for row in source.kompetanser.all()})
    groups = list(source.malgrupper.all())
    set_groups(
        target,
        units=[row.enhet_id for row in groups if row.enhet_id],
        categories=[row.kategori_id for row in groups if row.kategori_id],
    )


def cost(amounts: Mapping[str, int]) -> int:
    return sum(amount for kind, amount in amounts.items() if kind in Belopslinje.COSTS)
