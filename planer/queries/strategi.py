"""Strategy plans, read: the list, and one plan as a document."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, CharField, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from kompetanse.organisasjon.models import Ansatt
from planer import rules
from planer.models import (
    Fokusomrade,
    Henvisning,
    Hovedmal,
    Kapittel,
    Planomfang,
    Planvedtak,
    Strategiplan,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A row of the plan that can be edited: a goal, an area, a chapter or a reference."""

    id: int
    name: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Area(Part):
    """A focus area with its sub-areas."""

    children: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Adoption:
    """A body in the chain of adoption; `on` is None until it has decided."""

    body: str
    on: date | None
    case_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyDocument:
    """A strategy plan, whole, as the page and the PDF show it."""

    id: int
    name: str
    first_year: int
    last_year: int
    status: str
    vision: str
    summary: str
    owner: str
    responsible: str
    goals: tuple[Part, ...]
    areas: tuple[Area, ...]
    units: tuple[str, ...]
    national: tuple[Part, ...]
    municipal: tuple[Part, ...]
    chapters: tuple[Part, ...]
    adoptions: tuple[Adoption, ...]

    @property
    def period(self) -> str:
        return f"{self.first_year}–{self.last_year}"

    @property
    def years(self) -> int:
        return self.last_year - self.first_year + 1


def visible_to(actor: Ansatt) -> QuerySet[Strategiplan]:
    """Return the plans that the actor may read: drafts are for those who write them."""
    planer = Strategiplan.objects.order_by("-first_year", "name")
    if rules.may_edit_plans(actor):
        return planer
    return planer.filter(status__in=rules.OPEN_STATUSES)


def in_force() -> Strategiplan | None:
    """Return the plan that holds now; the latest when there are several."""
    gjeldende = Strategiplan.objects.filter(status=Strategiplan.Status.IN_FORCE)
    return gjeldende.order_by("-first_year", "-pk").first()


def with_areas() -> QuerySet[Strategiplan]:
    """Return the plans, newest first, that have focus areas to set goals for."""
    return (
        Strategiplan.objects.exclude(status=Strategiplan.Status.SUPERSEDED)
        .filter(pk__in=Fokusomrade.objects.values("plan"))
        .order_by("-first_year", "name")
    )


def areas_in_force() -> QuerySet[Fokusomrade]:
    """Return the focus areas and sub-areas of the plans that hold now, areas before their own."""
    return Fokusomrade.objects.filter(plan__status=Strategiplan.Status.IN_FORCE).order_by(
        "plan", "order", "name"
    )


def area_choices() -> list[tuple[str, list[tuple[int, str]]]]:
    """Return the areas in force for a select: each area a group of itself and its sub-areas."""
    rows = list(areas_in_force().values_list("pk", "parent", "name"))
    tops = [(pk, name) for pk, parent, name in rows if parent is None]
    return [
        (name, [(pk, name), *((sub, f"– {title}") for sub, parent, title in rows if parent == pk)])
        for pk, name in tops
    ]


def document(plan: Strategiplan) -> StrategyDocument:
    """Return the plan as a document, in three queries whatever its length."""
    parts = _parts(plan)
    return StrategyDocument(
        id=plan.pk,
        name=plan.name,
        first_year=plan.first_year,
        last_year=plan.last_year,
        status=plan.get_status_display(),
        vision=plan.vision,
        summary=plan.summary,
        owner=plan.owner,
        responsible=plan.responsible.full_name if plan.responsible else "",
        goals=_plain(parts, "goal"),
        areas=_areas(parts["area"]),
        units=tuple(
            Planomfang.objects.filter(plan=plan)
            .order_by("enhet__name")
            .values_list("enhet__name", flat=True)
        ),
        national=_plain(parts, Henvisning.Kind.NATIONAL),
        municipal=_plain(parts, Henvisning.Kind.MUNICIPAL),
        chapters=_plain(parts, "chapter"),
        adoptions=tuple(
            Adoption(*row)
            for row in Planvedtak.objects.filter(plan=plan)
            .order_by("order", "adopted_on", "pk")
            .values_list("body", "adopted_on", "case_number")
        ),
    )


class _Row(NamedTuple):
    """A part of the plan as the database has it: of what kind, and under which other part."""

    kind: str
    pk: int
    name: str
    text: str
    parent: int | None


def _parts(plan: Strategiplan) -> dict[str, list[_Row]]:
    """Return the plan's parts by kind, each in its order; one query."""
    nothing = Cast(Value(None), BigIntegerField())
    goals = _rows(Hovedmal.objects.filter(plan=plan), Value("goal"), "name", "text", nothing)
    rest = (
        _rows(Fokusomrade.objects.filter(plan=plan), Value("area"), "name", "text", F("parent")),
        _rows(Kapittel.objects.filter(plan=plan), Value("chapter"), "heading", "text", nothing),
        _rows(Henvisning.objects.filter(plan=plan), F("kind"), "title", None, nothing),
    )
    found: dict[str, list[_Row]] = defaultdict(list)
    for _order, *row in goals.union(*rest, all=True).order_by("part_order", "part_pk"):
        part = _Row(*row)
        found[part.kind].append(part)
    return found


def _rows(
    rows: QuerySet[Any], kind: Combinable, name: str, text: str | None, parent: Combinable
) -> QuerySet[Any]:
    order = F("order") if text else Value(0)
    annotated: QuerySet[Any] = rows.order_by().annotate(
        part_order=Cast(order, BigIntegerField()),
        part_kind=Cast(kind, CharField()),
        part_pk=F("pk"),
        part_name=Cast(F(name), CharField()),
        part_text=Cast(F(text) if text else Value(""), CharField()),
        part_parent=parent,
    )
    return annotated.values_list(
        "part_order", "part_kind", "part_pk", "part_name", "part_text", "part_parent"
    )


def _plain(parts: dict[str, list[_Row]], kind: str) -> tuple[Part, ...]:
    return tuple(Part(row.pk, row.name, row.text) for row in parts[kind])


def _areas(rows: list[_Row]) -> tuple[Area, ...]:
    return tuple(
        Area(row.pk, row.name, row.text, _children(rows, of=row.pk))
        for row in rows
        if not row.parent
    )


def _children(rows: list[_Row], *, of: int) -> tuple[Part, ...]:
    return tuple(Part(row.pk, row.name, row.text) for row in rows if row.parent == of)
