"""How the views of this app get a unit past the guard."""

from collections.abc import Callable

from django.shortcuts import get_object_or_404

from kartlegging import rules
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt, Enhet


def unit(enhet_id: int, *, actor: Ansatt, rule: Callable[[Ansatt, Enhet], bool]) -> Enhet:
    """Return the unit when the rule lets the actor.

    Raises:
        Http404: the Kommune has no such unit.
        PermissionDenied: it has, but not for this actor.
    """
    enhet: Enhet = get_object_or_404(organisasjon.tree(), pk=enhet_id)
    rules.require(rule(actor, enhet))
    return enhet
