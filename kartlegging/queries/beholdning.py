"""The stock of competence, read: one's own, a unit's matrix, and who has what anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Case, Count, FilteredRelation, Max, Q, QuerySet, When

from kartlegging.models import Beholdning, Kompetansekrav
from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Enhet

# So many requirements, and so many people, can be read on one page.
MOST_COLUMNS = 15
MOST_PEOPLE = 100
MOST_HITS = 200


def is_valid(on: date, *, prefix: str = "") -> Q:
    """Return the filter of competence that has not expired; the last day counts."""
    field = f"{prefix}valid_until"
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": on})


def own(ansatt: Ansatt) -> QuerySet[Beholdning]:
    return (
        Beholdning.objects.filter(ansatt=ansatt)
        .select_related("kompetanse", "confirmed_by")
        .order_by("kompetanse__name")
    )


@dataclass(frozen=True, slots=True)
class Meldt:
    """A line of what has been declared and not confirmed."""

    pk: int
    version: int
    name: str
    enhet: str
    kompetanse: str
    level: int
    valid_until: date | None


def declared(actor: Ansatt) -> list[Meldt]:
    """Return the lines of `awaiting_confirmation`."""
    rows = awaiting_confirmation(actor).select_related(None)
    found = rows.values_list(
        "pk", "version", "ansatt__first_name", "ansatt__last_name", "ansatt__enhet__name",
        "kompetanse__name", "level", "valid_until",
    )  # fmt: skip
    return [
        Meldt(pk, version, f"{first} {last}", enhet, kompetanse, level, until)
        for pk, version, first, last, enhet, kompetanse, level, until in found
    ]


def awaiting_confirmation(actor: Ansatt) -> QuerySet[Beholdning]:
    """Return what employees under the actor have declared and no leader has confirmed."""
    return (
        Beholdning.objects.filter(
            access.within(actor, Act.FILL_NEEDS, enhet="ansatt__enhet"),
            access.still_employed(clock.today(), "ansatt__"),
            status=Beholdning.Status.DECLARED,
        )
        .exclude(ansatt=actor)
        .select_related("ansatt__enhet", "kompetanse")
        .order_by("ansatt__last_name", "ansatt__first_name", "kompetanse__name")
    )


def confirmable(actor: Ansatt) -> QuerySet[Beholdning]:
    """Return the rows of employees under the actor, whatever their status."""
    return Beholdning.objects.filter(
        access.within(actor, Act.FILL_NEEDS, enhet="ansatt__enhet")
    ).select_related("ansatt__enhet", "kompetanse")


@dataclass(frozen=True, slots=True)
class Column:
    """A competence that the unit, or one above it, requires; the highest level asked for."""

    kompetanse_id: int
    name: str
    level: int
    have: int = 0

    @property
    def is_single(self) -> bool:
        return self.have == 1


@dataclass(frozen=True, slots=True)
class Cell:
    """What one person has of one competence. `level` 0 is nothing."""

    level: int
    required: int
    is_confirmed: bool
    valid_until: date | None
    is_expired: bool

    @property
    def is_met(self) -> bool:
        return self.level >= self.required and not self.is_expired


@dataclass(frozen=True, slots=True)
class Person:
    """A row of the matrix; `cells` stand in the order of the columns."""

    pk: int
    name: str
    kategori: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Matrise:
    """Who in the unit has what of that which is required. `is_cut`: more people than are shown."""

    columns: Sequence[Column]
    people: Sequence[Person]
    is_cut: bool


def matrise(enhet: Enhet, *, on: date) -> Matrise:
    """Return the unit's people, also those below it, beside what is required.

    Two queries; three when there are more people than are shown.
    """
    columns = _columns(enhet)
    levels = {column.kompetanse_id: column.level for column in columns}
    rows = _stock_of_people(enhet, kompetanser=list(levels))
    people = _people(rows, levels=levels, on=on)
    is_cut = len(people) > MOST_PEOPLE
    have = _counted(enhet, columns, on=on) if is_cut else _have(people, columns)
    return Matrise(
        [replace(column, have=n) for column, n in zip(columns, have, strict=True)],
        people[:MOST_PEOPLE],
        is_cut=is_cut,
    )


def _columns(enhet: Enhet) -> list[Column]:
    """Return what is required of the unit's people: first by it and those above, then below."""
    above = organisasjon.ancestors(enhet)
    rows = (
        Kompetansekrav.objects.filter(Q(enhet__in=above) | Q(enhet__path__startswith=enhet.path))
        .values_list("kompetanse", "kompetanse__name")
        .annotate(
            highest=Max("level"),
            holds_for_all=Max(Case(When(enhet__in=above, then=1), default=0)),
        )
        .order_by("-holds_for_all", "kompetanse__name")
    )
    return [Column(pk, name, level) for pk, name, level, _ in rows[:MOST_COLUMNS]]


def _stock_of_people(enhet: Enhet, *, kompetanser: list[int]) -> list[tuple[Any, ...]]:
    """Return a row for each person and competence they have of these; at least one for each."""
    people = organisasjon.current().filter(enhet__path__startswith=enhet.path)
    shown = people.order_by("last_name", "first_name", "pk")[: MOST_PEOPLE + 1]
    return list(
        Ansatt.objects.filter(pk__in=shown.values("pk"))
        .annotate(
            stock=FilteredRelation(
                "beholdning", condition=Q(beholdning__kompetanse__in=kompetanser)
            )
        )
        .order_by("last_name", "first_name", "pk")
        .values_list(
            "pk",
            "last_name",
            "first_name",
            "kategori__name",
            "stock__kompetanse",
            "stock__level",
            "stock__status",
            "stock__valid_until",
        )
    )


def _people(rows: list[tuple[Any, ...]], *, levels: dict[int, int], on: date) -> list[Person]:
    people = []
    for (pk, last, first, kategori), lines in groupby(rows, key=lambda row: row[:4]):
        had = {line[4]: line[5:] for line in lines if line[5]}
        cells = (_cell(had.get(pk), required=level, on=on) for pk, level in levels.items())
        people.append(Person(pk, f"{last}, {first}", kategori or "", tuple(cells)))
    return people


def _cell(had: tuple[Any, ...] | None, *, required: int, on: date) -> Cell | None:
    if had is None:
        return None
    level, status, valid_until = had
    return Cell(
        level,
        required,
        is_confirmed=status == Beholdning.Status.CONFIRMED,
        valid_until=valid_until,
        is_expired=valid_until is not None and valid_until < on,
    )


def _have(people: Sequence[Person], columns: Sequence[Column]) -> list[int]:
    """Return how many meet each column's level."""
    return [
        sum(1 for person in people if (cell := person.cells[place]) and cell.is_met)
        for place in range(len(columns))
    ]


def _counted(enhet: Enhet, columns: Sequence[Column], *, on: date) -> list[int]:
    """Return how many in the unit meet each column's level, also those who are not shown."""
    rows = list(
        Beholdning.objects.filter(
            is_valid(on),
            kompetanse__in=[column.kompetanse_id for column in columns],
            ansatt__in=organisasjon.current().filter(enhet__path__startswith=enhet.path),
        )
        .values_list("kompetanse", "level")
        .annotate(people=Count("pk"))
    )
    return [
        sum(n for pk, level, n in rows if pk == column.kompetanse_id and level >= column.level)
        for column in columns
    ]


@dataclass(frozen=True, slots=True)
class Treff:
    """Someone who has the competence that was searched for."""

    name: str
    kategori: str
    enhet: str
    level: int
    is_confirmed: bool
    valid_until: date | None


def treff(*, kompetanse_id: int, level: int, on: date) -> list[Treff]:
    """Return who has the competence at that level or above, in the whole Kommune, best first."""
    rows = (
        Beholdning.objects.filter(
            is_valid(on),
            access.still_employed(on, "ansatt__"),
            kompetanse=kompetanse_id,
            level__gte=level,
        )
        .order_by("-level", "ansatt__last_name", "ansatt__first_name")
        .values_list(
            "ansatt__last_name",
            "ansatt__first_name",
            "ansatt__kategori__name",
            "ansatt__enhet__name",
            "level",
            "status",
            "valid_until",
        )
    )
    return [
        Treff(f"{first} {last}", kategori or "", enhet, level,
              status == Beholdning.Status.CONFIRMED, valid_until)
        for last, first, kategori, enhet, level, status, valid_until in rows[:MOST_HITS]
    ]  # fmt: skip
