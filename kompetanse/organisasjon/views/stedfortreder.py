"""Deputies: who stands in for whom, a new one in two steps, and an end before its time."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner.responses import CONFLICT, UNPROCESSABLE
from kompetanse.organisasjon import access, actions, queries, rules
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.organisasjon.forms.stedfortreder import NavnForm, StedfortrederForm
from kompetanse.organisasjon.models import Ansatt, Stedfortreder
from kompetanse.organisasjon.queries import folk
from kompetanse.organisasjon.queries import stedfortreder as stedfortredere

PER_PAGE = 50


@page(Act.USE, is_own=False)
@require_GET
def deputies(request: ActorRequest) -> HttpResponse:
    """List who stands in for the actor, and for whom the actor does; all, for who gives roles."""
    rows = Paginator(stedfortredere.visible_to(request.actor), PER_PAGE)
    context = {
        "pages": rows.get_page(request.GET.get("side")),
        "sees_all": access.may(request.actor, Act.GIVE_ROLES),
        "may_set": rules.may_set_deputy(request.actor, request.actor),
        "on": clock.today(),
    }
    return render(request, "organisasjon/deputies.html", context)


@page(Act.USE)
@require_GET
def choose_deputy(request: ActorRequest, ansatt_id: int) -> HttpResponse:
    """Find the one who is to stand in, by name."""
    ansatt = _away(request, ansatt_id)
    form = NavnForm(request.GET or None)
    name = form.cleaned_data["navn"] if form.is_bound and form.is_valid() else ""
    people = folk.named(name, but=ansatt)
    context = {"form": form, "ansatt": ansatt, "people": people, "searched": bool(name)}
    status = UNPROCESSABLE if form.is_bound and not form.is_valid() else 200
    return render(request, "organisasjon/choose_deputy.html", context, status=status)


@page(Act.USE)
@require_http_methods(["GET", "POST"])
def set_deputy(request: ActorRequest, ansatt_id: int, pk: int) -> HttpResponse:
    """Ask when and why, and register."""
    ansatt = _away(request, ansatt_id)
    stedfortreder: Ansatt = get_object_or_404(queries.current().select_related("enhet"), pk=pk)
    form = StedfortrederForm(request.POST or None)
    context = {"form": form, "ansatt": ansatt, "stedfortreder": stedfortreder}
    if request.method == "GET" or not form.is_valid():
        status = UNPROCESSABLE if form.is_bound else 200
        return render(request, "organisasjon/set_deputy.html", context, status=status)
    try:
        actions.stand_in(ansatt, stedfortreder, by=request.actor, **form.cleaned_data)
    except DomainError as refusal:
        context["fault"] = str(refusal)
        return render(request, "organisasjon/set_deputy.html", context, status=CONFLICT)
    told = {"name": stedfortreder.full_name, "away": ansatt.full_name}
    messages.success(request, _("%(name)s er registrert som stedfortreder for %(away)s.") % told)
    return redirect("organisasjon:deputies")


@page(Act.USE)
@require_http_methods(["GET", "POST"])
def end_deputy(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask, then end it before its time."""
    row: Stedfortreder = get_object_or_404(stedfortredere.visible_to(request.actor), pk=pk)
    if not rules.may_end_deputy(request.actor, row):
        raise PermissionDenied
    if request.method == "GET":
        return render(request, "organisasjon/end_deputy.html", {"row": row})
    actions.end_deputy(row, by=request.actor)
    messages.success(request, _("Oppdraget er avsluttet."))
    return redirect("organisasjon:deputies")


def _away(request: ActorRequest, ansatt_id: int) -> Ansatt:
    """Return the one who is to be away: oneself, or anyone for who gives roles."""
    ansatt: Ansatt = get_object_or_404(queries.current().select_related("enhet"), pk=ansatt_id)
    if not rules.may_set_deputy(request.actor, ansatt):
        raise PermissionDenied
    return ansatt
