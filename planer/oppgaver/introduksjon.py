"""Steps of introductions and new employees: duties, and a reminder of each step."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler.oppgaver import Oppgave, Rad, Waiting, waiting
from kompetanse.varsler.paminnelser import Paminnelse
from planer import emails
from planer.queries import introduksjonssteg, nyansatt

REMIND_BEFORE = timedelta(days=3)
REMIND_AT = 8  # o'clock


def duties(actor: Ansatt, on: date) -> Iterable[Waiting]:
    """Yield the actor's steps of introductions, and new employees whom nobody has decided for."""
    yield waiting(
        introduksjonssteg.waiting_for(actor, on=on),
        _step,
        number="introduksjon",
        text="title",
        day="due_on",
    )
    if access.may(actor, Act.PLAN_MEASURES):
        yield waiting(
            nyansatt.newcomers(actor, on=on),
            _begin,
            text=Concat("first_name", Value(" "), "last_name"),
            day="new_from",
        )


def reminders(at: datetime) -> Iterable[Paminnelse]:
    """Yield a reminder three days before each step of an introduction, to the one who does it."""
    day = at.astimezone(clock.OSLO).date() + REMIND_BEFORE
    for steg in introduksjonssteg.due_on(day):
        subject, body = emails.step_reminder(steg)
        yield Paminnelse(
            key=f"introduksjonssteg:{steg.pk}:{steg.due_on}",
            kind="introduksjon",
            recipients=introduksjonssteg.doers(steg),
            subject=subject[:200],
            body=body,
            not_before=clock.start_of(day - REMIND_BEFORE, hour=REMIND_AT),
            expires=clock.end_of(day),
        )


def _step(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"introduksjonssteg:{rad.pk}",
        title=rad.text,
        url=reverse("planer:read_introduction", args=[rad.number]),
        deadline=rad.day,
        text=_("Introduksjon av ny ansatt"),
    )


def _begin(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"introduksjon:{rad.pk}",
        title=_("Sett i gang introduksjon for %(name)s") % {"name": rad.text},
        url=reverse("planer:start_introduction", args=[rad.pk]),
        starts=rad.day,
        text=_("Ny ansatt. Forslaget er klart."),
    )
