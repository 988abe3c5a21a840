"""The needs of all units in three kinds: what is mobilised, what is learnt, what is acquired."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kartlegging.queries import samlet as queries
from kompetanse.organisasjon.access import Act, ActorRequest, page
from planer import rules as plan_rules


@page(Act.SEE_GAP)
@require_GET
def by_kind(request: ActorRequest, year: int) -> HttpResponse:
    """Show the needs that are sent in, and let a measure be made from each in a chosen way."""
    kinds = queries.by_kind(request.actor, year=year)
    context = {
        "year": year,
        "kinds": kinds,
        "is_empty": not any(kind.needs for kind in kinds),
        "may_plan": bool(plan_rules.measure_scopes(request.actor)),
    }
    return render(request, "kartlegging/needs_by_kind.html", context)
