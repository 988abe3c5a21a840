"""Receipts: the employee's own, the approver's list, and the payroll's."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.kommuner.responses import UNPROCESSABLE, XLSX, LateFile, stored
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.forms import refusal_in
from kompetanse.skall.views.svar import make_once
from soknader.actions import utbetaling as actions
from soknader.documents import utbetaling as documents
from soknader.forms.utbetaling import APPROVE, AnswerForm, PaymentFilter, ReceiptForm
from soknader.models import Utbetaling
from soknader.queries import avtale as avtaler
from soknader.queries import soknad as soknader
from soknader.queries import utbetaling as queries
from soknader.rules import tilsagn as rules
from soknader.views.request import confirmed, posted
from soknader.workflow import utbetaling as workflow


@page(Act.USE)
@require_http_methods(["GET", "POST"])
def own(request: ActorRequest, pk: int) -> HttpResponse:
    """Show what is left of the grant and what is sent, and take one more receipt."""
    soknad = get_object_or_404(soknader.own(request.actor).filter(ansatt=request.actor), pk=pk)
    promised = queries.promised(soknad)
    closed = rules.why_closed(soknad, avtale=avtaler.in_force_for(soknad))
    form = ReceiptForm(*posted(request), promised=promised, on=clock.today())
    if request.method == "POST" and form.is_valid():

        def send() -> str:
            told = form.cleaned_data
            actions.send(
                told["tilsagn"], told["file"], amount=told["amount"], spent_on=told["spent_on"],
                text=told["text"], by=request.actor,
            )  # fmt: skip
            return reverse("soknader:own_payments", args=[soknad.pk])

        said = _("Kvitteringen er sendt. Lederen din får beskjed.")
        with refusal_in(form):
            return make_once(request, form, send, told=said)
    context = {
        "soknad": soknad,
        "promised": promised,
        "closed": closed,
        "form": form,
        "sent": list(queries.of_soknad(soknad)),
        "has_left": any(each.left for each in promised),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "soknader/utbetaling_mine.html", context, status=status)


@page(Act.APPROVE_PAYMENT)
@require_GET
def payments(request: ActorRequest) -> HttpResponse:
    """List the receipts of those for whom the actor approves, those that wait first."""
    form = PaymentFilter(request.GET)
    status = form.cleaned_data["status"] if form.is_valid() else ""
    follows = access.may(request.actor, Act.FOLLOW_CONTRACTS)
    context = {
        "form": form,
        "rows": queries.rows(request.actor, status=status),
        "is_filtered": bool(status),
        "follows": follows,
        "to_transfer": queries.to_transfer(request.actor).count() if follows else 0,
    }
    return render(request, "soknader/utbetalinger.html", context)


@page(Act.APPROVE_PAYMENT)
@require_http_methods(["GET", "POST"])
def decide(request: ActorRequest, utbetaling_id: int) -> HttpResponse:
    """Show the receipt and take the answer."""
    utbetaling = get_object_or_404(queries.visible_to(request.actor), pk=utbetaling_id)
    left = utbetaling.tilsagn.left
    form = AnswerForm(request.POST or None, initial={"amount": min(utbetaling.amount, left) or ""})
    if form.is_bound and form.is_valid():
        with refusal_in(form, "amount"):
            _decide(request, utbetaling, form.cleaned_data)
            return redirect("soknader:payments")
    context = {
        "utbetaling": utbetaling,
        "soknad": utbetaling.tilsagn.soknad,
        "left": left,
        "form": form,
        "can_decide": "approve" in workflow.open_to(request.actor, utbetaling),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "soknader/utbetaling.html", context, status=status)


@page(Act.USE)
@require_GET
def receipt(request: ActorRequest, utbetaling_id: int) -> HttpResponse:
    """Give the receipt to the employee and those who approve or follow up."""
    return stored(get_object_or_404(queries.visible_to(request.actor), pk=utbetaling_id).fil)


@page(Act.FOLLOW_CONTRACTS)
@require_GET
def payroll(request: ActorRequest) -> HttpResponse:
    """Give what is approved and not handed over as a spreadsheet for payroll."""
    rows, on = queries.payroll(request.actor), clock.today()
    return LateFile(
        lambda: documents.payroll(rows, on=on),
        filename=f"utbetalinger-{on:%Y-%m-%d}.xlsx",
        content_type=XLSX,
    )


@page(Act.FOLLOW_CONTRACTS)
@require_POST
def transfer(request: ActorRequest) -> HttpResponse:
    """Mark the list as handed over, when it is the one that was shown."""
    number = actions.transfer(count=confirmed(request), by=request.actor)
    said = ngettext(
        "%(n)d utbetaling er merket som overført til lønn.",
        "%(n)d utbetalinger er merket som overført til lønn.",
        number,
    )
    messages.success(request, said % {"n": number})
    return redirect("soknader:payments")


def _decide(request: ActorRequest, utbetaling: Utbetaling, told: dict[str, Any]) -> None:
    if told["verdict"] == APPROVE:
        actions.approve(utbetaling, amount=told["amount"], by=request.actor)
        messages.success(request, _("Kvitteringen er godkjent."))
    else:
        actions.refuse(utbetaling, reason=told["reason"], by=request.actor)
        messages.success(request, _("Kvitteringen er avslått, og den ansatte får beskjed."))
