"""The administrator's pages on erasure: what the night will do, and what is kept for how long."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kompetanse import clock
from kompetanse.kommuner import persondata
from kompetanse.kommuner.responses import UNPROCESSABLE
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.personvern.actions import rydding
from kompetanse.personvern.actions import sletting as actions
from kompetanse.personvern.forms.sletting import HoldForm, LagringstidForm, RefuseForm
from kompetanse.personvern.models import Sletting
from kompetanse.personvern.queries import lagringstid
from kompetanse.personvern.queries import sletting as queries
from kompetanse.skall.forms import SkallForm
from kompetanse.skall.views.svar import form_page


@page(Act.ERASE)
@require_GET
def overview(request: ActorRequest) -> HttpResponse:
    """Show whom and what the next nights will erase, before it is done, and what they did."""
    on = clock.today()
    planned, kept = queries.planned(), lagringstid.all_kept(on)
    context = {
        "planned": planned,
        "unplanned": queries.count_unplanned(planned, kept, on=on),
        "kept": kept,
        "nights": list(queries.nights()),
        "notice": actions.NOTICE.days,
    }
    return render(request, "personvern/erasure.html", context)


@page(Act.ERASE)
@require_GET
def person(request: ActorRequest, pk: int) -> HttpResponse:
    """Show what will be erased of one person, and take the administrator's answer."""
    sletting = get_object_or_404(queries.waiting(), pk=pk)
    return _person(request, sletting)


@page(Act.ERASE)
@require_POST
def hold(request: ActorRequest, pk: int) -> HttpResponse:
    sletting = get_object_or_404(queries.waiting(), pk=pk)
    form = HoldForm(request.POST)
    if not form.is_valid():
        return _person(request, sletting, hold_form=form)
    actions.hold(sletting, by=request.actor, **form.cleaned_data)
    messages.success(request, _("Slettingen er holdt tilbake."))
    return redirect("personvern:erasure")


@page(Act.ERASE)
@require_POST
def let_go(request: ActorRequest, pk: int) -> HttpResponse:
    sletting = get_object_or_404(queries.waiting(), pk=pk)
    actions.let_go(sletting, by=request.actor)
    messages.success(request, _("Slettingen går som planlagt."))
    return redirect("personvern:erasure")


@page(Act.ERASE)
@require_POST
def refuse(request: ActorRequest, pk: int) -> HttpResponse:
    sletting = get_object_or_404(queries.waiting(), pk=pk)
    form = RefuseForm(request.POST)
    if not form.is_valid():
        return _person(request, sletting, refuse_form=form)
    actions.refuse(sletting, by=request.actor, **form.cleaned_data)
    messages.success(request, _("Den ansatte får svaret på «Mine data»."))
    return redirect("personvern:erasure")


@page(Act.ERASE)
@require_http_methods(["GET", "POST"])
def erase_now(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask, then erase."""
    sletting = get_object_or_404(queries.waiting(), pk=pk)
    if request.method == "GET":
        actions.refuse_unless_over(sletting.ansatt)
        context = {
            "sletting": sletting,
            "parts": queries.parts(sletting.ansatt),
            "mentions": queries.mentions(sletting.ansatt),
        }
        return render(request, "personvern/erase_now.html", context)
    actions.bring_forward(sletting, by=request.actor)
    messages.success(request, _("Opplysningene er slettet."))
    return redirect("personvern:erasure")


@page(Act.ERASE)
@require_http_methods(["GET", "POST"])
def retention(request: ActorRequest) -> HttpResponse:
    """Choose how long things are kept."""
    kept = lagringstid.all_kept(clock.today())
    form = LagringstidForm(request.POST or None, kept=kept)
    if request.method == "POST" and form.is_valid():
        rydding.choose(form.cleaned_data, by=request.actor)
        messages.success(request, _("Lagringstidene er lagret. De gjelder fra neste natt."))
        return redirect("personvern:erasure")
    return form_page(request, "personvern/retention.html", form)


@page(Act.ERASE)
@require_GET
def protocol(request: ActorRequest) -> HttpResponse:
    """Show the record of processing: every table that holds something of people."""
    return render(request, "personvern/protocol.html", {"tables": persondata.tables()})


def _person(request: ActorRequest, sletting: Sletting, **bound: SkallForm) -> HttpResponse:
    asked: dict[str, SkallForm] = {
        "hold_form": HoldForm(auto_id="hold_%s"),
        "refuse_form": RefuseForm(auto_id="refuse_%s"),
    }
    asked |= bound
    for verb in ("hold", "refuse"):
        address = reverse(f"personvern:{verb}_erasure", args=[sletting.pk])
        asked[f"{verb}_form"].helper.form_action = address
    hindrance = persondata.held([sletting.ansatt_id]).get(sletting.ansatt_id, "")
    context = {
        "sletting": sletting,
        "hindrance": hindrance,
        "may_erase_now": actions.has_left(sletting.ansatt) and not hindrance,
        "parts": queries.parts(sletting.ansatt),
    } | asked
    status = UNPROCESSABLE if bound else 200
    return render(request, "personvern/person.html", context, status=status)
