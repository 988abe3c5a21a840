"""Whom the night will erase, and what is stored about each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet, Value

from kompetanse.kommuner import persondata
from kompetanse.kommuner.persondata import Tabell
from kompetanse.organisasjon.models import Ansatt
from kompetanse.personvern.models import Rydding, Sletting
from kompetanse.personvern.personvern import LEFT
from kompetanse.personvern.queries import lagringstid
from kompetanse.personvern.queries.lagringstid import Kept

NIGHTS = 14


@dataclass(frozen=True, slots=True)
class Planned:
    """An erasure that waits: whose, why, when, and what stands in the way."""

    sletting: Sletting
    hindrance: str

    @property
    def waits(self) -> bool:
        return bool(self.hindrance or self.sletting.held_reason)


@dataclass(frozen=True, slots=True)
class Part:
    """How many rows a table holds about a person, and what becomes of them."""

    table: Tabell
    count: int

    @property
    def fate(self) -> str:
        return str(self.table.fate.value)


def unplanned(on: date) -> list[Ansatt]:
    """Return those whose time is out and who are neither planned nor erased."""
    rule = next(rule for rule in persondata.rules() if rule.key == LEFT)
    left = rule.due(lagringstid.before(rule, on))
    known = Sletting.objects.filter(refused_at__isnull=True).values("ansatt")
    return list(left.exclude(pk__in=known))


def count_unplanned(planned: Sequence[Planned], kept: Sequence[Kept], *, on: date) -> int:
    """Return how many `unplanned` gives, from what the page has read already."""
    left = next(each for each in kept if each.rule.key == LEFT)
    before = lagringstid.earlier(on, months=left.months)
    days = (row.sletting.ansatt.left_on for row in planned)
    known = [day for day in days if day is not None and day < before]
    return left.due - len(known)


def waiting() -> QuerySet[Sletting]:
    """Return the erasures that are neither done nor refused, the first due first."""
    rows = Sletting.objects.filter(done_at__isnull=True, refused_at__isnull=True)
    return rows.select_related("ansatt__enhet").order_by(F("due_on").asc(nulls_first=True), "pk")


def due(on: date) -> list[Sletting]:
    """Return the erasures to carry out: their day has come, and nothing holds them."""
    ready = waiting().filter(due_on__lte=on, held_reason="").filter(ansatt__left_on__lte=on)
    held = persondata.held(ready.values_list("ansatt", flat=True))
    return [each for each in ready if each.ansatt_id not in held]


def planned() -> list[Planned]:
    """Return what waits, each with what stands in the way."""
    rows = list(waiting())
    held = persondata.held(row.ansatt_id for row in rows)
    return [Planned(row, held.get(row.ansatt_id, "")) for row in rows]


def of(ansatt: Ansatt) -> Sletting | None:
    """Return the newest erasure asked for or planned for the person."""
    return Sletting.objects.filter(ansatt=ansatt).order_by("-planned_at", "-pk").first()


def parts(ansatt: Ansatt) -> list[Part]:
    """Return what is stored about the person, table by table, counted in one query."""
    tables = {table.model: table for table in persondata.personal()}
    counts = [_counted(table, table.rows(ansatt)) for table in tables.values()]
    found = dict(counts[0].union(*counts[1:], all=True))
    return [Part(tables[model], found[model]) for model in tables if found.get(model)]


def _counted(table: Tabell, rows: QuerySet[Any]) -> QuerySet[Any, tuple[str, int]]:
    marked = rows.order_by().annotate(tabell_=Value(table.model, output_field=CharField()))
    counted = marked.values("tabell_").annotate(antall_=Count("pk"))
    pairs: QuerySet[Any, tuple[str, int]] = counted.values_list("tabell_", "antall_")
    return pairs


def mentions(ansatt: Ansatt) -> list[tuple[str, int]]:
    """Return the tables of kept texts where the person's full name stands, and how many rows.

    These texts are records and stay; a person has to look at them. One query.
    """
    kept = {table.model: table for table in persondata.tables() if _texts(table)}
    counts = [
        _counted(table, table.cls.objects.filter(_says(table, ansatt))) for table in kept.values()
    ]
    found = counts[0].union(*counts[1:], all=True)
    return [(kept[model].name, count) for model, count in sorted(found) if count]


def _says(table: Tabell, ansatt: Ansatt) -> Q:
    name = ansatt.full_name
    return reduce(or_, (Q(**{f"{text}__icontains": name}) for text in _texts(table)))


def _texts(table: Tabell) -> list[str]:
    """Return the kept fields of the table that a person writes in."""
    return [name for name in table.records if _is_text(table, name)]


def _is_text(table: Tabell, name: str) -> bool:
    kind = table.cls._meta.get_field(name).get_internal_type()
    return kind in {"CharField", "TextField", "EmailField"}


def nights() -> QuerySet[Rydding]:
    """Return what the latest nights removed."""
    return Rydding.objects.order_by("-on")[:NIGHTS]


def done() -> int:
    return Sletting.objects.filter(done_at__isnull=False).count()
