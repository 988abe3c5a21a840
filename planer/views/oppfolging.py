"""A measure followed: its dates with sign-up, and its effect unit by unit."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, ActorRequest, page
from kompetanse.skall.charts import Chart
from kompetanse.skall.views.svar import form_page, make_once
from planer import documents, rules
from planer.actions import effekt as actions
from planer.forms.effekt import EffectForm, MeasurementForm
from planer.models import Tiltak
from planer.queries import arrangement
from planer.queries import effekt as queries


@require_GET
@page(Act.SEE_PLAN)
def read_dates_measure(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the measure's dates, and to leaders and executives what it has changed."""
    tiltak = _tiltak(pk)
    actor = request.actor
    sees_effect = access.may(actor, Act.SEE_OVERVIEW)
    context = {
        "tiltak": tiltak,
        "builds": list(tiltak.kompetanser.select_related("kompetanse")),
        "events": arrangement.of_measure(tiltak),
        "effects": _with_charts(queries.measured(tiltak)) if sees_effect else [],
        "sees_effect": sees_effect,
        "may_edit": rules.may_edit_tiltak(actor, tiltak),
        "may_measure": bool(rules.measure_scopes(actor)),
    }
    return render(request, "planer/dates_measure.html", context)


@require_http_methods(["GET", "POST"])
@page(Act.SEE_OVERVIEW)
def begin_effect_measure(request: ActorRequest, pk: int) -> HttpResponse:
    """Say what the measure shall change."""
    tiltak = _tiltak(pk)
    if not rules.may_edit_tiltak(request.actor, tiltak):
        raise PermissionDenied
    form = EffectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            effekt = actions.follow(tiltak, by=request.actor, **form.answers())
            return reverse("planer:measure_effect", args=[effekt.pk])

        return make_once(request, form, make, told=_("Før inn utgangspunktet for hver enhet."))
    return form_page(request, "planer/edit_effect.html", form, tiltak=tiltak)


@require_http_methods(["GET", "POST"])
@page(Act.SEE_OVERVIEW)
def measure_effect(request: ActorRequest, pk: int) -> HttpResponse:
    """Write a measurement in one of the reader's units."""
    effekt = get_object_or_404(queries.effects(), pk=pk)
    units = queries.units_of(request.actor)
    if not rules.measure_scopes(request.actor):
        raise PermissionDenied
    today = clock.today()
    form = MeasurementForm(request.POST or None, units=units, latest=today, initial={"on": today})
    if request.method == "POST" and form.is_valid():

        def make() -> str:
            answers = form.answers()
            actions.measure(effekt, answers.pop("enhet"), by=request.actor, **answers)
            return reverse("planer:read_dates_measure", args=[effekt.tiltak_id])

        return make_once(request, form, make, told=_("Målingen er lagret."))
    context = {"tiltak": effekt.tiltak, "effekt": effekt}
    return form_page(request, "planer/edit_effect.html", form, **context)


def _with_charts(effects: list[queries.Maalt]) -> list[tuple[queries.Maalt, Chart | None]]:
    """Return each effect with its picture, where some unit is measured."""
    return [(each, documents.effect_chart(each) if each.units else None) for each in effects]


def _tiltak(pk: int) -> Tiltak:
    tiltak: Tiltak = get_object_or_404(Tiltak.objects.select_related("enhet"), pk=pk)
    return tiltak
