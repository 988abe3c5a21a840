"""What waits while people study: to report each term, to confirm, to settle what is broken off."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler.oppgaver import Oppgave, Rad, Waiting, waiting
from kompetanse.varsler.paminnelser import HOUR, Paminnelse
from soknader.emails import avtale as emails
from soknader.oppgaver.avtale import NAME
from soknader.queries import avtale as avtaler
from soknader.queries import framdrift as queries
from soknader.rules import termin

KIND = "framdrift.frist"


def duties(actor: Ansatt, on: date) -> Iterable[Waiting]:
    yield _to_report(actor, on)
    if access.may(actor, Act.FILL_NEEDS):
        yield waiting(queries.to_confirm(actor), _confirm, text=NAME)
    if access.may(actor, Act.FOLLOW_CONTRACTS):
        yield waiting(avtaler.broken_off(actor), _settle, text=NAME)


def reminders(at: datetime) -> Iterable[Paminnelse]:
    """Yield the reminder of the newest term, for each study that lacks its report."""
    on = clock.local_date(at)
    term = termin.last_asked(on=on)
    due = termin.deadline(term)
    for soknad in queries.untold(queries.studying(), on=on).filter(starts__lte=term):
        message = emails.report_due(soknad)
        yield Paminnelse(
            key=f"{KIND}:{soknad.pk}:{term}",
            kind=KIND,
            recipients=organisasjon.current().filter(pk=soknad.ansatt_id),
            subject=message.subject,
            body=message.body,
            not_before=clock.start_of(term, hour=HOUR),
            expires=clock.end_of(due),
        )


def _to_report(actor: Ansatt, on: date) -> Waiting:
    due = termin.deadline(termin.last_asked(on=on))

    def report(rad: Rad) -> Oppgave:
        return Oppgave(
            key=f"framdrift.report:{rad.pk}",
            title=_("Meld hvordan det går med %(study)s") % {"study": rad.text},
            url=reverse("soknader:report_progress", args=[rad.pk]),
            deadline=due,
            text=_("Det tar ett minutt."),
        )

    return waiting(queries.to_report(actor, on=on), report, text="study")


def _confirm(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"framdrift.confirm:{rad.pk}",
        title=_("Bekreft at %(name)s har fullført studiet") % {"name": rad.text},
        url=reverse("soknader:confirm_study", args=[rad.pk]),
    )


def _settle(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"avtale.broken_off:{rad.pk}",
        title=_("%(name)s har avbrutt studiet: avgjør avtalen") % {"name": rad.text},
        url=reverse("soknader:contract", args=[rad.pk]),
    )
