"""Meetings: list, one meeting, and who takes part."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.kommuner.responses import ICS
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.views.svar import change_page, form_page, make_once
from planer import rules
from planer.actions import frammote, innkalling
from planer.actions import mote as actions
from planer.forms.mote import ArrangeForm, DeclineForm, InviteForm, MeetingForm, PresenceForm
from planer.models import Mote, Motedeltaker
from planer.queries import arshjul
from planer.queries import mote as queries
from planer.queries import protokoll as minutes
from planer.workflow import mote as workflow

STEP_VERBS = {"innkall": actions.call, "start": actions.begin, "hev": actions.rise}
STEP_TOLD = {
    "innkall": gettext_lazy("Innkallingen er sendt, med kalenderfil."),
    "start": gettext_lazy("Møtet er startet. Før oppmøte, og vis sakslisten på veggen."),
    "hev": gettext_lazy("Møtet er hevet. Nå kan du skrive referatet."),
}


@require_GET
@page(Act.SEE_PLAN)
def list_meetings(request: ActorRequest) -> HttpResponse:
    on = clock.today()
    context = {
        "meetings": queries.listed_to(request.actor),
        "count": arshjul.meeting_count(on.year, on=on),
        "year": on.year,
        "people": queries.spokespeople(),
        "may_edit": rules.may_edit_moter(request.actor),
        "sees_all": rules.sees_all_moter(request.actor),
    }
    return render(request, "planer/meetings.html", context)


@require_GET
@page(Act.SEE_PLAN)
def read_meeting(request: ActorRequest, pk: int) -> HttpResponse:
    mote = visible(request, pk)
    return meeting_page(request, mote, _invite_form(mote))


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def arrange_meeting(request: ActorRequest) -> HttpResponse:
    form = ArrangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            return url_of(actions.arrange(by=request.actor, **form.answers()))

        return make_once(request, form, make, told=_("Møtet er lagret. Lag sakslisten nå."))
    return form_page(request, "planer/arrange_meeting.html", form)


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def edit_meeting(request: ActorRequest, pk: int) -> HttpResponse:
    mote = visible(request, pk)
    workflow.check("change", mote, by=request.actor)
    names = ("title", "held_on", "begins", "ends", "place")
    initial = {name: getattr(mote, name) for name in names}
    form = MeetingForm(request.POST or None, version=mote.version, initial=initial)

    def save() -> str:
        actions.change(mote, version=form.seen_version, by=request.actor, **form.answers())
        return url_of(mote)

    return change_page(
        request, "planer/edit_meeting.html", form, save, told=_("Møtet er lagret."), mote=mote
    )


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def cancel_meeting(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask, then cancel; those who are called are told."""
    mote = visible(request, pk)
    workflow.check("cancel", mote, by=request.actor)
    if request.method == "POST":
        actions.cancel(mote, by=request.actor)
        messages.success(request, _("Møtet er avlyst."))
        return redirect(url_of(mote))
    called = queries.participants(mote).count() if mote.status == Mote.Status.INVITED else 0
    return render(request, "planer/cancel_meeting.html", {"mote": mote, "called": called})


@require_POST
@page(Act.EDIT_PLAN)
def step_meeting(request: ActorRequest, pk: int, step: str) -> HttpResponse:
    """Send the invitation, start the meeting, or end it."""
    mote = visible(request, pk)
    verb = STEP_VERBS.get(step)
    if verb is None:
        raise Http404
    verb(mote, by=request.actor)
    messages.success(request, STEP_TOLD[step])
    return redirect(url_of(mote))


@require_GET
@page(Act.SEE_PLAN)
def calendar_meeting(request: ActorRequest, pk: int) -> HttpResponse:
    """Give the meeting as a calendar file, as it went out with the last notice."""
    mote = visible(request, pk)
    response = HttpResponse(innkalling.calendar(mote), content_type=ICS)
    response["Content-Disposition"] = f'attachment; filename="mote-{mote.held_on}.ics"'
    return response


@require_POST
@page(Act.EDIT_PLAN)
def invite_person(request: ActorRequest, pk: int) -> HttpResponse:
    mote = visible(request, pk)
    form = _invite_form(mote, request.POST)
    if not form.is_valid():
        return meeting_page(request, mote, form)
    ansatt = form.cleaned_data["ansatt"]
    capacity = form.cleaned_data["capacity"] or queries.capacity_of(ansatt)

    def make() -> str:
        actions.invite(mote, ansatt=ansatt, capacity=capacity, by=request.actor)
        return url_of(mote)

    told = _("%(name)s er satt opp som deltaker.") % {"name": ansatt.full_name}
    return make_once(request, form, make, told=told)


@require_POST
@page(Act.EDIT_PLAN)
def dismiss_person(request: ActorRequest, pk: int, row_id: int) -> HttpResponse:
    mote = visible(request, pk)
    deltaker = get_object_or_404(
        Motedeltaker.objects.select_related("ansatt", "mote"), mote=mote, pk=row_id
    )
    actions.dismiss(deltaker, by=request.actor)
    name = deltaker.ansatt.full_name
    messages.success(request, _("%(name)s er tatt ut av møtet.") % {"name": name})
    return redirect(url_of(mote))


@require_http_methods(["GET", "POST"])
@page(Act.EDIT_PLAN)
def attend_meeting(request: ActorRequest, pk: int) -> HttpResponse:
    """Write down who came, who did not, and who came instead."""
    mote = visible(request, pk)
    workflow.check("attend", mote, by=request.actor)
    form = PresenceForm(request.POST or None, deltakere=list(queries.participants(mote)))
    if request.method == "POST" and form.is_valid():
        frammote.attend(mote, told=form.told(), by=request.actor)
        messages.success(request, _("Oppmøtet er lagret."))
        return redirect(url_of(mote))
    return form_page(request, "planer/attend_meeting.html", form, mote=mote)


@require_http_methods(["GET", "POST"])
@page(Act.SEE_PLAN)
def decline_meeting(request: ActorRequest, pk: int) -> HttpResponse:
    """Let someone who is called say that they cannot come, and who comes instead."""
    mote = visible(request, pk)
    deltaker = get_object_or_404(
        Motedeltaker.objects.select_related("mote"), mote=mote, ansatt=request.actor
    )
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        frammote.decline(deltaker, by=request.actor, **form.cleaned_data)
        messages.success(request, _("Forfallet er meldt."))
        return redirect(url_of(mote))
    return form_page(request, "planer/decline_meeting.html", form, mote=mote)


def visible(request: ActorRequest, pk: int) -> Mote:
    mote: Mote = get_object_or_404(
        queries.visible_to(request.actor).select_related("aktivitet"), pk=pk
    )
    return mote


def url_of(mote: Mote) -> str:
    return reverse("planer:read_meeting", args=[mote.pk])


def meeting_page(request: ActorRequest, mote: Mote, form: InviteForm) -> HttpResponse:
    """Show the meeting: agenda, papers, participants and minutes, each as the reader may see it."""
    actor = request.actor
    people = list(queries.participants(mote))
    own = next((each for each in people if each.ansatt_id == actor.pk), None)
    may_edit = rules.may_edit_moter(actor)
    context: dict[str, Any] = {
        "mote": mote,
        "points": list(mote.punkter.all()),
        "papers": list(queries.papers_for(actor, mote)),
        "participants": people,
        "own": own,
        "may_follow": own is not None or any(each.deputy_id == actor.pk for each in people),
        "may_edit": may_edit,
        "steps": workflow.open_to(actor, mote),
        "lacks": workflow.lacks_to_call(mote, people=len(people)),
        "editions": minutes.editions(mote, actor),
        "is_day": mote.held_on <= clock.today(),
        "sees_cases": rules.sees_cases(actor),
    }
    return form_page(request, "planer/meeting.html", form, **context)


def _invite_form(mote: Mote, answers: Any = None) -> InviteForm:
    return InviteForm(answers, action=reverse("planer:invite_person", args=[mote.pk]))
