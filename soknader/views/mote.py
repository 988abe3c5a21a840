"""The list and its cases as they are projected in the meeting: large, no names, no free text."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from kompetanse.organisasjon.access import Act, ActorRequest, page
from soknader.forms.prioritering import number_in
from soknader.models import Soknadsrunde
from soknader.queries import prioritering as queries
from soknader.queries.prioritering import Rangering, Sak
from soknader.rules import prioritering as rules

# What a room can read without scrolling.
ROWS = 7


@page(Act.SEE_PRIORITIES)
@require_GET
def project(request: ActorRequest, runde_id: int) -> HttpResponse:
    """Show one case (`?sak=`) or a part of the list (`?side=`), for the whole room to read."""
    runde = get_object_or_404(queries.rounds_for(request.actor), pk=runde_id)
    listed = queries.ranked(runde, reader=rules.reader(request.actor, on_screen=True))
    soknad_id = number_in(request.GET, "sak")
    if soknad_id is None:
        return render(request, "soknader/mote_liste.html", _pages(request, runde, listed))
    sak = listed.find(soknad_id)
    if sak is None:
        raise Http404
    return render(request, "soknader/mote_sak.html", _case(runde, listed, sak))


def _pages(request: ActorRequest, runde: Soknadsrunde, listed: Rangering) -> dict[str, Any]:
    last = max(1, -(-len(listed.saker) // ROWS))
    above, told = queries.cut(listed.saker, listed.ramme)
    side = min(number_in(request.GET, "side") or 1, last)
    return {
        "runde": runde,
        "ramme": listed.ramme,
        "saker": listed.saker[(side - 1) * ROWS : side * ROWS],
        "cut_at": above + 1,
        "cut_says": told,
        "side": side,
        "last": last,
        "previous": side - 1 if side > 1 else None,
        "following": side + 1 if side < last else None,
    }


def _case(runde: Soknadsrunde, listed: Rangering, sak: Sak) -> dict[str, Any]:
    address = reverse("soknader:project", args=[runde.pk])
    return {
        "runde": runde,
        "ramme": listed.ramme,
        "sak": sak,
        "total": len(listed.saker),
        "is_over": sak.running > listed.ramme.budget,
        "previous": _at(listed.saker, sak.place - 2),
        "following": _at(listed.saker, sak.place),
        "list_url": f"{address}?side={-(-sak.place // ROWS)}",
    }


def _at(saker: Sequence[Sak], index: int) -> Sak | None:
    return saker[index] if 0 <= index < len(saker) else None
