"""The advisor's contracts and rules of binding time."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner.responses import CONFLICT, UNPROCESSABLE
from kompetanse.organisasjon.access import Act, ActorRequest, page
from soknader.actions import avtale as avtaler
from soknader.actions import bindingsregel as actions
from soknader.forms.avtale import ContractFilter
from soknader.forms.bindingsregel import RegelForm, first_values
from soknader.models import Bindingsregel
from soknader.queries import avtaleliste, avtaleside


@page(Act.FOLLOW_CONTRACTS)
@require_GET
def contracts(request: ActorRequest) -> HttpResponse:
    """List the contracts: what needs something first, with what would be owed today."""
    form = ContractFilter(request.GET)
    told = form.cleaned_data if form.is_valid() else {}
    chosen = avtaleliste.Filter(status=told.get("status", ""), leaving=bool(told.get("slutter")))
    rows = avtaleliste.rows(request.actor, chosen, on=clock.today())
    context = {
        "form": form,
        "rows": [(row, avtaleside.color(row.status)) for row in rows],
        "over": sum(row.is_over for row in rows),
        "owed": sum(row.debt for row in rows),
        "is_filtered": bool(chosen.status or chosen.leaving),
    }
    return render(request, "soknader/avtaler.html", context)


@page(Act.FOLLOW_CONTRACTS)
@require_POST
def fulfil(request: ActorRequest) -> HttpResponse:
    """Close every contract whose binding time is over."""
    number = avtaler.fulfil_due(by=request.actor)
    told = ngettext(
        "%(n)d avtale er oppfylt.", "%(n)d avtaler er oppfylt.", number
    ) % {"n": number}  # fmt: skip
    messages.success(request, told)
    return redirect("soknader:contracts")


@page(Act.FOLLOW_CONTRACTS)
@require_GET
def binding_rules(request: ActorRequest) -> HttpResponse:
    rules = list(Bindingsregel.objects.order_by("-is_active", "months", "name"))
    return render(request, "soknader/bindingsregler.html", {"rules": rules})


@page(Act.FOLLOW_CONTRACTS)
@require_http_methods(["GET", "POST"])
def add_rule(request: ActorRequest) -> HttpResponse:
    return _rule_page(request, None)


@page(Act.FOLLOW_CONTRACTS)
@require_http_methods(["GET", "POST"])
def edit_rule(request: ActorRequest, regel_id: int) -> HttpResponse:
    return _rule_page(request, get_object_or_404(Bindingsregel, pk=regel_id))


def _rule_page(request: ActorRequest, regel: Bindingsregel | None) -> HttpResponse:
    form = RegelForm(request.POST or None, initial=first_values(regel))
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            _save(request, regel, form)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            status = CONFLICT
        else:
            messages.success(request, _("Regelen er lagret. Avtaler som er laget, endres ikke."))
            return redirect("soknader:binding_rules")
    context = {"form": form, "regel": regel}
    return render(request, "soknader/bindingsregel.html", context, status=status)


def _save(request: ActorRequest, regel: Bindingsregel | None, form: RegelForm) -> None:
    values: dict[str, Any] = form.values()
    if regel is None:
        actions.add(by=request.actor, **values)
    else:
        version = form.cleaned_data["version"] or 0
        actions.edit(regel, version=version, by=request.actor, **values)
