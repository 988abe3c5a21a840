"""Evaluations: the list, the three questions, the changes that they lead to, and the minutes."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.kommuner.responses import PDF, UNPROCESSABLE, LateFile
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.language import on_paper
from kompetanse.skall.views.svar import change_page, form_page, make_once
from planer import documents, rules
from planer.actions import evaluering as actions
from planer.forms import evaluering as forms
from planer.models import Evaluering, Planendring
from planer.queries import evaluering as queries
from planer.workflow import evaluering as workflow

QUESTIONS = ("carried_out", "goals_met", "must_change")


@require_GET
@page(Act.SEE_PLAN)
def list_evaluations(request: ActorRequest) -> HttpResponse:
    year = clock.today().year
    context = {
        "evaluations": queries.visible_to(request.actor),
        "year": year,
        "is_evaluated": queries.has_yearly(year),
        "may_begin": bool(rules.measure_scopes(request.actor)),
    }
    return render(request, "planer/evaluations.html", context)


@require_http_methods(["GET", "POST"])
@page(Act.SEE_PLAN)
def begin_evaluation(request: ActorRequest) -> HttpResponse:
    paths = rules.measure_scopes(request.actor)
    if not paths:
        raise PermissionDenied
    on = clock.today()
    form = forms.BeginForm(
        request.POST or None,
        paths=paths,
        is_common=rules.may_edit_plans(request.actor),
        initial={"year": on.year, "held_on": on},
    )
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            return _url(actions.begin(by=request.actor, **form.answers()))

        return make_once(request, form, make, told=_("Evalueringen er begynt."))
    return form_page(request, "planer/begin_evaluation.html", form)


@require_GET
@page(Act.SEE_PLAN)
def read_evaluation(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the evaluation as a document, and to those who write it the next change."""
    evaluering = _visible(request, pk)
    return _evaluation_page(request, evaluering, forms.ReviseForm(evaluering=evaluering))


@require_POST
@page(Act.SEE_PLAN)
def revise_plan(request: ActorRequest, pk: int) -> HttpResponse:
    """Change the plan because of the evaluation."""
    evaluering = _visible(request, pk)
    workflow.check("change", evaluering, by=request.actor)
    form = forms.ReviseForm(request.POST, evaluering=evaluering)
    if not form.is_valid():
        return _evaluation_page(request, evaluering, form, status=UNPROCESSABLE)

    def make() -> str:
        _change(request, evaluering, form.answers())
        return f"{_url(evaluering)}#endringer"

    return make_once(request, form, make, told=_("Planen er endret."))


@require_http_methods(["GET", "POST"])
@page(Act.SEE_PLAN)
def answer_evaluation(request: ActorRequest, pk: int) -> HttpResponse:
    evaluering = _visible(request, pk)
    workflow.check("edit", evaluering, by=request.actor)
    initial = {name: getattr(evaluering, name) for name in QUESTIONS}
    form = forms.AnswersForm(request.POST or None, version=evaluering.version, initial=initial)

    def save() -> str:
        actions.answer(evaluering, version=form.seen_version, by=request.actor, **form.answers())
        return _url(evaluering)

    return change_page(
        request,
        "planer/answer_evaluation.html",
        form,
        save,
        told=_("Svarene er lagret."),
        document=queries.document(evaluering, on=clock.today()),
    )


@require_POST
@page(Act.SEE_PLAN)
def finish_evaluation(request: ActorRequest, pk: int) -> HttpResponse:
    actions.finish(_visible(request, pk), by=request.actor, on=clock.today())
    messages.success(request, _("Evalueringen er fullført. Alle ansatte kan lese den."))
    return redirect("planer:read_evaluation", pk)


@require_GET
@page(Act.SEE_PLAN)
@on_paper
def print_evaluation(request: ActorRequest, pk: int) -> HttpResponse:
    document = queries.document(_visible(request, pk), on=clock.today())
    head = documents.letterhead(request.kommune, on=clock.today(), unit=document.where)
    return LateFile(
        lambda: documents.evaluation_pdf(document, head=head),
        filename=f"evaluering-{document.year}-{document.held_on}.pdf",
        content_type=PDF,
    )


def _change(request: ActorRequest, evaluering: Evaluering, answers: dict[str, Any]) -> Planendring:
    kind, reason = Planendring.Kind(answers["kind"]), answers["reason"]
    if kind == Planendring.Kind.NEW:
        new = {name: answers[name] for name in ("theme", "half", "year")}
        return actions.propose(evaluering, reason=reason, by=request.actor, **new)
    return actions.revise(evaluering, answers["tiltak"], kind=kind, reason=reason, by=request.actor)


def _evaluation_page(
    request: ActorRequest, evaluering: Evaluering, form: forms.ReviseForm, *, status: int = 200
) -> HttpResponse:
    form.helper.form_action = reverse("planer:revise_plan", args=[evaluering.pk])
    context = {
        "evaluering": evaluering,
        "document": queries.document(evaluering, on=clock.today()),
        "head": documents.letterhead(request.kommune, on=clock.today()),
        "steps": workflow.open_to(request.actor, evaluering),
        "form": form,
    }
    return render(request, "planer/evaluation.html", context, status=status)


def _visible(request: ActorRequest, pk: int) -> Evaluering:
    evaluering: Evaluering = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    return evaluering


def _url(evaluering: Evaluering) -> str:
    return reverse("planer:read_evaluation", args=[evaluering.pk])
