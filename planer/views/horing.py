"""Hearings: send a plan out for comments until a day, read what is answered, answer."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kompetanse import clock
from kompetanse.kommuner.responses import UNPROCESSABLE
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.views.svar import form_page, make_once
from planer import rules
from planer.actions import horing as actions
from planer.forms.horing import AnswerForm, HearForm
from planer.models import Horing, Langplan, Opplaringsplan, Strategiplan
from planer.queries import horing as queries
from planer.queries import langplan as long_plans
from planer.queries import opplaringsplan as editions
from planer.queries import strategi as strategies
from planer.queries.horing import Plan
from planer.workflow import langplan as long_steps
from planer.workflow import opplaringsplan as edition_steps
from planer.workflow import strategi as strategy_steps

PAGES: dict[type[Plan], str] = {
    Strategiplan: "planer:read_plan",
    Langplan: "planer:read_long",
    Opplaringsplan: "planer:read_edition",
}


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def hear_plan(request: ActorRequest, pk: int) -> HttpResponse:
    plan: Strategiplan = get_object_or_404(strategies.visible_to(request.actor), pk=pk)
    strategy_steps.check("hear", plan, by=request.actor)
    return _hear(request, plan)


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def hear_long(request: ActorRequest, pk: int) -> HttpResponse:
    plan: Langplan = get_object_or_404(long_plans.visible_to(request.actor), pk=pk)
    long_steps.check("hear", plan, by=request.actor)
    return _hear(request, plan)


@require_http_methods(["GET", "POST"])
@page(Act.SEE_PLAN)
def hear_edition(request: ActorRequest, pk: int) -> HttpResponse:
    plan: Opplaringsplan = get_object_or_404(editions.visible_to(request.actor), pk=pk)
    edition_steps.check("hear", plan, by=request.actor)
    return _hear(request, plan)


@require_http_methods(["GET", "POST"])
@page(Act.SEE_PLAN)
def read_hearing(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the hearing and its answers; those who speak for a unit or a union may answer."""
    horing = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    form = _answer_form(request, horing)
    if request.method == "POST" and form is not None and form.is_valid():
        answers = form.answers()

        def make() -> str:
            actions.answer(horing, by=request.actor, **answers)
            return reverse("planer:read_hearing", args=[horing.pk])

        return make_once(request, form, make, told=_("Svaret er lagret. Takk."))
    context = {
        "horing": horing,
        "plan": horing.plan,
        "plan_url": _plan_url(request, horing.plan),
        "answers": queries.answers(horing),
        "is_open": queries.takes_answers(horing, on=clock.today()),
        "form": form,
    }
    status = UNPROCESSABLE if form is not None and form.is_bound else 200
    return render(request, "planer/hearing.html", context, status=status)


def _plan_url(request: ActorRequest, plan: Plan) -> str:
    """Return the plan's address; empty when it is a draft again, which is for its writers."""
    if plan.status == type(plan).Status.DRAFT and not rules.may_edit_plans(request.actor):
        return ""
    return reverse(PAGES[type(plan)], args=[plan.pk])


def _answer_form(request: ActorRequest, horing: Horing) -> AnswerForm | None:
    """Return the form for those who may answer now; what is sent is judged by the verb."""
    if request.method == "POST":
        return AnswerForm(request.POST)
    is_open = queries.takes_answers(horing, on=clock.today())
    if not is_open or not rules.may_answer(request.actor, horing):
        return None
    own = queries.own_answer(horing, request.actor)
    return AnswerForm(initial={"text": own.text if own else ""})


def _hear(request: ActorRequest, plan: Plan) -> HttpResponse:
    form = HearForm(request.POST or None, on=clock.today())
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            horing = actions.begin(plan, by=request.actor, **form.answers())
            return reverse("planer:read_hearing", args=[horing.pk])

        told = _("Planen er på høring. Alle ansatte kan lese den.")
        return make_once(request, form, make, told=told)
    back_url = reverse(PAGES[type(plan)], args=[plan.pk])
    return form_page(request, "planer/hear.html", form, plan=plan, back_url=back_url)
