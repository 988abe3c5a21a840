"""Discussions with the unions: list, ask for one, record one."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.views.svar import change_page, form_page, make_once
from planer import rules
from planer.actions import drofting as actions
from planer.forms.drofting import AskForm, RecordForm
from planer.models import Drofting
from planer.queries import drofting as queries

ABOUT = ("strategiplan", "langplan", "year")


@require_GET
@page(Act.SEE_PRIORITIES)
def list_discussions(request: ActorRequest) -> HttpResponse:
    context = {
        "discussions": queries.listed_to(request.actor),
        "may_edit": rules.may_edit_moter(request.actor),
        "may_ask": rules.may_ask_drofting(request.actor),
    }
    return render(request, "planer/discussions.html", context)


@require_GET
@page(Act.SEE_PRIORITIES)
def read_discussion(request: ActorRequest, pk: int) -> HttpResponse:
    drofting = _visible(request, pk)
    context = {
        "drofting": drofting,
        "about": queries.about(drofting),
        "parties": drofting.parter.select_related("ansatt"),
        "may_edit": rules.may_edit_moter(request.actor),
    }
    return render(request, "planer/discussion.html", context)


@require_http_methods(["GET", "POST"])
@page(Act.COMMENT)
def ask_discussion(request: ActorRequest) -> HttpResponse:
    """Take what the group or a union wants to discuss; the address may name the plan."""
    initial = {name: request.GET.get(name, "") for name in (*ABOUT, "title")}
    form = AskForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            drofting = actions.ask(by=request.actor, **form.answers())
            is_advisor = rules.may_edit_moter(request.actor)
            name = "planer:record_discussion" if is_advisor else "planer:read_discussion"
            return reverse(name, args=[drofting.pk])

        told = _("Saken kommer på sakslisten til neste møte.")
        return make_once(request, form, make, told=told)
    return form_page(request, "planer/ask_discussion.html", form)


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def record_discussion(request: ActorRequest, pk: int) -> HttpResponse:
    drofting = _visible(request, pk)
    names = ("title", *ABOUT, "held_on", "mote", "result", "text")
    initial = {name: getattr(drofting, name) for name in names}
    form = RecordForm(request.POST or None, drofting=drofting, initial=initial)

    def save() -> str:
        given = form.cleaned_data
        actions.record(
            drofting,
            held_on=given["held_on"],
            result=given["result"],
            text=given["text"],
            parties=form.parties(),
            version=form.seen_version,
            by=request.actor,
            **form.about(),
        )
        return reverse("planer:read_discussion", args=[drofting.pk])

    return change_page(
        request,
        "planer/record_discussion.html",
        form,
        save,
        told=_("Drøftingen er ført."),
        drofting=drofting,
    )


def _visible(request: ActorRequest, pk: int) -> Drofting:
    drofting: Drofting = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    return drofting
