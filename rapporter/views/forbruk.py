"""What the grant is spent on: the page, postings by hand, accounts, moves with consent."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.errors import DomainError, TransitionError
from kompetanse.kommuner.responses import UNPROCESSABLE, stored
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.forms import refusal_in
from kompetanse.skall.views.svar import make_once
from rapporter import rules
from rapporter.actions import forbruk as actions
from rapporter.actions.forbruk import Consent, Entry
from rapporter.forms.forbruk import AccountsForm, MoveForm, PostingForm
from rapporter.models import Svarlinje, Tilskuddssvar
from rapporter.queries import forbruk as queries

PER_PAGE = 50
FORM_PAGE = "rapporter/spending_form.html"


@require_GET
@page(Act.SEE_GRANT)
def spending(request: ActorRequest, pk: int) -> HttpResponse:
    """Show each line with what is spent and what remains, the postings and the consents."""
    svar = answer(request, pk)
    is_open = rules.may_prepare(request.actor) and not svar.is_closed
    side = Paginator(queries.postings(svar), PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "svar": svar,
        "soknad": svar.soknad,
        "accounts": queries.accounts(svar),
        "pages": side,
        "shared": [each for each in side if each.other],
        "moves": queries.moves(svar),
        "is_open": is_open,
    }
    return render(request, "rapporter/spending.html", context)


@require_http_methods(["GET", "POST"])
@page(Act.PREPARE_GRANT)
def post(request: ActorRequest, pk: int) -> HttpResponse:
    """Write a line of the accounts by hand."""
    svar = answer(request, pk)
    lines = queries.accounts(svar).lines
    form = PostingForm(request.POST or None, lines=lines, on=clock.today())
    if request.method == "POST" and form.is_valid():
        line = _line(svar, form.cleaned_data.pop("svarlinje"))
        try:
            actions.post(svar, Entry(svarlinje=line, **form.cleaned_data), by=request.actor)
        except TransitionError:
            raise
        except DomainError as error:
            form.add_error("amount", str(error))
        else:
            messages.success(request, _("Posteringen er ført."))
            return redirect("rapporter:spending", pk)
    return form_page(request, form, svar, title=_("Før en postering"))


@require_POST
@page(Act.PREPARE_GRANT)
def take_away(request: ActorRequest, pk: int, postering_pk: int) -> HttpResponse:
    svar = answer(request, pk)
    actions.take_away(get_object_or_404(queries.postings(svar), pk=postering_pk), by=request.actor)
    messages.success(request, _("Posteringen er tatt bort."))
    return redirect("rapporter:spending", pk)


@require_http_methods(["GET", "POST"])
@page(Act.PREPARE_GRANT)
def accounts(request: ActorRequest, pk: int) -> HttpResponse:
    """Write how the ledger names each line."""
    svar = answer(request, pk)
    form = AccountsForm(request.POST or None, lines=queries.accounts(svar).lines)
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_accounts(svar, form.values(), by=request.actor)
        except TransitionError:
            raise
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Kontoene er lagret."))
            return redirect("rapporter:spending", pk)
    intro = _(
        "Skriv prosjektet eller kontoen som linja har i regnskapet. Da kan vi lese inn filer."
    )
    return form_page(request, form, svar, title=_("Konto på hver linje"), intro=intro)


@require_http_methods(["GET", "POST"])
@page(Act.PREPARE_GRANT)
def move(request: ActorRequest, pk: int) -> HttpResponse:
    """Move money between two lines when Statsforvalteren has consented in writing."""
    svar = answer(request, pk)
    lines = queries.accounts(svar).lines
    form = MoveForm(request.POST or None, request.FILES or None, lines=lines, on=clock.today())
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        source, target = _line(svar, told.pop("source")), _line(svar, told.pop("target"))
        consent = Consent(told["consented_by"], told["consented_on"], told["letter"])
        lines_moved = {"source": source, "target": target, "amount": told["amount"]}

        def make() -> str:
            actions.move(svar, **lines_moved, consent=consent, by=request.actor)
            return reverse("rapporter:spending", args=[pk])

        with refusal_in(form, "amount"):
            return make_once(
                request, form, make, told=_("Beløpet er flyttet, og samtykket er lagret.")
            )
    intro = _("Penger kan bare flyttes mellom linjer når Statsforvalteren har samtykket skriftlig.")
    return form_page(request, form, svar, title=_("Flytt mellom linjer"), intro=intro)


@require_GET
@page(Act.SEE_GRANT)
def letter_of_consent(request: ActorRequest, pk: int, flytting_pk: int) -> HttpResponse:
    """Give the county's letter of consent."""
    return stored(get_object_or_404(queries.moves(answer(request, pk)), pk=flytting_pk).fil)


def answer(request: ActorRequest, pk: int) -> Any:
    """Return the county's answer to the application with that id."""
    return get_object_or_404(queries.visible_to(request.actor), soknad=pk)


def form_page(
    request: ActorRequest, form: Any, svar: Tilskuddssvar, **context: Any
) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound else 200
    context |= {"form": form, "soknad": svar.soknad, "svar": svar}
    return render(request, FORM_PAGE, context, status=status)


def _line(svar: Tilskuddssvar, pk: int) -> Svarlinje:
    return get_object_or_404(Svarlinje, pk=pk, svar=svar)
