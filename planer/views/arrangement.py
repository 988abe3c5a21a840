"""Events: the calendar, signing up, attendance, questionnaire, certificate, and fagdager."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.kommuner.responses import ICS, PDF, UNPROCESSABLE, LateFile
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.language import on_paper
from kompetanse.skall.views.svar import change_page, form_page, make_once
from planer import documents, rules
from planer.actions import arrangement as actions
from planer.forms import arrangement as forms
from planer.models import FAGDAGER_A_YEAR, Arrangement, Pamelding
from planer.queries import arrangement as queries
from planer.queries import fagdager
from planer.workflow import arrangement as workflow

BACK = timedelta(days=365)
FIELDS = (
    "title", "text", "tiltak", "kompetanse", "level", "is_fagdag", "on", "begins", "ends",
    "place", "enhet", "seats", "sign_up_by",
)  # fmt: skip


@require_GET
@page(Act.USE)
def list_events(request: ActorRequest) -> HttpResponse:
    """Show what is coming, what the reader has been to, and the reader's fagdager this year."""
    on = clock.today()
    context = {
        "coming": queries.listed_to(request.actor, since=on),
        "past": reversed(queries.listed_to(request.actor, since=on - BACK, until=on)),
        "fagdager": fagdager.fagdager(request.actor, on.year),
        "goal": FAGDAGER_A_YEAR,
        "year": on.year,
        "may_arrange": bool(rules.measure_scopes(request.actor)),
        "sees_shares": bool(access.scopes(request.actor, Act.SEE_OVERVIEW)),
    }
    return render(request, "planer/events.html", context)


@require_http_methods(["GET", "POST"])
@page(Act.USE)
def arrange_event(request: ActorRequest) -> HttpResponse:
    """Put up an event; the address may name the measure it carries out."""
    initial = {name: request.GET.get(name, "") for name in ("tiltak", "kompetanse", "level")}
    form = forms.ArrangeForm(
        request.POST or None,
        initial=initial | {"title": request.GET.get("tittel", "")},
        **_offered(request),
    )
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            return _url(actions.arrange(by=request.actor, **form.answers()))

        return make_once(request, form, make, told=_("Arrangementet er satt opp."))
    return form_page(request, "planer/edit_event.html", form)


@require_GET
@page(Act.USE)
def read_event(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the event, the reader's own place, and to those who arrange it who comes."""
    return _event_page(request, _visible(request, pk))


@require_http_methods(["GET", "POST"])
@page(Act.USE)
def edit_event(request: ActorRequest, pk: int) -> HttpResponse:
    arrangement = _visible(request, pk)
    workflow.check("edit", arrangement, by=request.actor)
    form = forms.ArrangementForm(
        request.POST or None,
        version=arrangement.version,
        initial={name: getattr(arrangement, name) for name in FIELDS},
        **_offered(request),
    )

    def save() -> str:
        actions.change(arrangement, version=form.seen_version, by=request.actor, **form.answers())
        return _url(arrangement)

    return change_page(
        request,
        "planer/edit_event.html",
        form,
        save,
        told=_("Arrangementet er lagret."),
        arrangement=arrangement,
    )


@require_http_methods(["GET", "POST"])
@page(Act.USE)
def cancel_event(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask, then cancel and tell all who are signed up."""
    arrangement = _visible(request, pk)
    workflow.check("cancel", arrangement, by=request.actor)
    if request.method == "POST":
        actions.cancel(arrangement, by=request.actor)
        messages.success(request, _("Arrangementet er avlyst, og de påmeldte får beskjed."))
        return redirect(_url(arrangement))
    context = {"arrangement": arrangement, "taken": queries.taken(arrangement)}
    return render(request, "planer/cancel_event.html", context)


@require_POST
@page(Act.USE)
def join_event(request: ActorRequest, pk: int) -> HttpResponse:
    """Sign oneself up."""
    arrangement, at = _visible(request, pk), clock.now()
    pamelding = actions.sign_up(arrangement, request.actor, by=request.actor, at=at)
    told = {
        Pamelding.Status.WAITING: _("Det er fullt. Du står på venteliste og får beskjed."),
    }.get(Pamelding.Status(pamelding.status), _("Du er påmeldt."))
    messages.success(request, told)
    return redirect(_url(arrangement))


@require_POST
@page(Act.USE)
def leave_event(request: ActorRequest, pk: int) -> HttpResponse:
    """Give up one's own place."""
    arrangement = _visible(request, pk)
    pamelding = queries.own(arrangement, request.actor)
    if pamelding is None:
        raise Http404
    actions.withdraw(pamelding, by=request.actor, at=clock.now())
    messages.success(request, _("Du er meldt av."))
    return redirect(_url(arrangement))


@require_POST
@page(Act.USE)
def send_team(request: ActorRequest, pk: int) -> HttpResponse:
    """Sign up people whom one plans for."""
    arrangement = _visible(request, pk)
    if not rules.led_paths(request.actor):
        raise PermissionDenied
    form = _team_form(request, arrangement, request.POST)
    if not form.is_valid():
        return _event_page(request, arrangement, team=form, status=UNPROCESSABLE)

    def make() -> str:
        for ansatt in form.cleaned_data["ansatte"]:
            actions.sign_up(arrangement, ansatt, by=request.actor, at=clock.now())
        return _url(arrangement)

    return make_once(request, form, make, told=_("De er meldt på."))


@require_http_methods(["GET", "POST"])
@page(Act.USE)
def evaluate_event(request: ActorRequest, pk: int) -> HttpResponse:
    """The questionnaire, for those who were there and have not answered."""
    arrangement = _visible(request, pk)
    pamelding = queries.own(arrangement, request.actor)
    if pamelding is None or pamelding.status != Pamelding.Status.ATTENDED:
        raise PermissionDenied
    form = forms.QuestionnaireForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            actions.evaluate(pamelding, by=request.actor, **form.answers())
            return _url(arrangement)

        return make_once(request, form, make, told=_("Takk for svaret."))
    return form_page(request, "planer/evaluate_event.html", form, arrangement=arrangement)


@require_GET
@page(Act.USE)
@on_paper
def certify_event(request: ActorRequest, pk: int) -> HttpResponse:
    """The reader's own certificate, once there and ticked."""
    arrangement = _visible(request, pk)
    pamelding = queries.own(arrangement, request.actor)
    is_held = arrangement.status == Arrangement.Status.HELD
    if pamelding is None or pamelding.status != Pamelding.Status.ATTENDED or not is_held:
        raise Http404
    head = documents.letterhead(request.kommune, on=clock.today())
    name = request.actor.full_name
    return LateFile(
        lambda: documents.certificate_pdf(arrangement, name=name, head=head),
        filename=f"kursbevis-{arrangement.on}.pdf",
        content_type=PDF,
    )


@require_GET
@page(Act.USE)
def calendar_event(request: ActorRequest, pk: int) -> HttpResponse:
    """The event as a file that any calendar can take in."""
    arrangement = _visible(request, pk)
    host, at = request.get_host(), clock.now()
    response = HttpResponse(documents.event_ics(arrangement, host=host, at=at), content_type=ICS)
    response["Content-Disposition"] = f'attachment; filename="arrangement-{arrangement.on}.ics"'
    return response


@require_GET
@page(Act.SEE_OVERVIEW)
def read_fagdager(request: ActorRequest) -> HttpResponse:
    """Show each unit's share of employees with their two fagdager, this year or one asked for."""
    now = clock.today().year
    years = (now - 1, now)
    year = next((each for each in years if str(each) == request.GET.get("ar")), now)
    rows = fagdager.shares(request.actor, year, access.scopes(request.actor, Act.SEE_OVERVIEW))
    context = {
        "rows": rows,
        "whole": fagdager.whole(rows),
        "year": year,
        "years": years,
        "goal": FAGDAGER_A_YEAR,
    }
    return render(request, "planer/fagdager.html", context)


def _event_page(
    request: ActorRequest,
    arrangement: Arrangement,
    *,
    team: forms.TeamForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, at = request.actor, clock.now()
    steps = workflow.open_to(actor, arrangement)
    may_arrange = rules.may_arrange(actor, arrangement)
    is_open = rules.takes_sign_ups(arrangement, at=at)
    own = queries.own(arrangement, actor)
    leads = bool(rules.led_paths(actor))
    context = {
        "arrangement": arrangement,
        "own": own,
        "own_label": own.get_status_display() if own else "",
        "taken": queries.taken(arrangement),
        "is_open": is_open,
        "is_for_me": rules.is_for(actor, arrangement),
        "is_meeting": rules.is_meeting_now(arrangement, at=at),
        "steps": steps,
        "participants": queries.participants(arrangement) if may_arrange else None,
        "answers": queries.answers(arrangement) if may_arrange else None,
        "team": (team or _team_form(request, arrangement)) if leads and is_open else None,
    }
    return render(request, "planer/event.html", context, status=status)


def _team_form(request: ActorRequest, arrangement: Arrangement, data: Any = None) -> forms.TeamForm:
    form = forms.TeamForm(data, people=queries.team(arrangement, request.actor))
    form.helper.form_action = reverse("planer:send_team", args=[arrangement.pk])
    return form


def _visible(request: ActorRequest, pk: int) -> Arrangement:
    arrangement: Arrangement = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    return arrangement


def _offered(request: ActorRequest) -> dict[str, Any]:
    paths = rules.measure_scopes(request.actor)
    if not paths:
        raise PermissionDenied
    is_common = rules.may_edit_plans(request.actor)
    return {"paths": paths, "is_common": is_common, "year": clock.today().year}


def _url(arrangement: Arrangement) -> str:
    return reverse("planer:read_event", args=[arrangement.pk])
