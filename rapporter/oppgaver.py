"""Duties and reminders of the grant."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler.oppgaver import Oppgave, Rad, Waiting, waiting
from rapporter import rules
from rapporter.models import Fordeling, Tilskuddsordning, Tilskuddssoknad

AHEAD_DAYS = 60
# Whose scheme names no day for the distribution, does it in June. Source: Modum's wheel.
USUAL_MONTH, USUAL_DAY = 6, 30
S = Fordeling.Status
ORDNING = "svar__soknad__ordning"


def duties(actor: Ansatt, on: date) -> Iterator[Waiting]:
    """Yield what waits of the grant: to apply, to write the answer, to distribute, to approve."""
    if rules.may_prepare(actor):
        yield from _of_the_advisor(on)
    if rules.may_approve(actor):
        proposed = Fordeling.objects.filter(status=S.PROPOSED)
        yield _waiting(proposed, _approve, ORDNING)


def _of_the_advisor(on: date) -> Iterator[Waiting]:
    sent = Tilskuddssoknad.objects.filter(status=Tilskuddssoknad.Status.SENT)
    near = Tilskuddsordning.objects.filter(ready_by__lte=on + timedelta(days=AHEAD_DAYS))
    to_apply = near.exclude(pk__in=sent.values("ordning"))
    yield waiting(to_apply, _finish, number="year", day="ready_by")
    unanswered = sent.filter(svar__isnull=True, ordning__deadline__lt=on)
    yield waiting(unanswered, _answer, number="ordning__year")
    yield _waiting(Fordeling.objects.filter(status=S.DRAFT), _distribute, ORDNING)


def _waiting(rows: QuerySet[Fordeling], oppgave: Callable[[Rad], Oppgave], ordning: str) -> Waiting:
    """Return what to ask for of distributions; each is told by its application's id."""
    year = f"{ordning}__year"
    return waiting(rows, oppgave, pk="svar__soknad", number=year, day=f"{ordning}__distribute_by")


def _deadline(rad: Rad) -> date:
    return rad.day or date(rad.number, USUAL_MONTH, USUAL_DAY)


def _finish(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"tilskudd:{rad.pk}",
        title=_("Gjør ferdig søknaden om tilskudd for %(year)s") % {"year": rad.number},
        url=reverse("rapporter:grants"),
        deadline=rad.day,
    )


def _answer(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"tilskuddssvar:{rad.pk}",
        title=_("Før svaret på søknaden om tilskudd for %(year)s") % {"year": rad.number},
        url=reverse("rapporter:answer", args=[rad.pk]),
    )


def _distribute(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"fordeling:{rad.pk}",
        title=_("Fordel statstilskuddet for %(year)s") % {"year": rad.number},
        url=reverse("rapporter:distribution", args=[rad.pk]),
        deadline=_deadline(rad),
    )


def _approve(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"fordeling.approve:{rad.pk}",
        title=_("Godkjenn fordelingen av statstilskuddet for %(year)s") % {"year": rad.number},
        url=reverse("rapporter:distribution", args=[rad.pk]),
        deadline=_deadline(rad),
    )
