"""A place that was declined comes to the group's desk, with the next on the waiting list."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler.oppgaver import Oppgave, Rad, Waiting, waiting
from soknader.queries import venteliste as queries


def duties(actor: Ansatt, on: date) -> Iterable[Waiting]:  # noqa: ARG001 (the registry's)
    if not access.may(actor, Act.DECIDE):
        return
    yield waiting(queries.declined(), _free, number="soknad__runde", text="soknad__number")
    yield waiting(queries.next_in_line(), _offer, number="soknad__runde", text="soknad__number")


def _free(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"venteliste.free:{rad.pk}",
        title=_("Sak %(number)s har takket nei: frigi pengene") % {"number": rad.text},
        url=reverse("soknader:replace", args=[rad.number, rad.pk]),
        text=_("Da kan neste på ventelista få plassen."),
    )


def _offer(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"venteliste.offer:{rad.pk}",
        title=_("Sak %(number)s står først på ventelista: vurder å gi plassen")
        % {"number": rad.text},
        url=reverse("soknader:replace", args=[rad.number, rad.pk]),
        text=_("Noen har takket nei, og det er penger igjen av rammen."),
    )
