"""What waits for the employee, the leader and the advisor until applications are prioritised."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial

from django.db.models import Count, Exists, Min, OuterRef, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from kompetanse.skall.forside import PublicDeadline, Section
from kompetanse.varsler.oppgaver import Oppgave, Rad, Waiting, waiting
from soknader.models import Soknad, Soknadsrunde
from soknader.queries import runde as runder
from soknader.queries import soknad as queries
from soknader.queries import status
from soknader.queries import uttalelse as uttalelser

SHOWN_AHEAD = 30  # days


def duties(actor: Ansatt, on: date) -> Iterable[Waiting]:
    if not access.is_looked_through(actor):
        yield _drafts(actor, on)
    yield _apply(actor, on)
    if access.may(actor, Act.RECOMMEND):
        yield _statements(actor)
    if access.may(actor, Act.RUN_ROUND):
        yield _openings(on)


def public_deadline(on: date) -> PublicDeadline | None:
    """Return the open round's deadline, for the start page that anyone may see."""
    runde = runder.taking(clock.now())
    if runde is None or runde.deadline < on:
        return None
    return PublicDeadline(
        _("Søk om støtte til utdanning"),
        runder.deadline_moment(runde),
        reverse("soknader:public_announcement"),
    )


def own_applications(actor: Ansatt, on: date) -> Section | None:  # noqa: ARG001 (the registry's)
    """Return the front page's lines on what the actor has sent; for their eyes alone."""
    if access.is_looked_through(actor):
        return None
    sent = [soknad for soknad in queries.own(actor) if not soknad.is_draft][:5]
    if not sent:
        return None
    rows = [(soknad, status.standing(soknad)) for soknad in sent]
    return Section(_("Søknadene dine"), "soknader/_own_section.html", {"rows": rows}, order=20)


def _drafts(actor: Ansatt, on: date) -> Waiting:
    rows = runder.drafts_of(actor).filter(runde__in=runder.taking_on(on))
    return waiting(rows, _draft, text="study", day="runde__deadline")


def _draft(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"soknad.draft:{rad.pk}",
        title=_("Søknaden din er ikke sendt ennå: %(study)s") % {"study": Soknad(study=rad.text)},
        url=reverse("soknader:summary", args=[rad.pk]),
        deadline=rad.day,
    )


def _apply(actor: Ansatt, on: date) -> Waiting:
    """Ask for the round that takes applications in time, unless the actor has begun one."""
    begun = Exists(runder.has_applied(OuterRef("pk")).filter(ansatt=actor))
    first = runder.taking_from(actor, on=on).filter(deadline__gte=on).order_by("deadline")[:1]
    rounds = Soknadsrunde.objects.filter(pk__in=first.values("pk"))
    return waiting(rounds.exclude(begun), _to_apply, day="deadline")


def _to_apply(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"soknad.apply:{rad.pk}",
        title=_("Søk om støtte til utdanning"),
        url=reverse("soknader:announcement"),
        deadline=rad.day,
        text=_("Du velger selv om du vil søke."),
    )


def _statements(actor: Ansatt) -> Waiting:
    """Ask for how many wait, and the first of their deadlines: one row, or none."""
    together = uttalelser.awaiting_statement(actor).order_by().annotate(all=Value(1)).values("all")
    counted = together.annotate(waits=Count("pk"), first=Min("runde__leader_deadline"))
    return waiting(counted, _to_state, pk="all", number="waits", day="first")


def _to_state(rad: Rad) -> Oppgave:
    count = rad.number
    return Oppgave(
        key="soknad.recommend",
        title=ngettext("%(n)d søknad mangler uttalelse", "%(n)d søknader mangler uttalelse", count)
        % {"n": count},
        url=reverse("soknader:to_recommend"),
        deadline=rad.day,
    )


def _openings(on: date) -> Waiting:
    near = Soknadsrunde.objects.filter(
        status=Soknadsrunde.Status.DRAFT,
        deadline__gte=on,
        opens__lte=on + timedelta(days=SHOWN_AHEAD),
    )
    return waiting(near, partial(_to_open, on=on), number="year", text="kind", other_day="opens")


def _to_open(rad: Rad, *, on: date) -> Oppgave:
    name = str(Soknadsrunde(kind=rad.text, year=rad.number)).lower()
    return Oppgave(
        key=f"runde.open:{rad.pk}",
        title=_("Gjør klar og åpne %(name)s") % {"name": name},
        url=reverse("soknader:round", args=[rad.pk]),
        text=_opening(rad.other_day, on) if rad.other_day else "",
        starts=rad.other_day,
    )


def _opening(opens: date, on: date) -> str:
    """Return when the round opens; what is to open is not a deadline."""
    day = norsk.langdato(opens)
    if opens < on:
        return _("Skulle åpne %(day)s") % {"day": day}
    return _("Åpner %(day)s") % {"day": day}
