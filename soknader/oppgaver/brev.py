"""What waits after the decisions: letters to send, letters to read, and a yes or a no."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Case, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler.oppgaver import Oppgave, Rad, Waiting, waiting
from soknader.models import Soknadsrunde
from soknader.queries import brev as queries
from soknader.queries import utsending


def duties(actor: Ansatt, on: date) -> Iterable[Waiting]:  # noqa: ARG001 (the registry's)
    yield _to_answer(actor)
    if access.may(actor, Act.SEND_LETTERS):
        yield _to_send()


def _to_answer(actor: Ansatt) -> Waiting:
    until = Coalesce("vedtak__accept_by", "vedtak__soknad__runde__accept_by")
    supported = Case(When(queries.GIVES_SUPPORT, then=until))
    return waiting(
        queries.unread_by(actor), _answer, number="vedtak__soknad", text="heading", day=supported
    )


def _answer(rad: Rad) -> Oppgave:
    reply, read = _("Les brevet og takk ja eller nei."), _("Les svarbrevet.")
    return Oppgave(
        key=f"brev.read:{rad.pk}",
        title=rad.text,
        url=reverse("soknader:own", args=[rad.number]),
        deadline=rad.day,
        text=reply if rad.day else read,
    )


def _to_send() -> Waiting:
    return waiting(utsending.rounds_to_send(), _send, number="year", text="kind", day="answer_by")


def _send(rad: Rad) -> Oppgave:
    name = str(Soknadsrunde(kind=rad.text, year=rad.number))
    return Oppgave(
        key=f"brev.send:{rad.pk}",
        title=_("Lag og send svarbrevene for %(round)s") % {"round": name},
        url=reverse("soknader:letters", args=[rad.pk]),
        deadline=rad.day,
    )
