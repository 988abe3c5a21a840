"""The decisions of a round: what is ready, decided together, and replaced one by one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import once
from kompetanse.kommuner.responses import CONFLICT
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.forms import refusal_in
from kompetanse.skall.views.svar import form_page
from soknader.actions import vedtak as actions
from soknader.forms.vedtak import ErstattForm, VedtaForm
from soknader.models import Soknad, Soknadsrunde, Vedtak
from soknader.queries import ordning
from soknader.queries import prioritering as ranking
from soknader.queries import vedtak as queries
from soknader.rules import prioritering as rules
from soknader.rules import svarfrist
from soknader.workflow import runde as runde_workflow
from soknader.workflow import vedtak as workflow


@page(Act.DECIDE)
@require_GET
def decisions(request: ActorRequest, runde_id: int) -> HttpResponse:
    return _decisions_page(request, runde_id)


@page(Act.DECIDE)
@require_POST
def decide(request: ActorRequest, runde_id: int) -> HttpResponse:
    """Decide all that the actor may; the second of two clicks is led to the first one's result."""
    runde = get_object_or_404(ranking.rounds_for(request.actor), pk=runde_id)
    url = reverse("soknader:decisions", args=[runde_id])
    form = VedtaForm(request.POST)
    if not form.is_valid():
        return redirect(url)
    token: UUID = form.cleaned_data["engangsnokkel"]
    if not once.claim(token, kommune_id=request.kommune.pk):
        return redirect(once.result_of(token) or url)
    try:
        ready = actions.decide(runde, by=request.actor)
    except DomainError as refusal:
        return _decisions_page(request, runde_id, fault=str(refusal))
    once.remember(token, url)
    number = len(ready.mine)
    told = ngettext("%(number)d sak er vedtatt.", "%(number)d saker er vedtatt.", number)
    messages.success(request, told % {"number": number})
    return redirect(url)


@page(Act.DECIDE)
@require_http_methods(["GET", "POST"])
def replace(request: ActorRequest, runde_id: int, vedtak_id: int) -> HttpResponse:
    reachable = queries.in_scope(request.actor).filter(soknad__runde=runde_id)
    vedtak: Vedtak = get_object_or_404(reachable, pk=vedtak_id)
    workflow.check("replace", vedtak, by=request.actor)
    runde, narrow = vedtak.soknad.runde, ordning.narrowest(vedtak.soknad)
    initial = _initial(vedtak, left=narrow.left if narrow else runde.left)
    form = ErstattForm(request.POST or None, soknad=vedtak.soknad, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            actions.replace(vedtak, form.content(), by=request.actor)
            told = _("Vedtaket i sak %(number)s er erstattet.")
            messages.success(request, told % {"number": vedtak.soknad.number})
            return redirect("soknader:decisions", runde_id)
    return form_page(
        request, "soknader/vedtak_erstatt.html", form, vedtak=vedtak, runde=runde, narrow=narrow
    )


def _decisions_page(request: ActorRequest, runde_id: int, *, fault: str = "") -> HttpResponse:
    actor = request.actor
    rounds = ordning.with_frames(ranking.rounds_for(actor))
    rounds = rounds.annotate(undrafted=queries.undrafted_numbers())
    runde = get_object_or_404(rounds, pk=runde_id)
    found = queries.decisions(runde, actor=actor)
    context = {
        "runde": runde,
        "ramme": found.ramme,
        "delrammer": ordning.delrammer(runde, reader_id=actor.pk),
        "ready": found.ready,
        "tallies": found.tallies,
        "decided": found.decided,
        "dissents": queries.dissents(runde, reader=actor),
        "is_open": rules.is_prioritising(runde),
        "may_send": runde_workflow.STEPS["answer"].allowed(actor, runde) and _is_decided(runde),
        "after": found.after,
        "engangsnokkel": once.new_token(),
        "own": [v.soknad_id for v in found.decided if v.soknad.ansatt_id == actor.pk],
        "may_ask": access.may(actor, Act.RUN_ROUND),
        "fault": fault,
    }
    status = CONFLICT if fault else 200
    return render(request, "soknader/vedtak.html", context, status=status)


def _is_decided(runde: Soknadsrunde) -> bool:
    return runde.status in {Soknadsrunde.Status.DECIDED, Soknadsrunde.Status.ANSWERED}


def _initial(vedtak: Vedtak, *, left: int) -> dict[str, object]:
    """Return the decision as it stands; for the waiting list's next, the place that is free."""
    names = ("outcome", "leave_days", "conditions")
    known = {name: getattr(vedtak, name) for name in names} | vedtak.parts
    runde = vedtak.soknad.runde
    if vedtak.outcome == Vedtak.Outcome.WAITING and runde.status == Soknadsrunde.Status.ANSWERED:
        return known | dict.fromkeys(vedtak.parts) | _from_waiting(vedtak.soknad, left=left)
    return known


def _from_waiting(soknad: Soknad, *, left: int) -> dict[str, object]:
    """Return the place that became free: full support, or as much as is left of the frames."""
    fits = soknad.amount <= left
    return {
        "outcome": Vedtak.Outcome.GRANTED if fits else Vedtak.Outcome.PARTLY,
        "amount": None if fits else left,
        "leave_days": soknad.leave_days or 0,
        "reason": _("En plass ble ledig, og du sto først på ventelista."),
        "accept_by": svarfrist.proposed(soknad.runde, on=clock.today()),
    }
