"""The action plan: the proposal, the leader group's page, the paper, and the budget export."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.kommuner.responses import PDF, XLSX, LateFile
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.language import on_paper
from kompetanse.skall.views.svar import change_page, form_page, make_once
from planer import documents
from planer.actions import handlingsplan as actions
from planer.forms import handlingsplan as forms
from planer.models import Handlingsplan
from planer.queries import budsjett
from planer.queries import handlingsplan as queries
from planer.workflow import handlingsplan as workflow

CSV = "text/csv; charset=utf-8"
STEPS = {"propose": actions.propose, "recall": actions.recall}


@require_GET
@page(Act.SEE_ACTIONS)
def read_actions(request: ActorRequest, year: int) -> HttpResponse:
    """Show the year's proposal, or what was decided; or that there is none yet."""
    plan = queries.of_year(year)
    may_propose = access.may(request.actor, Act.PROPOSE_ACTIONS)
    if plan is None:
        told = {"year": year, "may_propose": may_propose}
        return render(request, "planer/no_actions.html", told)
    context = {
        "plan": queries.action_plan(plan),
        "steps": workflow.open_to(request.actor, plan),
        "may_propose": may_propose,
    }
    return render(request, "planer/actions.html", context)


@require_POST
@page(Act.PROPOSE_ACTIONS)
def begin_actions(request: ActorRequest, year: int) -> HttpResponse:
    actions.begin(year, by=request.actor)
    messages.success(request, _("Forslaget er laget av tiltakene i opplæringsplanen."))
    return redirect("planer:read_actions", year)


@require_http_methods(["GET", "POST"])
@page(Act.PROPOSE_ACTIONS)
def edit_actions(request: ActorRequest, year: int) -> HttpResponse:
    plan = _plan(year)
    workflow.check("edit", plan, by=request.actor)
    form = forms.ProposalForm(
        request.POST or None,
        version=plan.version,
        meetings=queries.meetings(year),
        measures=queries.proposable(year),
        initial={
            "mote": plan.mote_id,
            "comment": plan.comment,
            "tiltak": list(plan.punkter.values_list("tiltak", flat=True)),
        },
    )

    def save() -> str:
        actions.change(plan, version=form.seen_version, by=request.actor, **form.answers())
        return reverse("planer:read_actions", args=[year])

    told = _("Forslaget er lagret.")
    return change_page(request, "planer/edit_actions.html", form, save, told=told, year=year)


@require_POST
@page(Act.PROPOSE_ACTIONS)
def step_actions(request: ActorRequest, year: int, step: str) -> HttpResponse:
    """Lay the proposal before the leader group, or take it back."""
    if step not in STEPS:
        raise Http404
    STEPS[step](_plan(year), by=request.actor)
    told = {
        "propose": _("Forslaget er lagt fram for ledergruppa."),
        "recall": _("Forslaget er trukket tilbake."),
    }
    messages.success(request, told[step])
    return redirect("planer:read_actions", year)


@require_http_methods(["GET", "POST"])
@page(Act.DECIDE_ACTIONS)
def weigh_point(request: ActorRequest, pk: int) -> HttpResponse:
    """Say what the leader group decides on one measure."""
    punkt = get_object_or_404(queries.points(), pk=pk)
    workflow.check("weigh", punkt.plan, by=request.actor)
    initial = {
        "verdict": punkt.verdict or "godkjent",
        "reason": punkt.reason,
        "amount": punkt.approved if punkt.verdict == "endret" else None,
    }
    form = forms.VerdictForm(request.POST or None, initial=initial)
    year = punkt.plan.year
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            actions.weigh(punkt, by=request.actor, **form.answers())
            return f"{reverse('planer:read_actions', args=[year])}#punkt-{punkt.pk}"

        return make_once(request, form, make, told=_("Lagret."))
    return form_page(request, "planer/weigh_point.html", form, punkt=punkt, year=year)


@require_POST
@page(Act.DECIDE_ACTIONS)
def approve_rest(request: ActorRequest, year: int) -> HttpResponse:
    """Approve as proposed all that is not weighed."""
    plan = _plan(year)
    workflow.check("weigh", plan, by=request.actor)
    count = actions.approve_rest(plan, by=request.actor)
    told = ngettext("%(n)d tiltak er godkjent.", "%(n)d tiltak er godkjent.", count)
    messages.success(request, told % {"n": count})
    return redirect("planer:read_actions", year)


@require_http_methods(["GET", "POST"])
@page(Act.DECIDE_ACTIONS)
def decide_actions(request: ActorRequest, year: int) -> HttpResponse:
    plan = _plan(year)
    workflow.check("decide", plan, by=request.actor)
    form = forms.AdoptForm(request.POST or None, version=plan.version)

    def save() -> str:
        actions.decide(plan, version=form.seen_version, by=request.actor, **form.answers())
        return reverse("planer:read_actions", args=[year])

    return change_page(
        request,
        "planer/decide_actions.html",
        form,
        save,
        told=_("Handlingsplanen er vedtatt. Budsjettlinjene er klare."),
        plan=queries.action_plan(plan),
    )


@require_GET
@page(Act.SEE_ACTIONS)
@on_paper
def print_actions(request: ActorRequest, year: int) -> HttpResponse:
    shown = queries.action_plan(_plan(year))
    head = documents.letterhead(request.kommune, on=clock.today())
    return LateFile(
        lambda: documents.actions_pdf(shown, head=head),
        filename=f"handlingsplan-{year}.pdf",
        content_type=PDF,
    )


@require_GET
@page(Act.SEE_ACTIONS)
def read_budget(request: ActorRequest, year: int) -> HttpResponse:
    """Show the budget's lines, by the account string as the Kommune maps it."""
    shown = queries.action_plan(_plan(year))
    context = {
        "budget": budsjett.budget(shown),
        "plan": shown,
        "may_map": access.may(request.actor, Act.PROPOSE_ACTIONS),
    }
    return render(request, "planer/budget.html", context)


@require_GET
@page(Act.SEE_ACTIONS)
def export_budget(request: ActorRequest, year: int, form: str) -> HttpResponse:  # noqa: ARG001
    """Give the budget's lines as xlsx or csv; only what is decided goes to the budget."""
    shown = queries.action_plan(_plan(year))
    if form not in {"xlsx", "csv"} or not shown.is_decided:
        raise Http404
    budget = budsjett.budget(shown)
    write = documents.budget_xlsx if form == "xlsx" else documents.budget_csv
    return LateFile(
        lambda: write(budget),
        filename=f"budsjett-kompetanse-{year}.{form}",
        content_type=XLSX if form == "xlsx" else CSV,
    )


def _plan(year: int) -> Handlingsplan:
    plan = queries.of_year(year)
    if plan is None:
        raise Http404
    return plan
