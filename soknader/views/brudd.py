"""What the advisor does with a contract that runs: leave, breach, money back, release."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kompetanse import clock
from kompetanse.kommuner.responses import UNPROCESSABLE
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.forms import refusal_in
from kompetanse.skall.versjon import OnceForm
from kompetanse.skall.views.svar import make_once
from soknader.actions import brudd as actions
from soknader.forms.avtale import BruddForm, PauseForm, ReleaseForm, RepayForm, ResumeForm
from soknader.models import Avtale
from soknader.queries import avtale as queries
from soknader.queries import oppgjor
from soknader.workflow import avtale as workflow

HEADINGS = {
    "pause": gettext_lazy("Sett bindingstiden på pause"),
    "resume": gettext_lazy("Avslutt pausen"),
    "breach": gettext_lazy("Registrer brudd på avtalen"),
    "repay": gettext_lazy("Registrer tilbakebetaling"),
    "release": gettext_lazy("Ettergi kravet"),
}


@page(Act.FOLLOW_CONTRACTS)
@require_http_methods(["GET", "POST"])
def pause(request: ActorRequest, avtale_id: int) -> HttpResponse:
    avtale = _reachable(request, avtale_id)
    form = PauseForm(request.POST or None, kinds=avtale.pauses)

    def act(told: dict[str, Any]) -> None:
        actions.pause(avtale, by=request.actor, **told)

    return _answer(request, avtale, "pause", form, act, said=_("Tiden står stille."))


@page(Act.FOLLOW_CONTRACTS)
@require_http_methods(["GET", "POST"])
def resume(request: ActorRequest, avtale_id: int) -> HttpResponse:
    avtale = _reachable(request, avtale_id)
    form = ResumeForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        actions.resume(avtale, by=request.actor, **told)

    return _answer(request, avtale, "resume", form, act, said=_("Tiden løper igjen."))


@page(Act.FOLLOW_CONTRACTS)
@require_http_methods(["GET", "POST"])
def breach(request: ActorRequest, avtale_id: int) -> HttpResponse:
    """Show what is owed on the day, and freeze it."""
    avtale = _reachable(request, avtale_id)
    on = avtale.soknad.ansatt.left_on or clock.today()
    initial = {
        "ground": Avtale.Ground.LEFT if avtale.soknad.ansatt.left_on else "",
        "on": on,
        "first_due": _first_due(clock.today()),
    }
    form = BruddForm(request.POST or None, initial=initial)

    def act(_told: dict[str, Any]) -> None:
        actions.breach(avtale, form.brudd(), by=request.actor)

    said = _("Bruddet er registrert, og den ansatte får beskjed.")
    more = {"oppgjor": oppgjor.oppgjor(avtale, on=on)}
    return _answer(request, avtale, "breach", form, act, said=said, **more)


@page(Act.FOLLOW_CONTRACTS)
@require_http_methods(["GET", "POST"])
def repay(request: ActorRequest, avtale_id: int) -> HttpResponse:
    avtale = _reachable(request, avtale_id)
    on = clock.today()
    form = RepayForm(request.POST or None, on=on, initial={"paid_on": on})

    def act(_told: dict[str, Any]) -> None:
        actions.repay(avtale, by=request.actor, **form.answers())

    return _answer(request, avtale, "repay", form, act, said=_("Innbetalingen er registrert."))


@page(Act.DECIDE)
@require_http_methods(["GET", "POST"])
def release(request: ActorRequest, avtale_id: int) -> HttpResponse:
    avtale = _reachable(request, avtale_id)
    form = ReleaseForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        actions.release(avtale, by=request.actor, **told)

    return _answer(request, avtale, "release", form, act, said=_("Kravet er ettergitt."))


def _reachable(request: ActorRequest, avtale_id: int) -> Avtale:
    found: Avtale = get_object_or_404(queries.visible_to(request.actor), pk=avtale_id)
    return found


def _answer(
    request: ActorRequest,
    avtale: Avtale,
    step: str,
    form: forms.Form,
    act: Callable[[dict[str, Any]], None],
    *,
    said: str,
    **more: Any,
) -> HttpResponse:
    """Show the form, or do what it says and tell; a refusal is shown in the form."""
    workflow.check(step, avtale, by=request.actor)
    if form.is_bound and form.is_valid():
        with refusal_in(form):
            return _do(request, avtale, form, act, said=said)
    context = {"avtale": avtale, "form": form, "heading": HEADINGS[step], "step": step} | more
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "soknader/avtale_steg.html", context, status=status)


def _do(
    request: ActorRequest,
    avtale: Avtale,
    form: forms.Form,
    act: Callable[[dict[str, Any]], None],
    *,
    said: str,
) -> HttpResponse:
    """Do what the form says and go to the contract; what is registered by one click is so once."""
    where = reverse("soknader:contract", args=[avtale.pk])

    def make() -> str:
        act(form.cleaned_data)
        return where

    if isinstance(form, OnceForm):
        return make_once(request, form, make, told=said)
    make()
    messages.success(request, said)
    return redirect(where)


def _first_due(on: date) -> date:
    """Propose the first day of the second month from now."""
    return clock.add_months(on.replace(day=1), 2)
