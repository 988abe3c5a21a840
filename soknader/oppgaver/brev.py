"""What waits after the decisions: letters to send, letters to read, and a yes or a no."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler.oppgaver import Oppgave
from soknader.models import Soknadsrunde, Svarbrev
from soknader.queries import brev as queries


def duties(actor: Ansatt, on: date) -> Iterable[Oppgave]:  # noqa: ARG001 (the registry's)
    yield from (_to_answer(brev) for brev in queries.unread_by(actor))
    if access.may(actor, Act.SEND_LETTERS):
        yield from _to_send()


def _to_answer(brev: Svarbrev) -> Oppgave:
    soknad = brev.vedtak.soknad
    gives_support = brev.vedtak.gives_support
    return Oppgave(
        key=f"brev.read:{brev.pk}",
        title=brev.heading,
        url=reverse("soknader:own", args=[soknad.pk]),
        deadline=soknad.runde.accept_by if gives_support else None,
        text=_("Les brevet og takk ja eller nei.") if gives_support else _("Les svarbrevet."),
    )


def _to_send() -> Iterable[Oppgave]:
    for runde in Soknadsrunde.objects.filter(status=Soknadsrunde.Status.DECIDED):
        yield Oppgave(
            key=f"brev.send:{runde.pk}",
            title=_("Lag og send svarbrevene for %(round)s") % {"round": runde},
            url=reverse("soknader:letters", args=[runde.pk]),
            deadline=runde.answer_by,
        )
