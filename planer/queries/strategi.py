"""Strategy plans, read: the list, and one plan as a document."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import QuerySet

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

    @property
    def parts_areas(self) -> tuple[Part, ...]:
        """Every focus area and sub-area in the order of the plan."""
        return tuple(part for area in self.areas for part in (area, *area.children))


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
    """Return the plan as a document, in seven queries whatever its length."""
    references = _references(plan)
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
        goals=_parts(Hovedmal.objects.filter(plan=plan).order_by("order", "pk"), "name", "text"),
        areas=_areas(plan),
        units=tuple(
            Planomfang.objects.filter(plan=plan)
            .order_by("enhet__name")
            .values_list("enhet__name", flat=True)
        ),
        national=references.get(Henvisning.Kind.NATIONAL, ()),
        municipal=references.get(Henvisning.Kind.MUNICIPAL, ()),
        chapters=_parts(Kapittel.objects.filter(plan=plan).order_by("order"), "heading", "text"),
        adoptions=tuple(
            Adoption(*row)
            for row in Planvedtak.objects.filter(plan=plan)
            .order_by("order", "adopted_on", "pk")
            .values_list("body", "adopted_on", "case_number")
        ),
    )


def _parts(rows: QuerySet[Hovedmal] | QuerySet[Kapittel], *fields: str) -> tuple[Part, ...]:
    return tuple(Part(*row) for row in rows.values_list("pk", *fields))


def _areas(plan: Strategiplan) -> tuple[Area, ...]:
    rows = list(
        Fokusomrade.objects.filter(plan=plan)
        .order_by("order", "pk")
        .values_list("pk", "name", "text", "parent")
    )
    return tuple(
        Area(pk, name, text, _children(rows, of=pk))
        for pk, name, text, parent in rows
        if not parent
    )


def _children(rows: list[tuple[int, str, str, int | None]], *, of: int) -> tuple[Part, ...]:
    return tuple(Part(pk, name, text) for pk, name, text, parent in rows if parent == of)


def _references(plan: Strategiplan) -> dict[str, tuple[Part, ...]]:
    rows = (
        Henvisning.objects.filter(plan=plan)
        .order_by("kind", "pk")
        .values_list("kind", "pk", "title")
    )
    return {
        kind: tuple(Part(pk, title) for _, pk, title in group)
        for kind, group in groupby(rows, key=lambda row: row[0])
    }
