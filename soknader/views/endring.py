"""What has been done in the prioritising, and undone: the last thing, or several steps back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from kompetanse.errors import StaleError
from kompetanse.organisasjon.access import Act, ActorRequest, page
from soknader.actions import endring as actions
from soknader.models import Endring, Soknadsrunde
from soknader.queries import endring as queries
from soknader.queries import prioritering as ranking
from soknader.rules import prioritering as rules
from soknader.views.prioritering import list_page, list_url

ON_CASE = frozenset({Endring.Kind.DRAFT, Endring.Kind.POINTS, Endring.Kind.REASON})


@page(Act.PRIORITISE)
@require_GET
def log(request: ActorRequest, runde_id: int) -> HttpResponse:
    """List what has been done, the last first, each with a way back to before it."""
    runde = _runde(request, runde_id)
    context = {
        "runde": runde,
        "done": queries.log(runde, reader=request.actor),
        "is_open": rules.is_prioritising(runde),
        "most": queries.MOST_SHOWN,
    }
    return render(request, "soknader/prioritering_endringer.html", context)


@page(Act.PRIORITISE)
@require_POST
def undo(request: ActorRequest, runde_id: int, endring_id: int) -> HttpResponse:
    runde = _runde(request, runde_id)
    endring = get_object_or_404(Endring.objects.filter(runde=runde), pk=endring_id)
    try:
        actions.undo(endring, by=request.actor)
    except StaleError as stale:
        return list_page(request, runde, fault=stale)
    messages.success(request, _("Angret: %(what)s") % {"what": endring.text})
    if endring.kind in ON_CASE and "fra-listen" not in request.POST:
        return redirect("soknader:weigh", runde_id, endring.soknad_id)
    return redirect(list_url(request, runde))


@page(Act.PRIORITISE)
@require_POST
def undo_back_to(request: ActorRequest, runde_id: int, endring_id: int) -> HttpResponse:
    """Undo the change and all that the actor has done since."""
    runde = _runde(request, runde_id)
    endring = get_object_or_404(Endring.objects.filter(runde=runde), pk=endring_id)
    try:
        number = actions.undo_back_to(endring, by=request.actor)
    except StaleError as stale:
        return list_page(request, runde, fault=stale)
    told = ngettext("Angret %(number)d endring.", "Angret %(number)d endringer.", number)
    messages.success(request, told % {"number": number})
    return redirect("soknader:changes", runde_id)


def _runde(request: ActorRequest, runde_id: int) -> Soknadsrunde:
    runde: Soknadsrunde = get_object_or_404(ranking.rounds_for(request.actor), pk=runde_id)
    return runde
