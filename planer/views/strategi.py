"""Strategy plans: read, print, begin, and take to their decisions."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.kommuner.responses import PDF, LateFile
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.language import on_paper
from kompetanse.skall.views.svar import form_page, make_once
from planer import documents, rules
from planer.actions import strategi as actions
from planer.forms import strategi as forms
from planer.models import Strategiplan
from planer.queries import horing
from planer.queries import strategi as queries
from planer.views.vedtak import adopt_page
from planer.workflow import strategi as workflow

STEP_VERBS = {"utkast": actions.redraft, "kraft": actions.enforce}
STEP_TOLD = {
    "utkast": gettext_lazy("Planen er et utkast igjen."),
    "kraft": gettext_lazy("Planen gjelder fra nå."),
}


@require_GET
@page(Act.SEE_PLAN)
def list_plans(request: ActorRequest) -> HttpResponse:
    plans = queries.visible_to(request.actor).select_related("responsible")
    context = {"plans": plans, "may_make": rules.may_edit_plans(request.actor)}
    return render(request, "planer/strategies.html", context)


@require_GET
@page(Act.SEE_PLAN)
def read_plan(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the plan as a document one can read, with what the actor can do with it."""
    plan = visible(request, pk)
    context = {
        "plan": plan,
        "document": queries.document(plan),
        "head": documents.letterhead(request.kommune, on=clock.today()),
        "steps": workflow.open_to(request.actor, plan),
    }
    return render(request, "planer/strategy.html", context)


@require_GET
@page(Act.SEE_PLAN)
@on_paper
def print_plan(request: ActorRequest, pk: int) -> HttpResponse:
    plan = visible(request, pk)
    document = queries.document(plan)
    head = documents.letterhead(request.kommune, on=clock.today())
    filename = f"strategiplan-{plan.first_year}-{plan.last_year}.pdf"
    return LateFile(
        lambda: documents.strategy_pdf(document, head=head), filename=filename, content_type=PDF
    )


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def make_plan(request: ActorRequest) -> HttpResponse:
    form = forms.MakePlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            plan = actions.make(by=request.actor, **form.answers())
            return reverse("planer:edit_plan", args=[plan.pk])

        return make_once(request, form, make, told=_("Utkastet er laget. Nå kan du skrive planen."))
    return form_page(request, "planer/make_plan.html", form)


@require_POST
@page(Act.EDIT_PLAN)
def step_plan(request: ActorRequest, pk: int, step: str) -> HttpResponse:
    """Take back, or put in force."""
    plan = visible(request, pk)
    verb = STEP_VERBS.get(step)
    if verb is None:
        raise Http404
    verb(plan, by=request.actor)
    messages.success(request, STEP_TOLD[step])
    return redirect("planer:read_plan", plan.pk)


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def adopt_plan(request: ActorRequest, pk: int) -> HttpResponse:
    """Record a body's decision: who, when, case number."""
    plan = visible(request, pk)
    workflow.check("adopt", plan, by=request.actor)
    return adopt_page(
        request, "planer/adopt_plan.html", plan, actions.adopt, leads_to="planer:read_plan"
    )


@require_POST
@page(Act.EDIT_PLAN)
def roll_plan(request: ActorRequest, pk: int) -> HttpResponse:
    """Make the next edition as a draft."""
    edition = actions.roll(visible(request, pk), by=request.actor)
    messages.success(
        request, _("Den nye utgaven er et utkast med alt fra planen. Endre det du vil.")
    )
    return redirect("planer:edit_plan", edition.pk)


def visible(request: ActorRequest, pk: int) -> Strategiplan:
    """Return the plan with its latest hearing; 404 for those who may not read it."""
    found = horing.with_latest(queries.visible_to(request.actor).select_related("responsible"))
    plan: Strategiplan = get_object_or_404(found, pk=pk)
    return plan
