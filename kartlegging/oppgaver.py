"""What waits for a leader here: the needs form, and competence to confirm."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.db.models import Count, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kartlegging.queries import beholdning, behov, forslag, levering
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler.oppgaver import Oppgave, Rad, Waiting, waiting

# The forms are asked for from August, before the September meeting (the wheel of the plan).
OPENS_IN = 8


def duties(actor: Ansatt, on: date) -> Iterator[Waiting]:
    """Yield what the leader's duties are asked from; nothing for others."""
    if not access.may(actor, Act.FILL_NEEDS):
        return
    if on.month >= OPENS_IN:
        yield from _needs_forms(actor, behov.planning_year(on))
    yield _confirmations(actor)
    yield _proposals(actor)


def _needs_forms(actor: Ansatt, year: int) -> Iterator[Waiting]:
    """Ask for each form that the actor has not sent, from the autumn's start.

    Of the services further down, which have leaders of their own, one row tells how many are left.
    """
    services = levering.undelivered(levering.own(actor), year=year)
    led, day = access.scopes(actor, Act.FILL_NEEDS), behov.deadline_of(year)
    form = partial(_fill_in, year=year)
    yield waiting(services.filter(path__in=led), form, text="name", day=day)
    below = services.exclude(path__in=led).order_by().annotate(all=Value(1)).values("all")
    left = below.annotate(waits=Count("pk"))
    yield waiting(left, partial(_follow_up, year=year), pk="all", number="waits", day=day)


def _fill_in(rad: Rad, *, year: int) -> Oppgave:
    return Oppgave(
        key=f"behov:{year}:{rad.pk}",
        title=_("Fyll ut behovsskjema for %(enhet)s") % {"enhet": rad.text},
        url=reverse("kartlegging:needs_form", args=[year, rad.pk]),
        deadline=rad.day,
        text=_("Fem deler, omtrent 20 minutter"),
    )


def _follow_up(rad: Rad, *, year: int) -> Oppgave:
    title = ngettext(
        "%(n)d virksomhet har ikke sendt behovsskjema",
        "%(n)d virksomheter har ikke sendt behovsskjema",
        rad.number,
    )
    return Oppgave(
        key=f"behov:{year}:under",
        title=title % {"n": rad.number},
        url=reverse("kartlegging:needs_of_year", args=[year]),
        deadline=rad.day,
        text=_("Se hvem som mangler, eller fyll ut for dem"),
    )


def _confirmations(actor: Ansatt) -> Waiting:
    """Ask for how many wait to be confirmed: one row, or none."""
    rows = beholdning.awaiting_confirmation(actor).order_by().annotate(all=Value(1)).values("all")
    return waiting(rows.annotate(waits=Count("pk")), _confirm, pk="all", number="waits")


def _proposals(actor: Ansatt) -> Waiting:
    """Ask for how many proposals from courses wait: one row, or none."""
    rows = forslag.awaiting(actor).order_by().annotate(all=Value(1)).values("all")
    return waiting(rows.annotate(waits=Count("pk")), _decide, pk="all", number="waits")


def _decide(rad: Rad) -> Oppgave:
    title = ngettext(
        "Bekreft %(n)d kompetanse fra kurs og introduksjon",
        "Bekreft %(n)d kompetanser fra kurs og introduksjon",
        rad.number,
    )
    return Oppgave(
        key="forslag:bekreft",
        title=title % {"n": rad.number},
        url=f"{reverse('kartlegging:waiting')}#kurs",
    )


def _confirm(rad: Rad) -> Oppgave:
    title = ngettext(
        "Bekreft %(n)d kompetanse som en ansatt har meldt",
        "Bekreft %(n)d kompetanser som ansatte har meldt",
        rad.number,
    )
    return Oppgave(
        key="beholdning:bekreft",
        title=title % {"n": rad.number},
        url=reverse("kartlegging:waiting"),
    )
