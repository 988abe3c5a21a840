"""What a unit requires: read, add, change, delete."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kartlegging import rules
from kartlegging.actions import krav as actions
from kartlegging.forms.krav import KravForm
from kartlegging.models import Kompetansekrav
from kartlegging.queries import behov, katalog
from kartlegging.queries import krav as queries
from kartlegging.views.request import unit
from kompetanse import clock
from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner.responses import CONFLICT
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.views.svar import form_page

FORM_PAGE = "kartlegging/requirement_form.html"


@page(Act.SEE_GAP)
@require_GET
def index(request: ActorRequest, enhet_id: int) -> HttpResponse:
    enhet = unit(enhet_id, actor=request.actor, rule=rules.may_see_gap)
    context = {
        "enhet": enhet,
        "krav": queries.krav_of(enhet),
        "levels": dict(organisasjon.levels()),
        "year": behov.planning_year(clock.today()),
        "may_require": rules.may_require(request.actor, enhet),
        "sees_people": rules.may_see_people(request.actor, enhet),
    }
    return render(request, "kartlegging/requirements.html", context)


@page(Act.SEE_GAP)
@require_http_methods(["GET", "POST"])
def add(request: ActorRequest, enhet_id: int) -> HttpResponse:
    enhet = unit(enhet_id, actor=request.actor, rule=rules.may_require)
    form = _form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add(enhet, by=request.actor, **form.answers)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Kravet er lagret."))
            return redirect("kartlegging:requirements", enhet.pk)
    return form_page(request, FORM_PAGE, form, enhet=enhet)


@page(Act.SEE_GAP)
@require_http_methods(["GET", "POST"])
def change(request: ActorRequest, pk: int) -> HttpResponse:
    krav = _krav(request, pk)
    form = _form(request.POST or None, initial=vars(krav))
    if request.method == "GET" or not form.is_valid():
        return form_page(request, FORM_PAGE, form, enhet=krav.enhet, krav=krav)
    try:
        actions.change(krav, version=form.cleaned_data["version"], by=request.actor, **form.answers)
    except StaleError as error:
        form = _form(request.POST.dict() | {"version": krav.version})
        told = {"enhet": krav.enhet, "krav": krav, "stale": str(error)}
        return form_page(request, FORM_PAGE, form, status=CONFLICT, **told)
    except DomainError as error:
        form.add_error(None, str(error))
        return form_page(request, FORM_PAGE, form, enhet=krav.enhet, krav=krav)
    messages.success(request, _("Kravet er lagret."))
    return redirect("kartlegging:requirements", krav.enhet_id)


@page(Act.SEE_GAP)
@require_http_methods(["GET", "POST"])
def delete(request: ActorRequest, pk: int) -> HttpResponse:
    krav = _krav(request, pk)
    if request.method == "POST":
        actions.delete(krav, by=request.actor)
        messages.success(request, _("Kravet er slettet."))
        return redirect("kartlegging:requirements", krav.enhet_id)
    context = {"krav": krav, "enhet": krav.enhet}
    return render(request, "kartlegging/requirement_delete.html", context)


def _krav(request: ActorRequest, pk: int) -> Kompetansekrav:
    krav: Kompetansekrav = get_object_or_404(queries.requirements(), pk=pk)
    rules.require(rules.may_require(request.actor, krav.enhet))
    return krav


def _form(data: Any, **kwargs: Any) -> KravForm:
    return KravForm(data, competences=katalog.kompetanser(), levels=organisasjon.levels(), **kwargs)
