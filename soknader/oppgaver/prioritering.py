"""What waits for the group, those who decide and the unions, from the deadline to the answers."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Rolle
from kompetanse.skall import norsk
from kompetanse.varsler.oppgaver import Oppgave, Rad, Waiting, waiting
from kompetanse.varsler.paminnelser import Paminnelse, moments
from soknader.emails import prioritering as emails
from soknader.models import Soknadsrunde
from soknader.queries import prioritering as queries
from soknader.queries import settestedfortreder
from soknader.queries import vedtak as vedtak_queries
from soknader.rules import prioritering as rules

KIND = "svarfrist"
# Nearer than the wheel's own reminders, and only while decisions are missing.
DAYS = (5, 2)


def duties(actor: Ansatt, on: date) -> Iterable[Waiting]:
    yield waiting(settestedfortreder.named(actor), _decide_named, number="soknad__number")
    if access.may(actor, Act.NAME_DECIDER):
        yield waiting(settestedfortreder.unnamed(), _name_decider, number="soknad__number")
    if not access.may(actor, Act.SEE_PRIORITIES):
        return
    if access.may(actor, Act.RUN_ROUND):
        yield _to_start(actor, on)
    prioritising = queries.rounds_for(actor).filter(status=Soknadsrunde.Status.PRIORITISING)
    counted = prioritising.annotate(undrafted=vedtak_queries.undrafted_count())
    if access.may(actor, Act.PRIORITISE):
        yield _to_prioritise(counted.filter(undrafted__gt=0))
    elif rules.is_union(actor):
        yield _to_read(prioritising.filter(meeting_on__gte=on))
    if access.may(actor, Act.DECIDE):
        yield _to_decide(counted.filter(undrafted=0), actor)


def reminders(at: datetime) -> Iterable[Paminnelse]:
    """Yield the advisors' reminders that answers are due, for rounds that lack decisions."""
    advisors, on = organisasjon.holders(Rolle.Kode.FAGRADGIVER), clock.local_date(at)
    for runde in Soknadsrunde.objects.filter(status__in=_BEFORE, answer_by__gte=on):
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


def _decide_named(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"settestedfortreder.decide:{rad.pk}",
        title=_("Avgjør sak %(number)s som settestedfortreder") % {"number": rad.number},
        url=reverse("soknader:decide_named", args=[rad.pk]),
    )


def _name_decider(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"settestedfortreder.name:{rad.pk}",
        title=_("Pek ut hvem som avgjør sak %(number)s") % {"number": rad.number},
        url=reverse("soknader:name_decider", args=[rad.pk]),
        text=_("Alle som kan vedta saken, er inhabile."),
    )


def _to_start(actor: Ansatt, on: date) -> Waiting:
    closed = queries.rounds_for(actor).filter(status=Soknadsrunde.Status.OPEN, deadline__lt=on)
    return waiting(closed, _start, number="year", text="kind", day="meeting_on")


def _start(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"runde.start:{rad.pk}",
        title=_("Start prioriteringen av %(runde)s") % {"runde": _name(rad)},
        url=reverse("soknader:rank", args=[rad.pk]),
        deadline=rad.day,
    )


def _to_prioritise(rounds: QuerySet[Soknadsrunde]) -> Waiting:
    return waiting(rounds, _prioritise, number="undrafted", day="meeting_on")


def _prioritise(rad: Rad) -> Oppgave:
    title = ngettext("Prioriter %(number)d søknad", "Prioriter %(number)d søknader", rad.number)
    meeting = norsk.langdato(rad.day) if rad.day else ""
    return Oppgave(
        key=f"runde.prioritise:{rad.pk}",
        title=title % {"number": rad.number},
        url=reverse("soknader:rank", args=[rad.pk]),
        deadline=rad.day,
        text=_("Møte %(meeting)s. Disse har ikke fått utkast til vedtak.") % {"meeting": meeting},
    )


def _to_read(rounds: QuerySet[Soknadsrunde]) -> Waiting:
    return waiting(rounds, _read, day="meeting_on")


def _read(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"runde.read:{rad.pk}",
        title=_("Les prioriteringslisten før møtet"),
        url=reverse("soknader:rank", args=[rad.pk]),
        deadline=rad.day,
        text=_("Du kan kommentere hver sak, og føre uenighet."),
    )


def _to_decide(rounds: QuerySet[Soknadsrunde], actor: Ansatt) -> Waiting:
    """Ask for rounds where all have a draft and the actor is impartial in at least one case.

    How many the actor may decide is told by the page itself, which knows the actor's leaders too.
    """
    able = Exists(vedtak_queries.undecided_by(actor).filter(soknad__runde=OuterRef("pk")))
    return waiting(rounds.filter(able), _decide, number="year", text="kind", day="answer_by")


def _decide(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"runde.decide:{rad.pk}",
        title=_("Vedta sakene i %(runde)s") % {"runde": _name(rad)},
        url=reverse("soknader:decisions", args=[rad.pk]),
        deadline=rad.day,
        text=_("Alle sakene har utkast til vedtak."),
    )


def _name(rad: Rad) -> str:
    return str(Soknadsrunde(kind=rad.text, year=rad.number)).lower()
