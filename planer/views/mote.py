"""Meetings: list, minutes, participants, and who speaks for the employees."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.organisasjon.access import Act, page
from kompetanse.skall.views.svar import change_page, form_page, make_once
from planer import rules
from planer.actions import mote as actions
from planer.forms.mote import ArrangeForm, InviteForm, MeetingForm
from planer.models import Mote, Motedeltaker
from planer.queries import arshjul
from planer.queries import mote as queries


@require_GET
@page(Act.SEE_PLAN)
def list_meetings(request: Any) -> HttpResponse:
    on = clock.today()
    context = {
        "meetings": queries.listed_to(request.actor),
        "count": arshjul.meeting_count(on.year, on=on),
        "year": on.year,
        "people": queries.spokespeople(),
        "may_edit": rules.may_edit_moter(request.actor),
    }
    return render(request, "planer/meetings.html", context)


@require_GET
@page(Act.SEE_PLAN)
def read_meeting(request: Any, pk: int) -> HttpResponse:
    mote = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    return _meeting_page(request, mote, _invite_form(mote))


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def arrange_meeting(request: Any) -> HttpResponse:
    form = ArrangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            return _url(actions.arrange(by=request.actor, **form.answers()))

        return make_once(request, form, make, told=_("Møtet er lagret. Legg til hvem som deltar."))
    return form_page(request, "planer/arrange_meeting.html", form)


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def edit_meeting(request: Any, pk: int) -> HttpResponse:
    mote = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    names = ("title", "held_on", "place", "minutes")
    initial = {name: getattr(mote, name) for name in names}
    form = MeetingForm(request.POST or None, version=mote.version, initial=initial)

    def save() -> str:
        actions.change(mote, version=form.seen_version, by=request.actor, **form.answers())
        return _url(mote)

    return change_page(
        request, "planer/edit_meeting.html", form, save, told=_("Møtet er lagret."), mote=mote
    )


@require_POST
@page(Act.EDIT_PLAN)
def invite_person(request: Any, pk: int) -> HttpResponse:
    mote = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    form = _invite_form(mote, request.POST)
    if not form.is_valid():
        return _meeting_page(request, mote, form)
    ansatt = form.cleaned_data["ansatt"]
    capacity = form.cleaned_data["capacity"] or queries.capacity_of(ansatt)

    def make() -> str:
        actions.invite(mote, ansatt=ansatt, capacity=capacity, by=request.actor)
        return _url(mote)

    told = _("%(name)s er satt opp som deltaker.") % {"name": ansatt.full_name}
    return make_once(request, form, make, told=told)


@require_POST
@page(Act.EDIT_PLAN)
def dismiss_person(request: Any, pk: int, row_id: int) -> HttpResponse:
    mote = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    deltaker = get_object_or_404(
        Motedeltaker.objects.select_related("ansatt"), mote=mote, pk=row_id
    )
    actions.dismiss(deltaker, by=request.actor)
    name = deltaker.ansatt.full_name
    messages.success(request, _("%(name)s er tatt ut av møtet.") % {"name": name})
    return redirect(_url(mote))


def _meeting_page(request: Any, mote: Mote, form: InviteForm) -> HttpResponse:
    context: dict[str, Any] = {
        "mote": mote,
        "participants": queries.participants(mote),
        "may_edit": rules.may_edit_moter(request.actor),
        "is_held": mote.held_on <= clock.today(),
    }
    return form_page(request, "planer/meeting.html", form, **context)


def _invite_form(mote: Mote, answers: Any = None) -> InviteForm:
    return InviteForm(answers, action=reverse("planer:invite_person", args=[mote.pk]))


def _url(mote: Mote) -> str:
    return reverse("planer:read_meeting", args=[mote.pk])
