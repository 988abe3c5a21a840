"""What waits for a leader here: the needs form, and competence to confirm."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kartlegging.queries import beholdning, behov
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler.oppgaver import Oppgave


def duties(actor: Ansatt, on: date) -> Iterator[Oppgave]:
    """Yield the leader's duties; three queries, none for others."""
    if not access.may(actor, Act.FILL_NEEDS):
        return
    yield from _needs_forms(actor, on)
    yield from _confirmations(actor)


def _needs_forms(actor: Ansatt, on: date) -> Iterator[Oppgave]:
    """Yield a duty for each service whose form the actor has not sent, from the autumn's start."""
    if on.month < OPENS_IN:
        return
    year = behov.planning_year(on)
    due = behov.deadline(year)
    for line in behov.leveringer(behov.own(actor), year=year, due=due):
        if line.is_expected and not line.is_submitted:
            yield Oppgave(
                key=f"behov:{year}:{line.enhet_id}",
                title=_("Fyll ut behovsskjema for %(enhet)s") % {"enhet": line.enhet},
                url=reverse("kartlegging:needs_form", args=[year, line.enhet_id]),
                deadline=due,
                text=_("Fem deler, omtrent 20 minutter"),
            )


def _confirmations(actor: Ansatt) -> Iterator[Oppgave]:
    waiting = beholdning.awaiting_confirmation(actor).count()
    if waiting:
        yield Oppgave(
            key="beholdning:bekreft",
            title=ngettext(
                "Bekreft %(n)d kompetanse som en ansatt har meldt",
                "Bekreft %(n)d kompetanser som ansatte har meldt",
                waiting,
            )
            % {"n": waiting},
            url=reverse("kartlegging:waiting"),
        )


# The forms are asked for from August, before the September meeting (the wheel of the plan).
OPENS_IN = 8
