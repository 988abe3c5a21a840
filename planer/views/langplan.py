"""The long training plan: read, print, set goals, measure, hear, adopt, roll."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.kommuner.responses import PDF, XLSX, LateFile
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.language import on_paper
from kompetanse.skall.views.svar import change_page, form_page, make_once
from planer import documents, rules
from planer.actions import langplan as actions
from planer.forms import langplan as forms
from planer.models import Langplan, Resultatmal
from planer.queries import horing, langplaninnhold
from planer.queries import langplan as queries
from planer.queries.langplaninnhold import LongPlan
from planer.views.vedtak import adopt_page
from planer.workflow import langplan as workflow

STEP_VERBS = {"utkast": actions.redraft}
STEP_TOLD = {
    "utkast": gettext_lazy("Planen er et utkast igjen."),
}
GOAL_FIELDS = (
    "fokusomrade", "goal", "indicator", "unit", "baseline", "baseline_on", "target", "deadline",
    "responsible",
)  # fmt: skip


@require_GET
@page(Act.SEE_PLAN)
def list_longs(request: ActorRequest) -> HttpResponse:
    plans = queries.visible_to(request.actor)
    context = {"plans": plans, "may_make": rules.may_edit_plans(request.actor)}
    return render(request, "planer/longs.html", context)


@require_GET
@page(Act.SEE_PLAN)
def read_long(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the plan as it stands today: goals, how far they are, and the measures under them."""
    plan, on = _visible(request, pk), clock.today()
    context = {
        "plan": plan,
        "document": queries.document(plan, on=on),
        "head": documents.letterhead(request.kommune, on=on),
        "steps": workflow.open_to(request.actor, plan),
    }
    return render(request, "planer/long.html", context)


@require_GET
@page(Act.SEE_PLAN)
@on_paper
def print_long(request: ActorRequest, pk: int) -> HttpResponse:
    plan, on = _visible(request, pk), clock.today()
    return _pdf(request, plan, queries.document(plan, on=on), "")


@require_GET
@page(Act.SEE_PLAN)
@on_paper
def print_adopted_long(request: ActorRequest, pk: int) -> HttpResponse:
    """Give the plan as it was adopted, whatever has happened since."""
    plan = _visible(request, pk)
    if plan.frozen is None:
        raise Http404
    return _pdf(request, plan, langplaninnhold.thaw(plan.frozen), "-vedtatt")


@require_GET
@page(Act.SEE_PLAN)
def export_long(request: ActorRequest, pk: int) -> HttpResponse:
    plan = _visible(request, pk)
    document = queries.document(plan, on=clock.today())
    return LateFile(
        lambda: documents.long_xlsx(document),
        filename=f"langsiktig-opplaringsplan-{plan.period}.xlsx",
        content_type=XLSX,
    )


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def make_long(request: ActorRequest) -> HttpResponse:
    on = clock.today()
    initial = {"first_year": on.year + 1, "last_year": on.year + 4}
    form = forms.MakeLongForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            plan = actions.make(by=request.actor, **form.answers())
            return reverse("planer:read_long", args=[plan.pk])

        return make_once(request, form, make, told=_("Utkastet er laget. Nå kan du sette mål."))
    return form_page(request, "planer/make_long.html", form)


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def add_goal(request: ActorRequest, pk: int) -> HttpResponse:
    """Set a goal; the address may name the focus area."""
    plan = _visible(request, pk)
    workflow.check("edit", plan, by=request.actor)
    initial = {"fokusomrade": request.GET.get("fokus", "")}
    form = forms.GoalForm(request.POST or None, version=plan.version, plan=plan, initial=initial)

    def save() -> str:
        actions.add(plan, version=form.seen_version, by=request.actor, **form.answers())
        return reverse("planer:read_long", args=[plan.pk])

    return change_page(
        request, "planer/edit_goal.html", form, save, told=_("Målet er lagt til."), plan=plan
    )


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def edit_goal(request: ActorRequest, pk: int) -> HttpResponse:
    mal = _goal(request, pk)
    plan = mal.plan
    workflow.check("edit", plan, by=request.actor)
    initial = {name: getattr(mal, name) for name in GOAL_FIELDS}
    form = forms.GoalForm(request.POST or None, version=plan.version, plan=plan, initial=initial)

    def save() -> str:
        actions.amend(mal, version=form.seen_version, by=request.actor, **form.answers())
        return reverse("planer:read_goal", args=[mal.pk])

    return change_page(
        request, "planer/edit_goal.html", form, save, told=_("Målet er lagret."), plan=plan, mal=mal
    )


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def remove_goal(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask, then take the goal and its measurements out; one carried on asks for a reason."""
    mal = _goal(request, pk)
    workflow.check("edit", mal.plan, by=request.actor)
    form = forms.RemoveGoalForm(request.POST or None, is_carried=mal.earlier_id is not None)
    if request.method == "POST" and form.is_valid():
        actions.remove(mal, version=mal.plan.version, by=request.actor, **form.cleaned_data)
        messages.success(request, _("«%(name)s» er slettet.") % {"name": mal.goal})
        return redirect("planer:read_long", mal.plan_id)
    return form_page(request, "planer/remove_goal.html", form, mal=mal, plan=mal.plan)


@require_http_methods(["GET", "POST"])
@page(Act.SEE_PLAN)
def read_goal(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the goal's development, and take a new measurement from those who follow it up."""
    mal = _goal(request, pk)
    steps = workflow.open_to(request.actor, mal.plan)
    if request.method == "POST":
        workflow.check("measure", mal.plan, by=request.actor)
    form = forms.MeasureForm(request.POST or None) if "measure" in steps else None
    if form is not None and form.is_valid():

        def make() -> str:
            actions.measure(mal, by=request.actor, **form.answers())
            return reverse("planer:read_goal", args=[mal.pk])

        return make_once(request, form, make, told=_("Målingen er lagret."))
    goal = queries.goal(mal)
    state = goal.state(clock.today())
    context = {
        "mal": mal,
        "plan": mal.plan,
        "goal": goal,
        "state": state,
        "chart": documents.goal_chart(goal),
        "steps": steps,
        "form": form,
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "planer/goal.html", context, status=status)


@require_POST
@page(Act.EDIT_PLAN)
def step_long(request: ActorRequest, pk: int, step: str) -> HttpResponse:
    """Take back to a draft."""
    plan = _visible(request, pk)
    verb = STEP_VERBS.get(step)
    if verb is None:
        raise Http404
    verb(plan, by=request.actor)
    messages.success(request, STEP_TOLD[step])
    return redirect("planer:read_long", plan.pk)


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def adopt_long(request: ActorRequest, pk: int) -> HttpResponse:
    """Record the decision: who, when, case number. From then on the plan is frozen."""
    plan = _visible(request, pk)
    workflow.check("adopt", plan, by=request.actor)
    return adopt_page(
        request, "planer/adopt_long.html", plan, actions.adopt, leads_to="planer:read_long"
    )


def _visible(request: ActorRequest, pk: int) -> Langplan:
    found = horing.with_latest(queries.visible_to(request.actor))
    plan: Langplan = get_object_or_404(found, pk=pk)
    return plan


def _goal(request: ActorRequest, pk: int) -> Resultatmal:
    mal: Resultatmal = get_object_or_404(queries.goals_visible_to(request.actor), pk=pk)
    return mal


def _pdf(request: ActorRequest, plan: Langplan, document: LongPlan, suffix: str) -> HttpResponse:
    head = documents.letterhead(request.kommune, on=document.on)
    return LateFile(
        lambda: documents.long_pdf(document, head=head),
        filename=f"langsiktig-opplaringsplan-{plan.period}{suffix}.pdf",
        content_type=PDF,
    )
