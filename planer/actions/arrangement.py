"""Verbs on events: arrange, change, cancel, sign up and off, attendance, questionnaire."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon import learned
from kompetanse.organisasjon.learned import Lesson
from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler import actions as varsler
from planer import emails, rules
from planer.actions import oppmote
from planer.models import Arrangement, Kurssvar, Pamelding
from planer.workflow import arrangement as workflow

P = Pamelding.Status
HOLDS_SEAT = (P.SIGNED, P.ATTENDED, P.ABSENT)


@transaction.atomic
def arrange(*, by: Ansatt, **values: Any) -> Arrangement:
    """Put an event in the calendar.

    Raises:
        PermissionDenied: `by` does not plan for those it is for.
    """
    if not rules.may_plan_for(by, values.get("enhet")):
        raise PermissionDenied
    arrangement: Arrangement = Arrangement.objects.create(**values)
    audit.record("arrangement.arrange", arrangement, by=by)
    return arrangement


@transaction.atomic
def change(arrangement: Arrangement, *, version: int, by: Ansatt, **values: Any) -> Arrangement:
    """Give the event new content; more seats let in those who wait.

    Raises:
        StaleError: someone else has changed it since `version`.
        TransitionError: it is held or cancelled.
    """
    arrangement = _locked(arrangement)
    workflow.check("edit", arrangement, by=by)
    if not rules.may_plan_for(by, values.get("enhet")):
        raise PermissionDenied
    if arrangement.version != version:
        raise StaleError(
            _("Noen andre endret arrangementet. Sjekk svarene dine, og lagre en gang til.")
        )
    for name, value in values.items():
        setattr(arrangement, name, value)
    arrangement.version += 1
    arrangement.save()
    audit.record("arrangement.change", arrangement, by=by)
    _let_in(arrangement)
    return arrangement


@transaction.atomic
def cancel(arrangement: Arrangement, *, by: Ansatt) -> Arrangement:
    """Cancel the event, and tell everyone who has a place or waits for one."""
    arrangement = _locked(arrangement)
    workflow.check("cancel", arrangement, by=by)
    arrangement.status = Arrangement.Status.CANCELLED
    arrangement.version += 1
    arrangement.save(update_fields=["status", "version"])
    audit.record("arrangement.cancel", arrangement, by=by)
    for pamelding in _rows(arrangement, P.SIGNED, P.WAITING):
        _tell(pamelding, "avlyst", emails.cancelled)
    return arrangement


@transaction.atomic
def sign_up(arrangement: Arrangement, ansatt: Ansatt, *, by: Ansatt, at: datetime) -> Pamelding:
    """Give the employee a place, or a place in the queue when it is full; again changes nothing.

    Raises:
        PermissionDenied: it is not for the employee, or `by` may not sign the employee up.
        DomainError: sign-up is over.
    """
    arrangement = _locked(arrangement)
    if not rules.may_sign_up(ansatt, arrangement, by=by):
        raise PermissionDenied
    if not rules.takes_sign_ups(arrangement, at=at):
        raise DomainError(_("Påmeldingen er stengt."))
    known = arrangement.pameldinger.filter(ansatt=ansatt).first()
    if known is not None and known.status != P.WITHDRAWN:
        return known
    pamelding = known or Pamelding(arrangement=arrangement, ansatt=ansatt)
    pamelding.status = P.SIGNED if _has_room(arrangement) else P.WAITING
    pamelding.at, pamelding.by = at, by
    pamelding.save()
    audit.record("pamelding.sign_up", pamelding, by=by, status=pamelding.status)
    return pamelding


@transaction.atomic
def withdraw(pamelding: Pamelding, *, by: Ansatt, at: datetime) -> Pamelding:
    """Give up the place; the first in the queue gets it and is told.

    Raises:
        PermissionDenied: it is someone else's, whom `by` does not plan for.
        DomainError: the event has begun.
    """
    arrangement = _locked(pamelding.arrangement)
    pamelding = Pamelding.objects.select_related("ansatt__enhet").get(pk=pamelding.pk)
    if not rules.may_sign_up(pamelding.ansatt, arrangement, by=by):
        raise PermissionDenied
    if at >= arrangement.starts_at:
        raise DomainError(_("Arrangementet har begynt. Ta kontakt med den som arrangerer."))
    if pamelding.status in {P.SIGNED, P.WAITING}:
        pamelding.status = P.WITHDRAWN
        pamelding.save(update_fields=["status"])
        audit.record("pamelding.withdraw", pamelding, by=by)
        _let_in(arrangement)
    return pamelding


@transaction.atomic
def attend(
    arrangement: Arrangement,
    present: Collection[int],
    *,
    by: Ansatt,
    how: Pamelding.How = Pamelding.How.ORGANISER,
) -> Arrangement:
    """Write down who was there, by id of Ansatt; others with a place were not. Can be mended.

    What the event builds of competence is proposed for those who were there.

    Raises:
        TransitionError: it is cancelled.
        PermissionDenied: `by` does not plan for those it is for.
    """
    arrangement = _locked(arrangement)
    workflow.check("attend", arrangement, by=by)
    arrangement.status = Arrangement.Status.HELD
    arrangement.version += 1
    arrangement.save(update_fields=["status", "version"])
    seated = arrangement.pameldinger.filter(status__in=HOLDS_SEAT)
    there, away = seated.filter(ansatt__in=present), seated.exclude(ansatt__in=present)
    there.filter(met_at__isnull=True).update(met_at=clock.now(), met_how=how)
    there.update(status=P.ATTENDED)
    away.update(status=P.ABSENT, met_at=None, met_how="")
    audit.record("arrangement.attend", arrangement, by=by, present=len(present), how=str(how))
    _tell_learned(arrangement)
    return arrangement


@transaction.atomic
def meet(arrangement: Arrangement, *, code: str, by: Ansatt, at: datetime) -> Pamelding:
    """Take from someone in the room that they are there, by the code on the wall.

    Who has not signed up gets a place when there is room.

    Raises:
        DomainError: it is not going on, the code is wrong or old, or it is full.
        PermissionDenied: it is not for the employee.
    """
    arrangement = _locked(arrangement)
    if not rules.is_for(by, arrangement):
        raise PermissionDenied
    if not rules.is_meeting_now(arrangement, at=at):
        raise DomainError(_("Du kan bare melde deg mens arrangementet varer."))
    oppmote.check(arrangement, code, by=by, at=at)
    pamelding = arrangement.pameldinger.filter(ansatt=by).first()
    if pamelding is None or pamelding.status not in HOLDS_SEAT:
        if not _has_room(arrangement):
            raise DomainError(_("Det er fullt. Si fra til den som arrangerer."))
        pamelding = pamelding or Pamelding(arrangement=arrangement, ansatt=by, by=by, at=at)
    if pamelding.status != P.ATTENDED or pamelding.pk is None:
        pamelding.status, pamelding.met_at = P.ATTENDED, at
        pamelding.met_how = Pamelding.How.PHONE
        pamelding.save()
        audit.record("pamelding.meet", pamelding, by=by)
    return pamelding


@transaction.atomic
def evaluate(pamelding: Pamelding, *, by: Ansatt, **answers: Any) -> None:
    """Take one questionnaire from someone who was there. What was answered carries no name.

    Raises:
        PermissionDenied: `by` was not there.
        DomainError: the person has answered already.
    """
    pamelding = Pamelding.objects.select_for_update().get(pk=pamelding.pk)
    if pamelding.ansatt_id != by.pk or pamelding.status != P.ATTENDED:
        raise PermissionDenied
    if pamelding.has_evaluated:
        raise DomainError(_("Du har svart på denne evalueringen før. Takk!"))
    pamelding.has_evaluated = True
    pamelding.save(update_fields=["has_evaluated"])
    Kurssvar.objects.create(arrangement_id=pamelding.arrangement_id, **answers)


def _tell_learned(arrangement: Arrangement) -> None:
    """Tell who should have learned what the event teaches."""
    if arrangement.kompetanse is None or arrangement.level is None:
        return
    there = arrangement.pameldinger.filter(status=P.ATTENDED).values_list("ansatt", flat=True)
    learned.tell(
        list(there),
        Lesson(
            origin=f"arrangement:{arrangement.pk}",
            title=arrangement.title,
            kompetanse=arrangement.kompetanse,
            level=arrangement.level,
            on=arrangement.on,
        ),
    )


def _has_room(arrangement: Arrangement) -> bool:
    taken = arrangement.pameldinger.filter(status__in=HOLDS_SEAT).count()
    return not arrangement.seats or taken < arrangement.seats


def _let_in(arrangement: Arrangement) -> None:
    """Give free seats to those who have waited longest."""
    for pamelding in _rows(arrangement, P.WAITING):
        if not _has_room(arrangement):
            return
        pamelding.status = P.SIGNED
        pamelding.save(update_fields=["status"])
        audit.record("pamelding.let_in", pamelding, by=None)
        _tell(pamelding, "plass", emails.let_in)


def _tell(pamelding: Pamelding, kind: str, mail: Any) -> None:
    subject, body = mail(pamelding.arrangement, pamelding.ansatt)
    # Who signs up anew does so at another moment, and is told anew.
    moment = int(pamelding.at.timestamp())
    varsler.notify(
        key=f"arrangement:{pamelding.arrangement_id}:{kind}:{pamelding.pk}:{moment}",
        kind="arrangement",
        to=pamelding.ansatt,
        subject=subject,
        body=body,
    )


def _rows(arrangement: Arrangement, *statuses: str) -> list[Pamelding]:
    rows = arrangement.pameldinger.filter(status__in=statuses).order_by("at", "pk")
    return list(rows.select_related("ansatt", "arrangement"))


def _locked(arrangement: Arrangement) -> Arrangement:
    locked: Arrangement = (
        Arrangement.objects.select_for_update(of=("self",))
        .select_related("enhet", "kompetanse")
        .get(pk=arrangement.pk)
    )
    return locked
