"""Long training plans, read: goals with their measurements, and the measures under each area."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from kompetanse.organisasjon.models import Ansatt
from planer import rules
from planer.models import Fokusomrade, Langplan, Resultatmal, Tiltak
from planer.queries import langrullering
from planer.queries.langplaninnhold import Area, Goal, LongPlan, Measure, Measurement

OWN = (*langrullering.LABELS, "id", "baseline", "baseline_on", "responsible")


def visible_to(actor: Ansatt) -> QuerySet[Langplan]:
    """Return the plans that the actor may read: drafts are for those who write them."""
    planer = Langplan.objects.select_related("strategiplan").order_by("-first_year", "-pk")
    if rules.may_edit_plans(actor):
        return planer
    return planer.exclude(status=Langplan.Status.DRAFT)


def goals_visible_to(actor: Ansatt) -> QuerySet[Resultatmal]:
    return Resultatmal.objects.filter(plan__in=visible_to(actor)).select_related(
        "plan__strategiplan", "fokusomrade"
    )


def document(plan: Langplan, *, on: date) -> LongPlan:
    """Return the plan as it stands on a day, in six queries whatever its length."""
    goals = _goals_by_area(plan, on)
    measures = _measures_by_area(plan, with_goal=set(goals))
    return LongPlan(
        id=plan.pk,
        name=plan.name,
        period=plan.period,
        strategy=plan.strategiplan.name,
        status=str(plan.get_status_display()),
        adopted=_adopted(plan),
        on=on,
        rolled=langrullering.rolled(plan),
        areas=tuple(
            Area(id=pk, name=name, text=text, goals=tuple(goals[pk]), measures=tuple(measures[pk]))
            for pk, name, text in _areas(plan)
        ),
    )


def goal(mal: Resultatmal) -> Goal:
    """Return the one goal with its measurements; one query."""
    rows = mal.malinger.order_by("on").values_list("on", "value", "note")
    return _goal(mal, measurements=[Measurement(*row) for row in rows])


def area_choices(plan: Langplan) -> QuerySet[Fokusomrade]:
    """Return the focus areas and sub-areas that a goal can be set for, in the plan's order."""
    return Fokusomrade.objects.filter(plan=plan.strategiplan).order_by(
        F("parent__order").asc(nulls_first=True), "order", "pk"
    )


def _areas(plan: Langplan) -> Iterable[tuple[int, str, str]]:
    """Return the top areas and those sub-areas that have a goal of their own."""
    with_goal = Q(parent__isnull=True) | Q(resultatmal__plan=plan)
    rows = Fokusomrade.objects.filter(with_goal, plan=plan.strategiplan).distinct()
    found = list(rows.values_list("pk", "name", "text", "parent", "order"))
    place = {pk: order for pk, _name, _text, parent, order in found if parent is None}
    found.sort(key=lambda row: (place.get(row[3] or row[0], 0), row[3] is not None, row[4]))
    return [(pk, name, text) for pk, name, text, _parent, _order in found]


def _goals_by_area(plan: Langplan, on: date) -> dict[int, list[Goal]]:
    rows = plan.resultatmal.select_related("earlier").annotate(
        days=_measured("on", until=on),
        values=_measured("value", until=on),
        notes=_measured("note", until=on),
    )
    found: dict[int, list[Goal]] = defaultdict(list)
    for mal in rows.order_by("deadline", "pk"):
        measured = map(Measurement, mal.days or (), mal.values or (), mal.notes or ())
        found[mal.fokusomrade_id].append(
            _goal(mal, measurements=measured, change=_change(plan, mal))
        )
    return found


def _measured(field: str, *, until: date) -> ArrayAgg:
    """Return the measurements' field as an array, the earliest first; None when there is none."""
    return ArrayAgg(
        f"malinger__{field}", filter=Q(malinger__on__lte=until), order_by="malinger__on"
    )


def _goal(mal: Resultatmal, *, measurements: Iterable[Measurement], change: str = "") -> Goal:
    return Goal(
        **{name: getattr(mal, name) for name in OWN},
        measurements=tuple(measurements),
        change=change,
    )


def _change(plan: Langplan, mal: Resultatmal) -> str:
    """Return what the goal is, seen from the edition before; empty when there was none."""
    if plan.earlier_id is None:
        return ""
    if mal.earlier is None:
        return _("Nytt")
    return _("Endret") if langrullering.is_changed(mal) else ""


def _measures_by_area(plan: Langplan, *, with_goal: set[int]) -> dict[int, list[Measure]]:
    """Return the years' measures under the area that they serve, a sub-area's under its own top."""
    rows = (
        Tiltak.objects.filter(
            Q(fokusomrade__plan=plan.strategiplan),
            year__range=(plan.first_year, plan.last_year),
            merged_into__isnull=True,
        )
        .exclude(status=Tiltak.Status.CANCELLED)
        .order_by("year", "-half", "theme")
        .values_list(
            "pk", "year", "half", "timing", "theme", "target_group", "responsible", "status",
            "fokusomrade", "fokusomrade__parent",
        )
    )  # fmt: skip
    found: dict[int, list[Measure]] = defaultdict(list)
    for pk, year, half, timing, theme, group, who, status, area, top in rows:
        when = f"{Tiltak.Halvar(half).label} {year}"
        found[area if area in with_goal else top or area].append(
            Measure(
                id=pk,
                when=f"{when}, {timing}" if timing else when,
                theme=theme,
                target_group=group,
                responsible=who,
                status=str(Tiltak.Status(status).label),
            )
        )
    return found


def _adopted(plan: Langplan) -> str:
    if plan.adopted_on is None:
        return ""
    case = f", {_('sak')} {plan.case_number}" if plan.case_number else ""
    return f"{plan.body}{case}"
