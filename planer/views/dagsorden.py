"""The agenda and the papers of a meeting, and what is said to a point."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse.kommuner.responses import stored
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.views.svar import form_page, make_once
from planer import rules
from planer.actions import dagsorden as actions
from planer.actions import innspill, motepapir
from planer.forms.mote import InnspillForm, PaperForm, PunktForm
from planer.models import Mote, Motepapir, Motepunkt
from planer.queries import mote as queries
from planer.views.mote import url_of, visible
from planer.workflow import mote as workflow

STEPS = {"opp": -1, "ned": 1}


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def plan_agenda(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the agenda with its order, and take an own point."""
    mote = visible(request, pk)
    workflow.check("prepare", mote, by=request.actor)
    form = PunktForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            actions.add(mote, by=request.actor, **form.answers())
            return _agenda_url(mote)

        return make_once(request, form, make, told=_("Punktet er lagt til."))
    context: dict[str, Any] = {"mote": mote, "points": list(mote.punkter.all())}
    return form_page(request, "planer/agenda.html", form, **context)


@require_POST
@page(Act.EDIT_PLAN)
def fill_agenda(request: ActorRequest, pk: int) -> HttpResponse:
    """Make the points that the round, the discussions and the wheel ask for."""
    mote = visible(request, pk)
    made = actions.fill(mote, by=request.actor)
    told = ngettext("%(n)d punkt er laget.", "%(n)d punkter er laget.", made) % {"n": made}
    messages.success(request, told if made else _("Sakslisten har alle punktene fra før."))
    return redirect(_agenda_url(mote))


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def edit_point(request: ActorRequest, pk: int, punkt_id: int) -> HttpResponse:
    mote, punkt = _point(request, pk, punkt_id)
    workflow.check("prepare", mote, by=request.actor)
    initial = {"title": punkt.title, "text": punkt.text}
    form = PunktForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():

        def save() -> str:
            actions.amend(punkt, by=request.actor, **form.answers())
            return _agenda_url(mote)

        return make_once(request, form, save, told=_("Punktet er lagret."))
    return form_page(request, "planer/edit_point.html", form, mote=mote, punkt=punkt)


@require_POST
@page(Act.EDIT_PLAN)
def move_point(request: ActorRequest, pk: int, punkt_id: int, way: str) -> HttpResponse:
    """Move the point up or down, or strike it."""
    mote, punkt = _point(request, pk, punkt_id)
    if way == "slett":
        actions.remove(punkt, by=request.actor)
        messages.success(request, _("«%(title)s» er slettet.") % {"title": punkt.title})
    elif way in STEPS:
        actions.move(punkt, step=STEPS[way], by=request.actor)
    else:
        raise Http404
    return redirect(f"{_agenda_url(mote)}#punkt-{punkt.pk}")


@require_http_methods(["GET", "POST"])
@page(Act.SEE_PLAN)
def say_in_meeting(request: ActorRequest, pk: int, punkt_id: int) -> HttpResponse:
    """Take what someone who is called says to a point."""
    mote, punkt = _point(request, pk, punkt_id)
    if not rules.may_speak(request.actor, mote):
        raise PermissionDenied
    may_dissent = rules.may_dissent(request.actor)
    form = InnspillForm(request.POST or None, may_dissent=may_dissent)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            innspill.say(mote, punkt=punkt, by=request.actor, **form.answers())
            return url_of(mote)

        return make_once(request, form, make, told=_("Innspillet er lagret."))
    context: dict[str, Any] = {
        "mote": mote,
        "punkt": punkt,
        "voices": queries.voices(mote).filter(punkt=punkt),
    }
    return form_page(request, "planer/say_in_meeting.html", form, **context)


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def add_paper(request: ActorRequest, pk: int) -> HttpResponse:
    mote = visible(request, pk)
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        motepapir.upload(mote, given["file"], readers=given["readers"], by=request.actor)
        messages.success(request, _("Filen er lagt ved møtet."))
        return redirect(url_of(mote))
    return form_page(request, "planer/add_paper.html", form, mote=mote)


@require_GET
@page(Act.SEE_PLAN)
def download_paper(request: ActorRequest, pk: int, papir_id: int) -> HttpResponse:
    return stored(_paper(request, visible(request, pk), papir_id).fil)


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def remove_paper(request: ActorRequest, pk: int, papir_id: int) -> HttpResponse:
    """Ask, then take the paper away."""
    mote = visible(request, pk)
    papir = _paper(request, mote, papir_id)
    if request.method == "POST":
        motepapir.remove(papir, by=request.actor)
        messages.success(request, _("«%(name)s» er tatt bort.") % {"name": papir.name})
        return redirect(url_of(mote))
    return render(request, "planer/remove_paper.html", {"mote": mote, "papir": papir})


def _point(request: ActorRequest, pk: int, punkt_id: int) -> tuple[Mote, Motepunkt]:
    mote = visible(request, pk)
    punkt: Motepunkt = get_object_or_404(
        Motepunkt.objects.select_related("mote"), mote=mote, pk=punkt_id
    )
    return mote, punkt


def _paper(request: ActorRequest, mote: Mote, papir_id: int) -> Motepapir:
    papir: Motepapir = get_object_or_404(queries.papers_for(request.actor, mote), pk=papir_id)
    return papir


def _agenda_url(mote: Mote) -> str:
    return reverse("planer:plan_agenda", args=[mote.pk])
