"""A question waits for the applicant; the answer makes the application the leader's again."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler.oppgaver import Oppgave, Rad, Waiting, waiting
from kompetanse.varsler.paminnelser import Paminnelse, moments
from soknader.emails import sporsmal as emails
from soknader.models import Soknad
from soknader.queries import sporsmal as queries

KIND = "sporsmal.frist"


def duties(actor: Ansatt, on: date) -> Iterable[Waiting]:  # noqa: ARG001 (the registry's)
    if not access.is_looked_through(actor):
        yield waiting(
            queries.to_answer(actor), _answer, number="soknad", text="soknad__study",
            day="answer_by",
        )  # fmt: skip


def reminders(at: datetime) -> Iterable[Paminnelse]:
    """Yield the reminder the day before the answer is due, for each question that waits."""
    for asked in queries.due(clock.local_date(at)):
        message = emails.reminder(asked)
        for moment in moments(asked.answer_by, days=(1,)):
            yield Paminnelse(
                key=f"{KIND}:{asked.pk}:{moment.label}",
                kind=KIND,
                recipients=organisasjon.current().filter(pk=asked.soknad.ansatt_id),
                subject=message.subject,
                body=message.body,
                not_before=moment.not_before,
                expires=moment.expires,
            )


def _answer(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"sporsmal.answer:{rad.pk}",
        title=_("Svar på spørsmålet fra lederen: %(study)s") % {"study": Soknad(study=rad.text)},
        url=reverse("soknader:answer_question", args=[rad.number]),
        deadline=rad.day,
        text=_("Lederen trenger svaret før uttalelsen."),
    )
