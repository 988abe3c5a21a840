"""Duties and reminders of the grant."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler.oppgaver import Oppgave, Rad, Waiting, waiting
from rapporter import rules
from rapporter.models import (
    Fordeling,
    Innsending,
    Tilskuddsordning,
    Tilskuddsrapport,
    Tilskuddssoknad,
    Tilskuddssvar,
)

AHEAD_DAYS = 60
# Whose scheme names no day for the distribution, does it in June. Source: Modum's wheel.
USUAL_MONTH, USUAL_DAY = 6, 30
S, P = Fordeling.Status, Innsending.Status
ORDNING, SCHEME = "svar__soknad__ordning", "soknad__ordning"
OF_REPORT = {
    "pk": "svar__soknad", "number": f"{ORDNING}__year", "day": f"{ORDNING}__report_by",
}  # fmt: skip


def duties(actor: Ansatt, on: date) -> Iterator[Waiting]:
    """Yield what waits of the grant: apply, sign, answer, distribute, approve, report."""
    if rules.may_prepare(actor):
        yield from _of_the_advisor(on)
    if rules.may_sign(actor):
        yield from _of_the_signer()
    if rules.may_approve(actor):
        proposed = Fordeling.objects.filter(status=S.PROPOSED)
        yield _waiting(proposed, _approve, ORDNING)


def _of_the_advisor(on: date) -> Iterator[Waiting]:
    sent = Tilskuddssoknad.objects.filter(status=P.SENT)
    near = Tilskuddsordning.objects.filter(ready_by__lte=on + timedelta(days=AHEAD_DAYS))
    written = Tilskuddssoknad.objects.exclude(status=P.DRAFT)
    to_apply = near.exclude(pk__in=written.values("ordning"))
    yield waiting(to_apply, _finish, number="year", day="ready_by")
    approved = Tilskuddssoknad.objects.filter(status=P.APPROVED)
    yield waiting(approved, _send, number="ordning__year", day="ordning__deadline")
    unanswered = sent.filter(svar__isnull=True, ordning__deadline__lt=on)
    yield waiting(unanswered, _answer, number="ordning__year")
    yield _waiting(Fordeling.objects.filter(status=S.DRAFT), _distribute, ORDNING)
    yield from _of_the_report(on)


def _of_the_report(on: date) -> Iterator[Waiting]:
    reported = Tilskuddsrapport.objects.exclude(status=P.DRAFT).values("svar")
    near = Tilskuddssvar.objects.filter(
        soknad__ordning__report_by__lte=on + timedelta(days=AHEAD_DAYS)
    )
    to_report = near.exclude(pk__in=reported)
    day = {"number": f"{SCHEME}__year", "day": f"{SCHEME}__report_by"}
    yield waiting(to_report, _report, pk="soknad", **day)
    approved = Tilskuddsrapport.objects.filter(status=P.APPROVED)
    yield waiting(approved, _send_report, **OF_REPORT)


def _of_the_signer() -> Iterator[Waiting]:
    proposed = Tilskuddssoknad.objects.filter(status=P.PROPOSED)
    yield waiting(proposed, _sign, number="ordning__year", day="ordning__deadline")
    reports = Tilskuddsrapport.objects.filter(status=P.PROPOSED)
    yield waiting(reports, _sign_report, **OF_REPORT)


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


def _sign(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"tilskudd.approve:{rad.pk}",
        title=_("Godkjenn søknaden om statstilskudd for %(year)s") % {"year": rad.number},
        url=reverse("rapporter:grant", args=[rad.pk]),
        deadline=rad.day,
    )


def _send(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"tilskudd.send:{rad.pk}",
        title=_("Send den godkjente søknaden om tilskudd for %(year)s") % {"year": rad.number},
        url=reverse("rapporter:grant", args=[rad.pk]),
        deadline=rad.day,
    )


def _report(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"tilskuddsrapport:{rad.pk}",
        title=_("Rapporter på statstilskuddet for %(year)s") % {"year": rad.number},
        url=reverse("rapporter:report", args=[rad.pk]),
        deadline=rad.day,
    )


def _sign_report(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"tilskuddsrapport.approve:{rad.pk}",
        title=_("Godkjenn rapporten om statstilskudd for %(year)s") % {"year": rad.number},
        url=reverse("rapporter:report", args=[rad.pk]),
        deadline=rad.day,
    )


def _send_report(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"tilskuddsrapport.send:{rad.pk}",
        title=_("Send den godkjente rapporten om tilskudd for %(year)s") % {"year": rad.number},
        url=reverse("rapporter:report", args=[rad.pk]),
        deadline=rad.day,
    )
