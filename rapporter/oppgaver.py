"""Duties and reminders of the grant."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler.oppgaver import Oppgave, Rad, Waiting, waiting
from rapporter.models import Tilskuddsordning, Tilskuddssoknad

AHEAD_DAYS = 60


def duties(actor: Ansatt, on: date) -> Iterator[Waiting]:
    """Yield the grant applications that the actor should finish, from 60 days before."""
    if not access.may(actor, Act.PREPARE_GRANT):
        return
    sent = Tilskuddssoknad.objects.filter(status=Tilskuddssoknad.Status.SENT).values("ordning")
    near = Tilskuddsordning.objects.filter(ready_by__lte=on + timedelta(days=AHEAD_DAYS))
    yield waiting(near.exclude(pk__in=sent), _finish, number="year", day="ready_by")


def _finish(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"tilskudd:{rad.pk}",
        title=_("Gjør ferdig søknaden om tilskudd for %(year)s") % {"year": rad.number},
        url=reverse("rapporter:grants"),
        deadline=rad.day,
    )
