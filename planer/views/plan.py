"""The training plan of a year: its measures in the columns and groups that the address asks for."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kompetanse import clock
from kompetanse.kommuner.responses import PDF, XLSX, LateFile
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall.language import on_paper
from planer import documents, rules
from planer.documents import plan as files
from planer.queries import gruppe, opplaringsplan
from planer.queries import opplaring as queries
from planer.queries.linje import Line
from planer.views import adresse, rad


@require_GET
@page(Act.SEE_PLAN)
def open_training(request: ActorRequest) -> HttpResponse:  # noqa: ARG001
    """Go to the plan that is worked on: this year's, or the newest when this year has none."""
    years, now = queries.years(), clock.today().year
    year = now if now in years or not years else max(years)
    return redirect("planer:read_training", year)


@require_GET
@page(Act.SEE_PLAN)
def read_training(request: ActorRequest, year: int) -> HttpResponse:
    """Show the year's measures; `?rad=` is the one that is edited in its place."""
    actor, on = request.actor, clock.today()
    filters, (layout, layouts) = adresse.filters(request.GET), adresse.layout(request)
    plan = queries.training_plan(year, filters=filters, actor=actor)
    late = plan.late(on)
    form = adresse.filter_form(request)
    context = {
        "plan": plan,
        "groups": gruppe.grouped(plan.lines, adresse.grouping(request.GET)),
        "layout": layout,
        "layouts": layouts,
        "filter_form": form,
        "narrowed_to": form.narrowed_to(),
        "is_narrowed": filters.is_used,
        "enhet": filters.enhet,
        "late": late,
        "late_by": _by_responsible(late),
        "on": on,
        "row_form": rad.asked_for(request, plan.lines),
        "may_add": bool(rules.measure_scopes(actor)),
        "may_edit_plans": rules.may_edit_plans(actor),
        **_editions(actor, filters, year),
        "years": _years_beside(year),
    }
    return render(request, "planer/training.html", context)


@require_GET
@page(Act.SEE_PLAN)
@on_paper
def print_training(request: ActorRequest, year: int) -> HttpResponse:
    """The plan as PDF, narrowed, grouped and in the columns of the page."""
    filters, (layout, _layouts) = adresse.filters(request.GET), adresse.layout(request)
    plan = queries.training_plan(year, filters=filters)
    groups = gruppe.grouped(plan.lines, adresse.grouping(request.GET))
    head = documents.letterhead(request.kommune, on=clock.today(), unit=plan.enhet)
    return LateFile(
        lambda: files.training_pdf(plan, groups, layout, head=head),
        filename=f"opplaringsplan-{year}.pdf",
        content_type=PDF,
    )


@require_GET
@page(Act.SEE_PLAN)
def export_training(request: ActorRequest, year: int) -> HttpResponse:
    """The plan as a workbook: in the page's columns, or every field when none are asked for."""
    filters, (layout, layouts) = adresse.filters(request.GET), adresse.layout(request)
    plan = queries.training_plan(year, filters=filters)
    title = _("Opplæringsplan %(year)d") % {"year": year}
    chosen = layout if "vis" in request.GET else layouts[-1]
    return LateFile(
        lambda: files.training_xlsx(plan, chosen, title=title),
        filename=f"opplaringsplan-{year}.xlsx",
        content_type=XLSX,
    )


def _editions(actor: Ansatt, filters: queries.Filters, year: int) -> dict[str, Any]:
    """Return the editions of the unit that the page is narrowed to, and whether to offer a new."""
    if filters.enhet is None:
        return {}
    found = opplaringsplan.editions(actor, year=year, enhet=filters.enhet)
    may_begin = rules.may_plan_for(actor, filters.enhet) and not found
    return {"editions": found, "may_begin": may_begin}


def _by_responsible(late: Iterable[Line]) -> list[tuple[str, int]]:
    """Return who is late and with how many, most first."""
    return Counter(line.responsible for line in late).most_common()


def _years_beside(year: int) -> list[int]:
    """Return the years to choose among: those with measures, this one and the next."""
    return sorted({*queries.years(), year, clock.today().year, clock.today().year + 1})
