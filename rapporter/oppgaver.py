"""Duties and reminders of the grant."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler.oppgaver import Oppgave
from rapporter.models import Tilskuddsordning, Tilskuddssoknad

AHEAD_DAYS = 60


def duties(actor: Ansatt, on: date) -> Iterator[Oppgave]:
    """Yield the grant applications that the actor should finish, from 60 days before."""
    if not access.may(actor, Act.PREPARE_GRANT):
        return
    sent = Tilskuddssoknad.objects.filter(status=Tilskuddssoknad.Status.SENT).values("ordning")
    for ordning in Tilskuddsordning.objects.exclude(pk__in=sent):
        if (ordning.ready_by - on).days <= AHEAD_DAYS:
            yield Oppgave(
                key=f"tilskudd:{ordning.pk}",
                title=_("Gjør ferdig søknaden om tilskudd for %(year)s") % {"year": ordning.year},
                url=reverse("rapporter:grants"),
                deadline=ordning.ready_by,
            )
