"""A measure: new, changed, and carried on from last year."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.views.svar import change_page, form_page, make_once
from planer import rules
from planer.actions import opplaring as actions
from planer.forms.tiltak import AddMeasureForm, CarryForm, MeasureForm, initial_of
from planer.models import Tiltak
from planer.queries import evaluering, valg
from planer.queries import tiltak as queries

# Answers that a gap, a need or another page may give the form of a new measure in the address.
PREFILLED = (
    "theme", "need", "fokusomrade", "enhet", "half", "kind", "way", "participants", "timing",
    "target_group", "responsible", "arena", "fee", "own",
)  # fmt: skip
# Who knows one competence, or the level it needs, says it by these names.
COMPETENCE = {"kompetanse": "kompetanse1", "niva": "niva1"}


@require_http_methods(["GET", "POST"])
@page(Act.SEE_PLAN)
def add_measure(request: ActorRequest, year: int) -> HttpResponse:
    """Ask for a new measure; what is known already comes in the address."""
    paths = paths_or_403(request)
    offered = _offered(request, paths, year)
    initial = _own_unit(offered) | _prefilled(request.GET)
    form = AddMeasureForm(request.POST or None, initial=initial, **offered)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            tiltak = actions.add(form.measure(year=year), by=request.actor)
            return row_url(tiltak)

        return make_once(request, form, make, told=_("Tiltaket er lagt i opplæringsplanen."))
    return form_page(request, "planer/add_measure.html", form, year=year)


@require_http_methods(["GET", "POST"])
@page(Act.SEE_PLAN)
def edit_measure(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask for all there is of a measure; one that is part of a common measure is changed there."""
    paths = paths_or_403(request)
    tiltak = get_object_or_404(queries.by_id(), pk=pk)
    if not rules.may_edit_tiltak(request.actor, tiltak):
        raise PermissionDenied
    initial = initial_of(
        tiltak, amounts=queries.amounts_of(tiltak), competences=queries.competences_of(tiltak)
    )
    form = MeasureForm(
        request.POST or None,
        version=tiltak.version,
        initial=initial,
        **_offered(request, paths, tiltak.year),
    )

    def save() -> str:
        measure = form.measure(year=tiltak.year)
        actions.change(tiltak, measure, version=form.seen_version, by=request.actor)
        return row_url(tiltak)

    return change_page(
        request,
        "planer/edit_measure.html",
        form,
        save,
        told=_("Tiltaket er lagret."),
        tiltak=tiltak,
        changes=evaluering.changes_of(tiltak),
    )


@require_http_methods(["GET", "POST"])
@page(Act.SEE_PLAN)
def carry_measures(request: ActorRequest, year: int) -> HttpResponse:
    """Plan last year's measures anew: all that were not carried already can be ticked."""
    paths_or_403(request)
    offered = queries.to_carry(request.actor, to=year)
    form = CarryForm(request.POST or None, offered=offered)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            actions.carry(form.cleaned_data["tiltak"], year=year, by=request.actor)
            return reverse("planer:read_training", args=[year])

        return make_once(request, form, make, told=_("Tiltakene er med i planen."))
    context = {"year": year, "is_empty": not offered.exists()}
    return form_page(request, "planer/carry_measures.html", form, **context)


def row_url(tiltak: Tiltak) -> str:
    """Return the address of the measure's row in the plan of its year."""
    return f"{reverse('planer:read_training', args=[tiltak.year])}#tiltak-{tiltak.pk}"


def paths_or_403(request: ActorRequest) -> list[str]:
    """Return the paths of the units that the actor plans measures for; 403 for who plans none."""
    paths = rules.measure_scopes(request.actor)
    if not paths:
        raise PermissionDenied
    return paths


def _offered(request: ActorRequest, paths: list[str], year: int) -> dict[str, Any]:
    return {
        "offered": valg.of_measure(paths),
        "is_common": rules.may_edit_plans(request.actor),
        "back_url": reverse("planer:read_training", args=[year]),
    }


def _own_unit(offered: dict[str, Any]) -> dict[str, Any]:
    """Return the leader's own unit, the first of those offered; who plans for all has none."""
    units = offered["offered"].units
    return {} if offered["is_common"] or not units else {"enhet": units[0][0]}


def _prefilled(query: QueryDict) -> dict[str, Any]:
    given = {name: query[name] for name in PREFILLED if query.get(name)}
    given |= {field: query[name] for name, field in COMPETENCE.items() if query.get(name)}
    return {"half": Tiltak.Halvar.SPRING} | given
