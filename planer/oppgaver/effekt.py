"""Effects that are due to be measured again."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler.oppgaver import Oppgave, Rad, Waiting, waiting
from planer.queries import effekt as queries


def duties(actor: Ansatt, on: date) -> Iterable[Waiting]:
    """Yield the measurements of effect that are due again in units that the actor leads."""
    if not access.may(actor, Act.PLAN_MEASURES):
        return
    yield waiting(
        queries.due(actor, on=on),
        _measure,
        number="effekt",
        text=Concat("effekt__indicator", Value(", "), "enhet__name"),
        day="due",
    )


def _measure(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"effekt:{rad.number}:{rad.pk}",
        title=_("Mål igjen: %(what)s") % {"what": rad.text},
        url=reverse("planer:measure_effect", args=[rad.number]),
        deadline=rad.day,
        text=_("Effekten av et tiltak"),
    )
