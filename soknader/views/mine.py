"""An employee's own applications: where they stand, and what can still be done."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse import clock
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.models import Ansatt
from soknader.actions import soknad as actions
from soknader.forms.sporsmal import SvarForm
from soknader.models import Avtale, Soknad
from soknader.queries import avtale, brev, sporsmal, status, svar
from soknader.queries import runde as runder
from soknader.queries import soknad as queries
from soknader.queries import uttalelse as uttalelser
from soknader.rules import frist
from soknader.workflow import avtale as avtaleflyt
from soknader.workflow import soknad as workflow

S = Soknad.Status
ANSWERS = ("accept", "decline")


@page(Act.USE)
@require_GET
def mine(request: ActorRequest) -> HttpResponse:
    """List the applications with one line each: where it stands, and what happens next."""
    soknader = list(queries.own(request.actor))
    context = {
        "rows": [(soknad, status.standing(soknad)) for soknad in soknader],
        "runde": runder.taking(clock.now(), ansatt=request.actor),
        "has_accepted": any(soknad.status == S.ACCEPTED for soknad in soknader),
    }
    return render(request, "soknader/mine.html", context)


@page(Act.USE)
@require_GET
def own(request: ActorRequest, pk: int) -> HttpResponse:
    """Show one application, the way to the answer, and what can still be done."""
    soknad: Any = get_object_or_404(queries.with_answers(request.actor), pk=pk)
    if soknad.is_draft:
        return redirect("soknader:summary", soknad.pk)
    queries.opened_by(request.actor, soknad)
    asked = sporsmal.of(soknad)
    question = sporsmal.waiting(asked)
    at_leader = soknad.status == S.SUBMITTED
    leader = uttalelser.leader_of(soknad) if at_leader and question is None else None
    contract = _contract(soknad, request.actor)
    context = {
        "soknad": soknad,
        "standing": status.standing(soknad, leader=leader.full_name if leader else ""),
        "groups": svar.groups(soknad),
        "attachments": soknad.attached,
        "letter": None if at_leader else brev.letter_to(soknad),
        "contract": contract,
        "open_steps": _answers(soknad, contract, request.actor),
        "asked": [each for each in asked if not each.is_open],
        "question": question,
        "answer_form": SvarForm() if question else None,
        "can_take_over": workflow.is_open("take_over", request.actor, soknad),
        "can_withdraw": workflow.is_open("withdraw", request.actor, soknad),
        "can_change": workflow.is_open("change", request.actor, soknad)
        and sporsmal.may_change(soknad, at=clock.now(), asked=question),
    }
    return render(request, "soknader/own.html", context)


@page(Act.USE)
@require_http_methods(["GET", "POST"])
def withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask, then take the application back."""
    soknad = get_object_or_404(queries.written_by(request.actor), pk=pk)
    workflow.check("withdraw", soknad, by=request.actor)
    if request.method == "GET":
        takes = not frist.is_late(soknad.runde, at=clock.now())
        return render(request, "soknader/withdraw.html", {"soknad": soknad, "takes": takes})
    actions.withdraw(soknad, by=request.actor)
    messages.success(request, _("Søknaden er trukket."))
    return redirect("soknader:own", soknad.pk)


@page(Act.USE)
@require_http_methods(["GET", "POST"])
def take_over(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask, then let the employee write alone what someone else registered for them."""
    soknad = get_object_or_404(queries.own(request.actor), pk=pk)
    workflow.check("take_over", soknad, by=request.actor)
    if request.method == "GET":
        return render(request, "soknader/take_over.html", {"soknad": soknad})
    soknad = actions.take_over(soknad, by=request.actor)
    messages.success(request, _("Du har overtatt søknaden. Nå er det bare du som kan endre den."))
    return redirect("soknader:summary" if soknad.is_draft else "soknader:own", soknad.pk)


def _answers(soknad: Soknad, contract: Avtale | None, actor: Ansatt) -> list[str]:
    """Return what can be answered: no «no» to what binds already."""
    is_bound = contract is not None and contract.status not in avtaleflyt.NOT_BEGUN
    answers = ANSWERS[:1] if is_bound else ANSWERS
    return [step for step in answers if workflow.is_open(step, actor, soknad)]


def _contract(soknad: Soknad, actor: Ansatt) -> Avtale | None:
    """Return the contract on an accepted grant, for the employee alone."""
    is_own = soknad.ansatt_id == actor.pk and soknad.status == Soknad.Status.ACCEPTED
    return avtale.in_force_for(soknad) if is_own else None
