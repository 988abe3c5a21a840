"""Verbs on meetings: arrange, change, call, cancel, begin, rise, and who takes part."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError, TransitionError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from planer import rules
from planer.actions import innkalling
from planer.models import Aktivitet, Mote, Motedeltaker
from planer.queries import mote as queries
from planer.queries import moteinnhold
from planer.workflow import mote as workflow

S = Mote.Status
# A change of one of these is told to those who are called, and moves the entry in their calendars.
TOLD = ("title", "held_on", "begins", "ends", "place")


@transaction.atomic
def arrange(  # noqa: PLR0913 (one value for each question of the form)
    *,
    title: str,
    held_on: date,
    place: str,
    begins: time | None = None,
    ends: time | None = None,
    aktivitet: Aktivitet | None = None,
    by: Ansatt,
) -> Mote:
    """Put a meeting in the year's calendar; one of the wheel's gets the wheel's participants.

    Raises:
        PermissionDenied: `by` does not arrange meetings.
    """
    if not rules.may_edit_moter(by):
        raise PermissionDenied
    mote: Mote = Mote.objects.create(
        title=title, held_on=held_on, place=place, begins=begins, ends=ends, aktivitet=aktivitet
    )
    audit.record("mote.arrange", mote, by=by)
    if aktivitet is not None:
        _put_down(mote, [by, *queries.called_by(aktivitet)], by=by)
    return mote


@transaction.atomic
def change(mote: Mote, *, version: int, by: Ansatt, **values: Any) -> Mote:
    """Give the meeting a new time, place or name; those who are called are told.

    Raises:
        StaleError: someone else has changed it since `version`.
        TransitionError: the meeting has begun, is held or cancelled.
    """
    mote = locked(mote)
    workflow.check("change", mote, by=by)
    if mote.version != version:
        raise StaleError(
            _("Noen andre endret møtet mens du skrev. Sjekk teksten din, og lagre en gang til.")
        )
    is_moved = any(getattr(mote, name) != value for name, value in values.items() if name in TOLD)
    for name, value in values.items():
        setattr(mote, name, value)
    mote.version += 1
    mote.save()
    audit.record("mote.change", mote, by=by)
    if is_moved and mote.status == S.INVITED:
        innkalling.change(mote)
    return mote


@transaction.atomic
def call(mote: Mote, *, by: Ansatt) -> Mote:
    """Send the invitation, with a calendar file, to all who are put down.

    Raises:
        DomainError: nobody is put down, or nobody knows when it begins.
        TransitionError: the invitation is sent, or the meeting is over.
    """
    mote = locked(mote)
    step = workflow.check("call", mote, by=by)
    lacks = workflow.lacks_to_call(mote, people=mote.deltakere.count())
    if lacks:
        raise DomainError(lacks)
    mote.status = step.leads_to(mote.status)
    mote.save(update_fields=["status"])
    told = innkalling.call(mote)
    audit.record("mote.call", mote, by=by, count=told)
    return mote


@transaction.atomic
def cancel(mote: Mote, *, by: Ansatt) -> Mote:
    """Cancel the meeting; those who are called are told, and their calendars too."""
    mote = locked(mote)
    step = workflow.check("cancel", mote, by=by)
    was_called = mote.status == S.INVITED
    mote.status = step.leads_to(mote.status)
    mote.save(update_fields=["status"])
    audit.record("mote.cancel", mote, by=by)
    if was_called:
        innkalling.cancel(mote)
    return mote


@transaction.atomic
def begin(mote: Mote, *, by: Ansatt) -> Mote:
    """Start the meeting: how the lists stand is remembered for the minutes.

    Raises:
        DomainError: its day has not come.
    """
    mote = _step("begin", mote, by=by)
    mote.opened_at = clock.now()
    mote.save(update_fields=["opened_at"])
    for kilde in moteinnhold.kilder():
        kilde.begun(mote)
    return mote


@transaction.atomic
def rise(mote: Mote, *, by: Ansatt) -> Mote:
    """End the meeting: what it did is remembered, and its duty in the wheel can be ticked off.

    Raises:
        DomainError: its day has not come.
    """
    mote = _step("rise", mote, by=by)
    mote.closed_at = clock.now()
    mote.save(update_fields=["closed_at"])
    for kilde in moteinnhold.kilder():
        kilde.risen(mote)
    return mote


@transaction.atomic
def invite(mote: Mote, *, ansatt: Ansatt, capacity: str, by: Ansatt) -> Motedeltaker:
    """Put someone down as participant, in the capacity named; once more changes the capacity.

    When the invitation is out, the person gets it at once.
    """
    mote = locked(mote)
    _may_set_up(mote, by=by)
    deltaker: Motedeltaker
    deltaker, is_new = Motedeltaker.objects.update_or_create(
        mote=mote, ansatt=ansatt, defaults={"capacity": capacity}
    )
    audit.record("mote.invite", mote, by=by, ansatt_id=ansatt.pk)
    if is_new and mote.status == S.INVITED:
        innkalling.call(mote, only=ansatt)
    return deltaker


@transaction.atomic
def dismiss(deltaker: Motedeltaker, *, by: Ansatt) -> None:
    """Strike the participant from the meeting, and from the person's calendar."""
    mote = locked(deltaker.mote)
    _may_set_up(mote, by=by)
    audit.record("mote.dismiss", mote, by=by, ansatt_id=deltaker.ansatt_id)
    ansatt = deltaker.ansatt
    deltaker.delete()
    if mote.status == S.INVITED:
        innkalling.cancel(mote, only=ansatt)


def locked(mote: Mote) -> Mote:
    found: Mote = Mote.objects.select_for_update().get(pk=mote.pk)
    return found


def _step(name: str, mote: Mote, *, by: Ansatt) -> Mote:
    mote = locked(mote)
    step = workflow.check(name, mote, by=by)
    if clock.today() < mote.held_on:
        day = norsk.langdato(mote.held_on)
        raise DomainError(_("Møtet er %(day)s. Endre datoen om det holdes nå.") % {"day": day})
    mote.status = step.leads_to(mote.status)
    mote.save(update_fields=["status"])
    audit.record(f"mote.{name}", mote, by=by)
    return mote


def _may_set_up(mote: Mote, *, by: Ansatt) -> None:
    """Raise unless `by` may change who takes part; also after the meeting, until it is cancelled.

    Raises:
        PermissionDenied, TransitionError
    """
    if not rules.may_edit_moter(by):
        raise PermissionDenied
    if mote.is_cancelled:
        raise TransitionError(_("Møtet er avlyst."))


def _put_down(mote: Mote, people: Iterable[Ansatt], *, by: Ansatt) -> None:
    found = list({each.pk: each for each in people}.values())
    capacity = queries.capacities(found)
    Motedeltaker.objects.bulk_create(
        Motedeltaker(mote=mote, ansatt=each, capacity=capacity.get(each.pk, "")) for each in found
    )
    audit.record("mote.invite_roles", mote, by=by, count=len(found))
