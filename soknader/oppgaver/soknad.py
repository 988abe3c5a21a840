"""What waits for the employee, the leader and the advisor until applications are prioritised."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from kompetanse.skall.forside import PublicDeadline, Section
from kompetanse.varsler.oppgaver import Oppgave
from soknader.models import Soknadsrunde
from soknader.queries import runde as runder
from soknader.queries import soknad as queries
from soknader.queries import status
from soknader.rules import frist

SHOWN_AHEAD = 30


def duties(actor: Ansatt, on: date) -> Iterable[Oppgave]:
    yield from _drafts(actor)
    yield from _apply(actor)
    if access.may(actor, Act.RECOMMEND):
        yield from _statements(actor)
    if access.may(actor, Act.RUN_ROUND):
        yield from _openings(on)


def public_deadline(on: date) -> PublicDeadline | None:
    """Return the open round's deadline, for the start page that anyone may see."""
    runde = runder.taking(clock.now())
    if runde is None or runde.deadline < on:
        return None
    return PublicDeadline(_("Søk om støtte til utdanning"), runder.deadline_moment(runde))


def own_applications(actor: Ansatt, on: date) -> Section | None:  # noqa: ARG001 (the registry's)
    """Return the front page's lines on what the actor has sent."""
    sent = [soknad for soknad in queries.own(actor) if not soknad.is_draft][:5]
    if not sent:
        return None
    rows = [(soknad, status.standing(soknad)) for soknad in sent]
    return Section(_("Søknadene dine"), "soknader/_own_section.html", {"rows": rows}, order=20)


def _drafts(actor: Ansatt) -> Iterable[Oppgave]:
    for draft in runder.drafts_of(actor):
        if not frist.takes(draft.runde, at=clock.now()):
            continue
        yield Oppgave(
            key=f"soknad.draft:{draft.pk}",
            title=_("Søknaden din er ikke sendt ennå: %(study)s") % {"study": draft},
            url=reverse("soknader:summary", args=[draft.pk]),
            deadline=draft.runde.deadline,
        )


def _apply(actor: Ansatt) -> Iterable[Oppgave]:
    runde = runder.taking(clock.now())
    if runde is None or frist.is_late(runde, at=clock.now()):
        return
    if runder.has_applied(runde).filter(ansatt=actor).exists():
        return
    yield Oppgave(
        key=f"soknad.apply:{runde.pk}",
        title=_("Søk om støtte til utdanning"),
        url=reverse("soknader:announcement"),
        deadline=runde.deadline,
        text=_("Du velger selv om du vil søke."),
    )


def _statements(actor: Ansatt) -> Iterable[Oppgave]:
    deadlines = list(
        queries.awaiting_statement(actor).values_list("runde__leader_deadline", flat=True)
    )
    if not deadlines:
        return
    count = len(deadlines)
    yield Oppgave(
        key="soknad.recommend",
        title=ngettext("%(n)d søknad mangler uttalelse", "%(n)d søknader mangler uttalelse", count)
        % {"n": count},
        url=reverse("soknader:to_recommend"),
        deadline=min(deadlines),
    )


def _openings(on: date) -> Iterable[Oppgave]:
    drafts = Soknadsrunde.objects.filter(status=Soknadsrunde.Status.DRAFT, deadline__gte=on)
    for runde in drafts:
        if (runde.opens - on).days <= SHOWN_AHEAD:
            yield Oppgave(
                key=f"runde.open:{runde.pk}",
                title=_("Gjør klar og åpne %(name)s") % {"name": str(runde).lower()},
                url=reverse("soknader:round", args=[runde.pk]),
                text=_opening(runde, on),
                starts=runde.opens,
            )


def _opening(runde: Soknadsrunde, on: date) -> str:
    """Return when the round opens; what is to open is not a deadline."""
    day = norsk.langdato(runde.opens)
    if runde.opens < on:
        return _("Skulle åpne %(day)s") % {"day": day}
    return _("Åpner %(day)s") % {"day": day}
