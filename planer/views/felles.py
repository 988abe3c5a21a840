"""The joint training plan, and the yearly joint action plan: what all do together."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kompetanse import clock
from kompetanse.kommuner.responses import PDF, XLSX, LateFile
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.language import on_paper
from planer import documents, rules
from planer.documents import plan as files
from planer.documents.plan import PlanDocument
from planer.queries import kolonne, opplaringsplan
from planer.queries import opplaring as queries


@require_GET
@page(Act.SEE_PLAN)
def read_joint(request: ActorRequest, year: int) -> HttpResponse:
    """Show the joint training plan: what all units put in, and the education that is granted."""
    editions = opplaringsplan.editions(request.actor, year=year, enhet=None)
    context = {
        "document": _joint(request, year),
        "head": documents.letterhead(request.kommune, on=clock.today()),
        "pdf_url": _with_columns(request, "planer:print_joint", year),
        "xlsx_url": _with_columns(request, "planer:export_joint", year),
        "editions": editions,
        "may_begin": rules.may_edit_plans(request.actor) and not editions,
        "may_submit": bool(rules.led_paths(request.actor)),
        "may_edit_plans": rules.may_edit_plans(request.actor),
    }
    return render(request, "planer/joint.html", context)


@require_GET
@page(Act.SEE_PLAN)
@on_paper
def print_joint(request: ActorRequest, year: int) -> HttpResponse:
    document = _joint(request, year)
    head = documents.letterhead(request.kommune, on=clock.today())
    return LateFile(
        lambda: files.joint_pdf(document, head=head),
        filename=f"felles-opplaringsplan-{year}.pdf",
        content_type=PDF,
    )


@require_GET
@page(Act.SEE_PLAN)
def export_joint(request: ActorRequest, year: int) -> HttpResponse:
    """The joint plan as a workbook: in the columns asked for, or with every field."""
    plan = queries.joint_plan(year)
    title = _("Felles opplæringsplan %(year)d") % {"year": year}
    found = kolonne.layouts(kolonne.own())
    chosen = found.get(request.GET.get("vis", ""), found[kolonne.ALL])
    return LateFile(
        lambda: files.training_xlsx(plan, chosen, title=title),
        filename=f"felles-opplaringsplan-{year}.xlsx",
        content_type=XLSX,
    )


@require_GET
@page(Act.SEE_PLAN)
def read_activities(request: ActorRequest, year: int) -> HttpResponse:
    """Show the yearly joint action plan: number, activity, time."""
    context = {
        "document": queries.common_plan(year),
        "head": documents.letterhead(request.kommune, on=clock.today()),
        "pdf_url": reverse("planer:print_activities", args=[year]),
        "xlsx_url": reverse("planer:export_activities", args=[year]),
    }
    return render(request, "planer/activities.html", context)


@require_GET
@page(Act.SEE_PLAN)
@on_paper
def print_activities(request: ActorRequest, year: int) -> HttpResponse:
    plan = queries.common_plan(year)
    head = documents.letterhead(request.kommune, on=clock.today())
    return LateFile(
        lambda: files.activities_pdf(plan, head=head),
        filename=f"felles-handlingsplan-{year}.pdf",
        content_type=PDF,
    )


@require_GET
@page(Act.SEE_PLAN)
def export_activities(request: ActorRequest, year: int) -> HttpResponse:  # noqa: ARG001
    plan = queries.common_plan(year)
    title = _("Felles handlingsplan %(year)d") % {"year": year}
    return LateFile(
        lambda: files.activities_xlsx(plan, title=title),
        filename=f"felles-handlingsplan-{year}.xlsx",
        content_type=XLSX,
    )


def _joint(request: ActorRequest, year: int) -> PlanDocument:
    """Return the joint plan as a document, in the columns that the address asks for."""
    plan = queries.joint_plan(year)
    return PlanDocument(
        title=_("Felles opplæringsplan %(year)d") % {"year": year},
        plan=plan,
        groups=plan.halves,
        layout=_layout(request),
    )


def _layout(request: ActorRequest) -> kolonne.Layout:
    """Return the columns asked for; those of the joint plan when none are."""
    asked = request.GET.get("vis", "")
    if asked not in {kolonne.OWN, kolonne.SEVEN, kolonne.FOUR}:
        return kolonne.joint()
    return kolonne.layouts(kolonne.own()).get(asked) or kolonne.joint()


def _with_columns(request: ActorRequest, name: str, year: int) -> str:
    query = f"?vis={request.GET['vis']}" if request.GET.get("vis", "").isalpha() else ""
    return reverse(name, args=[year]) + query
