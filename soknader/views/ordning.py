"""The advisor's support schemes, and those that a round applies."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner.responses import CONFLICT, UNPROCESSABLE
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.forms import refusal_in
from kompetanse.skall.views.svar import form_page
from soknader.actions import ordning as actions
from soknader.enums import Slag
from soknader.forms import ordning as forms
from soknader.models import Stotteordning
from soknader.queries import ordning as queries
from soknader.queries import runde as runder
from soknader.rules import ordningstekst
from soknader.views.request import posted


@page(Act.RUN_ROUND)
@require_GET
def schemes(request: ActorRequest) -> HttpResponse:
    """List the newest version of each scheme, with its rates in words."""
    rows = [(each, ordningstekst.told(each)) for each in queries.newest()]
    context = {"rows": rows, "today": clock.today()}
    return render(request, "soknader/ordninger.html", context)


@page(Act.RUN_ROUND)
@require_http_methods(["GET", "POST"])
def add(request: ActorRequest) -> HttpResponse:
    """Ask for the kind, then for the scheme of that kind."""
    kind = request.GET.get("slag", "")
    if kind not in Slag.values:
        return render(request, "soknader/ordning_slag.html", {"kinds": Slag.choices})
    initial: dict[str, Any] = {"in_use_from": clock.today(), "share": 100, "is_active": True}
    data, _files = posted(request)
    lang = request.kommune.maalform
    form = forms.OrdningForm(data, kind=kind, is_new=True, initial=initial, lang=lang)
    return _page(request, form, kind=kind)


@page(Act.RUN_ROUND)
@require_http_methods(["GET", "POST"])
def revise(request: ActorRequest, ordning_id: int) -> HttpResponse:
    """Show a scheme with its versions; what is saved becomes a new version."""
    ordning = get_object_or_404(Stotteordning, pk=ordning_id)
    last = queries.versions(ordning.name)[0]
    if last.pk != ordning.pk:
        return redirect("soknader:revise_scheme", last.pk)
    data, _files = posted(request)
    form = forms.OrdningForm(
        data,
        kind=ordning.kind,
        is_new=False,
        initial=forms.first_values(ordning),
        lang=ordning.lang,
    )
    return _page(request, form, kind=ordning.kind, ordning=ordning)


@page(Act.RUN_ROUND)
@require_http_methods(["GET", "POST"])
def choose(request: ActorRequest, pk: int) -> HttpResponse:
    """Choose the round's schemes, and the frames of schemes and sectors."""
    runde = get_object_or_404(runder.rounds(), pk=pk)
    applied = queries.applied(runde)
    data, _files = posted(request)
    form = forms.ChooseForm(
        data,
        runde=runde,
        ordninger=queries.offered_to(runde, applied, on=clock.today()),
        units=list(queries.units_for(runde)),
        initial=forms.chosen_values(applied, queries.unit_frames(runde)),
    )
    if form.is_bound and form.is_valid():
        with refusal_in(form):
            actions.choose(runde, form.choices(), form.frames(), by=request.actor)
            messages.success(request, _("Ordningene er lagret."))
            return redirect("soknader:round", runde.pk)
    return form_page(request, "soknader/set_schemes.html", form, runde=runde)


def _page(
    request: ActorRequest,
    form: forms.OrdningForm,
    *,
    kind: str,
    ordning: Stotteordning | None = None,
) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            _save(request, form, kind=kind, ordning=ordning)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            status = CONFLICT
        else:
            messages.success(
                request, _("Ordningen er lagret. Runder som har den fra før, endres ikke.")
            )
            return redirect("soknader:schemes")
    older = list(queries.versions(ordning.name)) if ordning else []
    context = {
        "form": form,
        "kind": Slag(kind).label,
        "ordning": ordning,
        "versions": [(each, ordningstekst.told(each)) for each in older],
    }
    return render(request, "soknader/ordning.html", context, status=status)


def _save(
    request: ActorRequest, form: forms.OrdningForm, *, kind: str, ordning: Stotteordning | None
) -> None:
    if ordning is None:
        actions.add(by=request.actor, kind=kind, **form.values())
    else:
        version = form.cleaned_data["version"] or 0
        actions.revise(ordning, version=version, by=request.actor, **form.values())
