"""Editions of a year's training plan: begin, read, print, adopt, roll, and what has changed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.kommuner.responses import PDF, XLSX, LateFile
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.language import on_paper
from planer import documents
from planer.actions import opplaringsplan as actions
from planer.documents import plan as files
from planer.documents.plan import PlanDocument
from planer.models import Opplaringsplan
from planer.queries import horing, offentlig, rullering
from planer.queries import opplaringsplan as queries
from planer.views import adresse
from planer.views.vedtak import adopt_page
from planer.workflow import opplaringsplan as workflow

ADOPTED = Opplaringsplan.Status.ADOPTED


@require_GET
@page(Act.SEE_PLAN)
def list_editions(request: ActorRequest) -> HttpResponse:
    """Show every edition that the person may read, by year."""
    plans = list(queries.visible_to(request.actor))
    return render(request, "planer/editions.html", {"plans": plans})


@require_POST
@page(Act.SEE_PLAN)
def begin_edition(request: ActorRequest, year: int) -> HttpResponse:
    """Begin a draft of a unit's plan (`enhet`), or of the joint plan."""
    enhet = adresse.enhet(request.POST)
    if request.POST.get("enhet") and enhet is None:
        raise Http404
    plan = actions.begin(year=year, enhet=enhet, by=request.actor)
    messages.success(request, _("Utkastet er laget. Send det på høring, eller registrer vedtaket."))
    return redirect("planer:read_edition", plan.pk)


@require_GET
@page(Act.SEE_PLAN)
def read_edition(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the edition: as it was adopted, or as the measures stand, and its hearings."""
    plan = _visible(request, pk)
    context = {
        "plan": plan,
        "document": _document(plan),
        "head": _head(request, plan),
        "steps": workflow.open_to(request.actor, plan),
        "changes": queries.since_adopted(plan) if plan.status == ADOPTED else None,
        "public": offentlig.of(plan) if plan.frozen else None,
    }
    return render(request, "planer/edition.html", context)


@require_GET
@page(Act.SEE_PLAN)
@on_paper
def print_edition(request: ActorRequest, pk: int) -> HttpResponse:
    plan = _visible(request, pk)
    document = _document(plan)
    head = _head(request, plan)
    return LateFile(
        lambda: files.document_pdf(document, head=head),
        filename=f"{plan.kind}-opplaringsplan-{plan.year}.pdf",
        content_type=PDF,
    )


@require_GET
@page(Act.SEE_PLAN)
def export_edition(request: ActorRequest, pk: int) -> HttpResponse:
    document = _document(_visible(request, pk))
    return LateFile(
        lambda: files.edition_xlsx(document),
        filename=f"opplaringsplan-{document.plan.year}.xlsx",
        content_type=XLSX,
    )


@require_POST
@page(Act.SEE_PLAN)
def step_edition(request: ActorRequest, pk: int, step: str) -> HttpResponse:
    """Take the plan back to a draft, or begin the next edition."""
    plan = _visible(request, pk)
    if step == "utkast":
        actions.redraft(plan, by=request.actor)
        messages.success(request, _("Planen er et utkast igjen."))
    elif step == "ny-utgave":
        plan = actions.roll(plan, by=request.actor)
        messages.success(request, _("Den nye utgaven er et utkast med tiltakene slik de er nå."))
    else:
        raise Http404
    return redirect("planer:read_edition", plan.pk)


@require_http_methods(["GET", "POST"])
@page(Act.SEE_PLAN)
def adopt_edition(request: ActorRequest, pk: int) -> HttpResponse:
    """Record the decision: who, when, case number. From then on the edition is frozen."""
    plan = _visible(request, pk)
    workflow.check("adopt", plan, by=request.actor)
    return adopt_page(
        request, "planer/adopt_edition.html", plan, actions.adopt, leads_to="planer:read_edition"
    )


def _visible(request: ActorRequest, pk: int) -> Opplaringsplan:
    found = horing.with_latest(queries.visible_to(request.actor))
    plan: Opplaringsplan = get_object_or_404(found, pk=pk)
    return plan


def _document(plan: Opplaringsplan) -> PlanDocument:
    found, rolled = queries.edition(plan), rullering.of(plan)
    return PlanDocument(
        title=str(plan),
        plan=found.plan,
        groups=found.plan.halves,
        layout=found.layout,
        adopted=queries.decision(plan),
        rolled=rolled if rolled.is_from_a_plan else None,
    )


def _head(request: ActorRequest, plan: Opplaringsplan) -> Any:
    unit = plan.enhet.name if plan.enhet else ""
    return documents.letterhead(request.kommune, on=plan.adopted_on or clock.today(), unit=unit)
