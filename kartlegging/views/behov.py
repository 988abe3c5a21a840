"""The needs form: the list, the task list, the summary and the receipt."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kartlegging import rules, workflow
from kartlegging.actions import behov as actions
from kartlegging.forms.behov import SubmitForm
from kartlegging.models import Behovsskjema
from kartlegging.queries import behov as queries
from kartlegging.queries import innhold, levering
from kartlegging.views.request import unit
from kompetanse import clock
from kompetanse.kommuner import once
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.models import Enhet
from planer import rules as plan_rules


@page(Act.SEE_GAP)
@require_GET
def index(request: ActorRequest, year: int | None = None) -> HttpResponse:
    """Show the forms the reader fills in, and those the reader follows."""
    planned = queries.planning_year(clock.today())
    year = year or planned
    due = queries.deadline(year)
    lines = levering.leveringer(
        levering.own(request.actor, kind=levering.THEN)
        | levering.expected(request.actor, kind=levering.THEN),
        year=year,
        due=due,
    )
    followed = tuple(rules.followed(request.actor))
    all_units = [
        line for line in lines if line.is_expected and followed and line.path.startswith(followed)
    ]
    context = {
        "year": year,
        "is_planned": year == planned,
        "years": (planned - 1, planned),
        "due": due,
        "own": [line for line in lines if rules.fills(request.actor, line.path, line.is_expected)],
        "all_units": all_units,
        "delivered": sum(line.is_submitted for line in all_units),
        "to_remind": _to_remind(request, all_units, is_planned=year == planned),
    }
    return render(request, "kartlegging/needs.html", context)


def _to_remind(request: ActorRequest, lines: list[levering.Levering], *, is_planned: bool) -> int:
    if not is_planned or not rules.may_remind(request.actor):
        return 0
    return sum(not line.is_submitted for line in lines)


@page(Act.SEE_GAP)
@require_GET
def form(request: ActorRequest, year: int, enhet_id: int) -> HttpResponse:
    """Show where the form stands: not begun, the five sections, or what was sent."""
    enhet = unit(enhet_id, actor=request.actor, rule=rules.may_read)
    skjema = queries.form_of(enhet, year=year)
    if skjema is None or not rules.may_open(request.actor, skjema):
        return _not_begun(request, enhet, year)
    context = _context(request, skjema)
    if "save" in context["steps"]:
        context["has_last_year"] = (
            context["content"].is_empty and queries.form_of(enhet, year=year - 1) is not None
        )
        return render(request, "kartlegging/needs_form.html", context)
    if plan_rules.may_plan_for(request.actor, enhet):
        context["measure_url"] = reverse("planer:add_measure", args=[year])
    return render(request, "kartlegging/needs_read.html", context)


def _not_begun(request: ActorRequest, enhet: Enhet, year: int) -> HttpResponse:
    context = {
        "enhet": enhet,
        "year": year,
        "due": queries.deadline(year),
        "may_start": rules.may_fill(request.actor, enhet)
        and year == queries.planning_year(clock.today()),
        "has_last_year": queries.form_of(enhet, year=year - 1) is not None,
    }
    return render(request, "kartlegging/needs_start.html", context)


@page(Act.FILL_NEEDS)
@require_POST
def start(request: ActorRequest, year: int, enhet_id: int) -> HttpResponse:
    """Begin the form, with last year's answers when the button says so."""
    enhet = unit(enhet_id, actor=request.actor, rule=rules.may_fill)
    skjema = actions.start(enhet, year=year, by=request.actor)
    if "copy" in request.POST:
        actions.copy(skjema, by=request.actor)
        messages.success(
            request,
            _("Svarene fra i fjor er hentet. Gå gjennom delene, og rett det som er endret."),
        )
    return redirect("kartlegging:needs_form", year, enhet_id)


# --- sections of rows -------------------------------------------------------------------------


@page(Act.FILL_NEEDS)
@require_GET
def summary(request: ActorRequest, year: int, enhet_id: int) -> HttpResponse:
    """Show all answers with «Endre» for each section, and the last button."""
    skjema = _own_form(request, year, enhet_id)
    context = _context(request, skjema)
    if "submit" not in context["steps"]:
        return redirect("kartlegging:needs_form", year, enhet_id)
    context["token"] = once.new_token()
    return render(request, "kartlegging/needs_summary.html", context)


@page(Act.FILL_NEEDS)
@require_POST
def submit(request: ActorRequest, year: int, enhet_id: int) -> HttpResponse:
    """Send the form in; a second press leads to the same receipt."""
    skjema = _own_form(request, year, enhet_id)
    sent = SubmitForm(request.POST)
    if not sent.is_valid():
        raise BadRequest
    token = sent.cleaned_data["engangsnokkel"]
    receipt = reverse("kartlegging:needs_receipt", args=[year, enhet_id])
    if once.claim(token, kommune_id=request.kommune.pk):
        actions.submit(skjema, version=sent.cleaned_data["version"], by=request.actor)
        once.remember(token, receipt)
    return redirect(once.result_of(token) or receipt)


@page(Act.FILL_NEEDS)
@require_GET
def receipt(request: ActorRequest, year: int, enhet_id: int) -> HttpResponse:
    skjema = _own_form(request, year, enhet_id)
    if skjema.status != Behovsskjema.Status.SUBMITTED:
        return redirect("kartlegging:needs_form", year, enhet_id)
    return render(request, "kartlegging/needs_receipt.html", _context(request, skjema))


@page(Act.FILL_NEEDS)
@require_POST
def reopen(request: ActorRequest, year: int, enhet_id: int) -> HttpResponse:
    skjema = _own_form(request, year, enhet_id)
    actions.reopen(skjema, by=request.actor)
    messages.success(request, _("Skjemaet er åpnet igjen. Husk å sende det inn på nytt."))
    return redirect("kartlegging:needs_form", year, enhet_id)


@dataclass(frozen=True, slots=True)
class Task:
    """A line of the task list."""

    title: str
    url: str
    status: str
    color: str


def _own_form(request: ActorRequest, year: int, enhet_id: int) -> Behovsskjema:
    enhet = unit(enhet_id, actor=request.actor, rule=rules.may_fill)
    skjema = queries.form_of(enhet, year=year)
    if skjema is None:
        raise Http404
    return skjema


def steps(request: ActorRequest, skjema: Behovsskjema, *, due: date) -> list[str]:
    return workflow.open_to(request.actor, skjema, deadline=due, on=clock.today())


def _context(request: ActorRequest, skjema: Behovsskjema) -> dict[str, Any]:
    due = queries.deadline(skjema.year)
    content = innhold.innhold(skjema)
    tasks = [
        Task(part.title, section_url(skjema, part.key), part.status, part.color)
        for part in content.parts
    ]
    return {
        "skjema": skjema,
        "enhet": skjema.enhet,
        "year": skjema.year,
        "due": due,
        "is_late": clock.today() > due,
        "content": content,
        "tasks": tasks,
        "steps": steps(request, skjema, due=due),
        "sees_people": rules.may_see_people(request.actor, skjema.enhet),
    }


def section_url(skjema: Behovsskjema, key: str) -> str:
    return reverse("kartlegging:needs_section", args=[skjema.year, skjema.enhet_id, key])
