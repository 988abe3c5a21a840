"""The steps of introductions, read: which are the actor's to tick, and who does each."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Rolle
from planer.models import Ansvar, Introduksjon, Introduksjonssteg
from planer.queries import introduksjon as plans
from planer.queries.nyansatt import nearest_led

# A step is a duty so long before its day.
AHEAD = timedelta(days=7)


def visible_to(actor: Ansatt) -> QuerySet[Introduksjonssteg]:
    return Introduksjonssteg.objects.filter(
        introduksjon__in=plans.visible_to(actor).values("pk")
    ).select_related("introduksjon__ansatt__enhet", "introduksjon__fadder", "kompetanse")


def waiting_for(actor: Ansatt, *, on: date) -> QuerySet[Introduksjonssteg]:
    """Return the steps that are the actor's and have their day within a week, or are late."""
    mine = (
        Q(role=Ansvar.EMPLOYEE, introduksjon__ansatt=actor)
        | Q(role=Ansvar.SPONSOR, introduksjon__fadder=actor)
        | Q(role=Ansvar.LEADER)
        & ~Q(introduksjon__ansatt=actor)
        & nearest_led(actor, ansatt="introduksjon__ansatt", enhet="introduksjon__ansatt__enhet")
    )
    if access.has_role(actor, Rolle.Kode.PERSONALSJEF):
        mine |= Q(role=Ansvar.HR) & access.within(
            actor, Act.FOLLOW_INTRODUCTION, enhet="introduksjon__ansatt__enhet"
        )
    return _open_steps().filter(mine, due_on__lte=on + AHEAD)


def due_on(day: date) -> QuerySet[Introduksjonssteg]:
    """Return the open steps of the day, with all whom a reminder of them goes to."""
    return _open_steps().filter(due_on=day).select_related("introduksjon__ansatt__enhet")


def doers(steg: Introduksjonssteg) -> QuerySet[Ansatt]:
    """Return who is to do the step: one person with a deputy, or those who head HR."""
    introduksjon = steg.introduksjon
    if steg.role == Ansvar.HR:
        return organisasjon.holders(Rolle.Kode.PERSONALSJEF)
    if steg.role == Ansvar.LEADER:
        leader = organisasjon.leader_for(introduksjon.ansatt)
        return organisasjon.with_deputies([leader.pk] if leader else [])
    doer = introduksjon.ansatt_id if steg.role == Ansvar.EMPLOYEE else introduksjon.fadder_id
    return organisasjon.current().filter(pk=doer)


def _open_steps() -> QuerySet[Introduksjonssteg]:
    return Introduksjonssteg.objects.filter(
        done_on__isnull=True,
        introduksjon__status=Introduksjon.Status.ONGOING,
        introduksjon__ansatt__in=organisasjon.current(),
    )
