"""What the views of this app know of a request, and how they get a unit past the guard."""

from collections.abc import Callable

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from kartlegging import rules
from kompetanse.kommuner.models import Kommune
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt, Enhet

UNPROCESSABLE = 422
CONFLICT = 409


class ActorRequest(HttpRequest):
    """A request behind `@page`: one Kommune is active, and the Ansatt is known."""

    actor: Ansatt
    kommune: Kommune


def unit(enhet_id: int, *, actor: Ansatt, rule: Callable[[Ansatt, Enhet], bool]) -> Enhet:
    """Return the unit when the rule lets the actor.

    Raises:
        Http404: the Kommune has no such unit.
        PermissionDenied: it has, but not for this actor.
    """
    enhet: Enhet = get_object_or_404(organisasjon.tree(), pk=enhet_id)
    rules.require(rule(actor, enhet))
    return enhet
