"""What the wheel asks of people: duties, reminders, and what comes next on the front page."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt, Rolle
from kompetanse.skall.forside import Section
from kompetanse.varsler import queries as varsler
from kompetanse.varsler.oppgaver import Oppgave, Rad, Waiting, waiting
from kompetanse.varsler.paminnelser import Paminnelse, moments
from planer import emails, rules
from planer.models import Aktivitet
from planer.queries import arshjul as queries

REMIND_BEFORE = (14, 7, 1)  # days


def duties(actor: Ansatt, on: date) -> Iterable[Waiting]:
    """Yield the activities of the actor's roles that are due within 30 days, or late."""
    yield waiting(
        queries.waiting_for(actor, on=on),
        _do,
        number="year",
        text=Concat("code", Value(" "), "title"),
        day="ends",
    )


def _do(rad: Rad) -> Oppgave:
    code, _space, title = rad.text.partition(" ")
    return Oppgave(
        key=f"arshjul:{rad.number}:{code}",
        title=title,
        url=f"{reverse('planer:read_wheel', args=[rad.number])}#aktivitet-{rad.pk}",
        deadline=rad.day,
        text=_("I årshjulet"),
    )


def reminders(at: datetime) -> Iterable[Paminnelse]:
    """Yield a reminder 14, 7 and 1 days before each activity, to the holders of its roles."""
    due = list(queries.to_remind(on=at.astimezone(clock.OSLO).date(), days=max(REMIND_BEFORE)))
    if not due:
        return
    address = varsler.address(due[0].kommune)
    for aktivitet in due:
        yield from _reminders_of(aktivitet, address=address)


def year_of_work(actor: Ansatt, on: date) -> Section | None:
    """Return the advisor's section of the front page: meetings held, and what comes next."""
    if not rules.may_edit_plans(actor):
        return None
    data = {
        "year": on.year,
        "meetings": queries.meeting_count(on.year, on=on),
        "ahead": queries.ahead(actor=actor, on=on),
    }
    return Section(_("Året ditt"), "planer/_year_of_work.html", data, order=60)


def year_ahead(actor: Ansatt, on: date) -> Section | None:
    """Return what comes next in the year, for all but the advisor, who has more of it."""
    if rules.may_edit_plans(actor):
        return None
    ahead = queries.ahead(actor=actor, on=on)
    if not ahead:
        return None
    data = {"year": on.year, "ahead": ahead}
    return Section(_("Neste i årshjulet"), "planer/_year_ahead.html", data, order=60)


def _reminders_of(aktivitet: Aktivitet, *, address: str) -> Iterable[Paminnelse]:
    koder = [Rolle.Kode(rolle.kode) for rolle in aktivitet.roller.all()]
    for moment in moments(aktivitet.ends, days=REMIND_BEFORE):
        yield Paminnelse(
            key=f"arshjul:{aktivitet.year}:{aktivitet.code}:{aktivitet.ends}:{moment.label}",
            kind="arshjul",
            recipients=organisasjon.holders(*koder),
            subject=emails.reminder_subject(aktivitet)[:200],
            body=emails.reminder_body(aktivitet, address=address),
            not_before=moment.not_before,
            expires=moment.expires,
        )
