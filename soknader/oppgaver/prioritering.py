"""What waits for the group, those who decide and the unions, from the deadline to the answers."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Rolle
from kompetanse.skall import norsk
from kompetanse.varsler.oppgaver import Oppgave
from kompetanse.varsler.paminnelser import Paminnelse, moments
from soknader.emails import prioritering as emails
from soknader.models import Soknadsrunde
from soknader.queries import prioritering as queries
from soknader.queries import vedtak as vedtak_queries
from soknader.rules import prioritering as rules

KIND = "svarfrist"
# Nearer than the wheel's own reminders, and only while decisions are missing.
DAYS = (5, 2)


def duties(actor: Ansatt, on: date) -> Iterable[Oppgave]:
    if not access.may(actor, Act.SEE_PRIORITIES):
        return
    for runde in queries.rounds_for(actor).filter(status__in=_BEFORE):
        yield from _of(runde, actor, on)


def reminders(at: datetime) -> Iterable[Paminnelse]:
    """Yield the advisors' reminders that answers are due, for rounds that lack decisions."""
    advisors = organisasjon.holders(Rolle.Kode.FAGRADGIVER)
    for runde in Soknadsrunde.objects.filter(status__in=_BEFORE, answer_by__gte=at.date()):
        message = emails.decisions_missing(runde)
        for moment in moments(runde.answer_by, days=DAYS):
            yield Paminnelse(
                key=f"{KIND}:{runde.answer_by}:{moment.label}",
                kind=KIND,
                recipients=advisors,
                subject=message.subject,
                body=message.body,
                not_before=moment.not_before,
                expires=moment.expires,
            )


_BEFORE = (Soknadsrunde.Status.OPEN, Soknadsrunde.Status.PRIORITISING)


def _of(runde: Soknadsrunde, actor: Ansatt, on: date) -> Iterable[Oppgave]:
    if not rules.is_prioritising(runde):
        yield from _start(runde, actor, on)
        return
    undrafted = len(vedtak_queries.undrafted(runde))
    if access.may(actor, Act.PRIORITISE) and undrafted:
        yield _prioritise(runde, undrafted)
    elif rules.is_union(actor) and on <= runde.meeting_on:
        yield _read(runde)
    if access.may(actor, Act.DECIDE) and not undrafted:
        yield from _decide(runde, actor)


def _start(runde: Soknadsrunde, actor: Ansatt, on: date) -> Iterable[Oppgave]:
    if access.may(actor, Act.RUN_ROUND) and on > runde.deadline:
        yield Oppgave(
            key=f"runde.start:{runde.pk}",
            title=_("Start prioriteringen av %(runde)s") % {"runde": str(runde).lower()},
            url=reverse("soknader:rank", args=[runde.pk]),
            deadline=runde.meeting_on,
        )


def _prioritise(runde: Soknadsrunde, number: int) -> Oppgave:
    title = ngettext("Prioriter %(number)d søknad", "Prioriter %(number)d søknader", number)
    meeting = norsk.langdato(runde.meeting_on)
    return Oppgave(
        key=f"runde.prioritise:{runde.pk}",
        title=title % {"number": number},
        url=reverse("soknader:rank", args=[runde.pk]),
        deadline=runde.meeting_on,
        text=_("Møte %(meeting)s. Disse har ikke fått utkast til vedtak.") % {"meeting": meeting},
    )


def _read(runde: Soknadsrunde) -> Oppgave:
    return Oppgave(
        key=f"runde.read:{runde.pk}",
        title=_("Les prioriteringslisten før møtet"),
        url=reverse("soknader:rank", args=[runde.pk]),
        deadline=runde.meeting_on,
        text=_("Du kan kommentere hver sak, og føre uenighet."),
    )


def _decide(runde: Soknadsrunde, actor: Ansatt) -> Iterable[Oppgave]:
    number = len(vedtak_queries.ready(runde, actor=actor).mine)
    if number:
        title = ngettext("Vedta %(number)d sak", "Vedta %(number)d saker", number)
        yield Oppgave(
            key=f"runde.decide:{runde.pk}",
            title=title % {"number": number},
            url=reverse("soknader:decisions", args=[runde.pk]),
            deadline=runde.answer_by,
        )
