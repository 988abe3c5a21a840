"""The year's guidance: read, write, change, delete."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kartlegging import rules
from kartlegging.actions import styring as actions
from kartlegging.forms.styring import StyringssignalForm
from kartlegging.models import Styringssignal
from kartlegging.queries import behov, katalog
from kartlegging.queries import styring as queries
from kompetanse import clock
from kompetanse.errors import StaleError
from kompetanse.kommuner.responses import CONFLICT
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.views.svar import form_page

FORM_PAGE = "kartlegging/guidance_form.html"


@page(Act.SEE_GAP)
@require_GET
def index(request: ActorRequest, year: int) -> HttpResponse:
    """Show the guidance of the year, short term and long."""
    planned = behov.planning_year(clock.today())
    signals = list(queries.styringssignaler(year))
    context = {
        "year": year,
        "years": sorted({planned - 1, planned, year}),
        "terms": [
            (label, [signal for signal in signals if signal.horizon == horizon])
            for horizon, label in Styringssignal.Horizon.choices
        ],
        "is_empty": not signals,
        "may_guide": rules.may_guide(request.actor),
    }
    return render(request, "kartlegging/guidance.html", context)


@page(Act.SEE_GAP)
@require_http_methods(["GET", "POST"])
def write(request: ActorRequest, year: int) -> HttpResponse:
    rules.require(rules.may_guide(request.actor))
    form = StyringssignalForm(request.POST or None, areas=katalog.fokusomrader())
    if request.method == "POST" and form.is_valid():
        actions.write(year=year, by=request.actor, **form.answers)
        messages.success(request, _("Føringen er lagret."))
        return redirect("kartlegging:guidance", year)
    return form_page(request, FORM_PAGE, form, year=year)


@page(Act.SEE_GAP)
@require_http_methods(["GET", "POST"])
def change(request: ActorRequest, pk: int) -> HttpResponse:
    signal = get_object_or_404(Styringssignal.objects, pk=pk)
    rules.require(rules.may_guide(request.actor))
    areas = katalog.fokusomrader()
    form = StyringssignalForm(request.POST or None, initial=vars(signal), areas=areas)
    if request.method == "GET" or not form.is_valid():
        return form_page(request, FORM_PAGE, form, year=signal.year, signal=signal)
    try:
        actions.change(
            signal, version=form.cleaned_data["version"], by=request.actor, **form.answers
        )
    except StaleError as error:
        renewed = StyringssignalForm(request.POST.dict() | {"version": signal.version}, areas=areas)
        told = {"year": signal.year, "signal": signal, "stale": str(error)}
        return form_page(request, FORM_PAGE, renewed, status=CONFLICT, **told)
    messages.success(request, _("Føringen er lagret."))
    return redirect("kartlegging:guidance", signal.year)


@page(Act.SEE_GAP)
@require_http_methods(["GET", "POST"])
def delete(request: ActorRequest, pk: int) -> HttpResponse:
    signal = get_object_or_404(Styringssignal.objects, pk=pk)
    rules.require(rules.may_guide(request.actor))
    if request.method == "POST":
        actions.delete(signal, by=request.actor)
        messages.success(request, _("Føringen er slettet."))
        return redirect("kartlegging:guidance", signal.year)
    return render(
        request, "kartlegging/guidance_delete.html", {"signal": signal, "year": signal.year}
    )
