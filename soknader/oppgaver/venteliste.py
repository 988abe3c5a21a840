"""A place that nobody took comes to the group's desk, with the next on the waiting list.

The employee is reminded before the day for a yes; the day after it the support falls away.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse import clock, jobs
from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from kompetanse.varsler.oppgaver import Oppgave, Rad, Waiting, waiting
from kompetanse.varsler.paminnelser import Paminnelse, moments
from soknader.emails import plass as emails
from soknader.jobs import LAPSE_PLACES
from soknader.queries import venteliste as queries

KIND = "takkefrist"
DAYS = (7, 3, 1)
GRACE = timedelta(minutes=10)
_BETWEEN = "|"


def duties(actor: Ansatt, on: date) -> Iterable[Waiting]:
    if not access.may(actor, Act.DECIDE):
        return
    yield waiting(queries.declined(), _free, number="soknad__runde", text="soknad__number")
    numbers = Concat(
        Cast("soknad__number", CharField()), Value(_BETWEEN), Cast("left", CharField())
    )
    yield waiting(queries.next_in_line(on), _offer, number="soknad__runde", text=numbers)


def reminders(at: datetime) -> Iterable[Paminnelse]:
    """Yield the reminders to say yes or no, of every offer that waits for it."""
    waits = queries.offered().filter(until__gte=clock.local_date(at))
    for vedtak in waits.select_related("soknad__runde", "soknad__kommune"):
        message = emails.answer_due(vedtak.soknad, day=vedtak.until)
        for moment in moments(vedtak.until, days=DAYS):
            yield Paminnelse(
                key=f"{KIND}:{vedtak.pk}:{moment.label}",
                kind=KIND,
                recipients=organisasjon.current().filter(pk=vedtak.soknad.ansatt_id),
                subject=message.subject,
                body=message.body,
                not_before=moment.not_before,
                expires=moment.expires,
            )


def wake(at: datetime) -> None:
    """Let the offers that nobody answered in time fall away, by a task of their own.

    Some minutes after midnight, so that a yes of the last second is not overtaken on its way.
    """
    if queries.overdue(clock.local_date(at - GRACE)).exists():
        jobs.enqueue(LAPSE_PLACES)


def _free(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"venteliste.free:{rad.pk}",
        title=_("Sak %(number)s har takket nei etter utbetaling: frigi resten")
        % {"number": rad.text},
        url=reverse("soknader:replace", args=[rad.number, rad.pk]),
        text=_("Da kan neste på ventelista få plassen."),
    )


def _offer(rad: Rad) -> Oppgave:
    number, left = rad.text.split(_BETWEEN)
    return Oppgave(
        key=f"venteliste.offer:{rad.pk}",
        title=_("Sak %(number)s står først på ventelista: vurder å gi plassen")
        % {"number": number},
        url=reverse("soknader:replace", args=[rad.number, rad.pk]),
        text=_("En plass ble ikke tatt imot. Det er %(left)s igjen av rammen.")
        % {"left": norsk.kroner(int(left))},
    )
