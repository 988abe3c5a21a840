"""Courses that one has a place at: duties, and a reminder the day before."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from kompetanse.varsler.oppgaver import Oppgave, Rad, Waiting, waiting
from kompetanse.varsler.paminnelser import Paminnelse
from planer import emails
from planer.models import Arrangement
from planer.queries import arrangement as queries

COURSES_AHEAD = timedelta(days=30)
REMIND_AT = 8  # o'clock, the day before an event


def duties(actor: Ansatt, on: date) -> Iterable[Waiting]:
    """Yield the courses of the next month that the actor has a place at."""
    coming = queries.coming_of(actor, since=on).filter(on__lte=on + COURSES_AHEAD)
    planned = coming.filter(status=Arrangement.Status.PLANNED).order_by()
    yield waiting(planned, _attend, text="title", day="on")


def _attend(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"kurs:{rad.pk}",
        title=_("Kurs: %(title)s") % {"title": rad.text},
        url=reverse("planer:read_event", args=[rad.pk]),
        starts=rad.day,
        text=_("Du har plass %(day)s.") % {"day": norsk.langdato(rad.day)},
    )


def reminders(at: datetime) -> Iterable[Paminnelse]:
    """Yield a reminder the day before each event, to those who have a place."""
    for event in queries.tomorrows(at.astimezone(clock.OSLO).date() + timedelta(days=1)):
        subject, body = emails.reminder_of_event(event)
        yield Paminnelse(
            key=f"arrangement:{event.pk}:{event.on}:i-morgen",
            kind="arrangement",
            recipients=queries.signed(event),
            subject=subject[:200],
            body=body,
            not_before=clock.start_of(event.on - timedelta(days=1), hour=REMIND_AT),
            expires=event.starts_at,
        )
