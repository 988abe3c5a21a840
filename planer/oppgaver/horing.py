"""Hearings that wait for an answer."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler.oppgaver import Oppgave, Rad, Waiting, waiting
from planer.queries import horing as queries


def duties(actor: Ansatt, on: date) -> Iterable[Waiting]:
    """Yield the hearings that the actor has not answered, for a unit or a union."""
    rows = queries.waiting_for(actor, on=on)
    yield waiting(rows, _answer, text=queries.title(), day="until")


def _answer(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"horing:{rad.pk}",
        title=_("Svar på høringen om %(plan)s") % {"plan": rad.text},
        url=reverse("planer:read_hearing", args=[rad.pk]),
        deadline=rad.day,
    )
