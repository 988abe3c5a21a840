"""Verbs on presence: who came, who did not, and who came instead."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse.errors import DomainError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt
from planer.actions import innkalling
from planer.actions.mote import locked
from planer.models import Mote, Motedeltaker
from planer.workflow import mote as workflow

Attendance, Absence = Motedeltaker.Attendance, Motedeltaker.Absence
AWAY = (Attendance.ABSENT, Attendance.DEPUTY)


@dataclass(frozen=True, slots=True)
class Presence:
    """What is said of one participant; `absence` and `deputy` only of who is away."""

    attendance: str
    absence: str = ""
    deputy: Ansatt | None = None


@transaction.atomic
def attend(mote: Mote, *, told: Mapping[int, Presence], by: Ansatt) -> None:
    """Write down the presence of the participants, by the id of their row.

    Raises:
        DomainError: a deputy is missing, or is called to the meeting already.
        TransitionError, PermissionDenied: it cannot be written down now, or not by `by`.
    """
    mote = locked(mote)
    workflow.check("attend", mote, by=by)
    rows = Motedeltaker.objects.filter(mote=mote, pk__in=told)
    called = set(Motedeltaker.objects.filter(mote=mote).values_list("ansatt_id", flat=True))
    for deltaker in rows:
        _write(deltaker, told[deltaker.pk], called=called)
    audit.record("mote.attend", mote, by=by, count=len(told))


@transaction.atomic
def decline(
    deltaker: Motedeltaker, *, absence: str, deputy: Ansatt | None = None, by: Ansatt
) -> Motedeltaker:
    """Say that oneself cannot come, and who comes instead; the deputy gets the invitation.

    Raises:
        PermissionDenied: it is someone else's place.
        DomainError: the meeting is over, or the deputy is called already.
    """
    mote = locked(deltaker.mote)
    if deltaker.ansatt_id != by.pk:
        raise PermissionDenied
    if mote.status not in {Mote.Status.PLANNED, Mote.Status.INVITED}:
        raise DomainError(_("Møtet er begynt, så den som leder det, fører oppmøtet."))
    called = set(Motedeltaker.objects.filter(mote=mote).values_list("ansatt_id", flat=True))
    attendance = Attendance.DEPUTY if deputy else Attendance.ABSENT
    _write(deltaker, Presence(attendance, absence, deputy), called=called)
    audit.record("motedeltaker.decline", deltaker, by=by)
    if deputy is not None and mote.status == Mote.Status.INVITED:
        innkalling.call(mote, only=deputy)
    return deltaker


def _write(deltaker: Motedeltaker, told: Presence, *, called: set[int]) -> None:
    is_away = told.attendance in AWAY
    has_deputy = told.attendance == Attendance.DEPUTY
    if has_deputy and told.deputy is None:
        raise DomainError(_("Velg hvem som møter som vara."))
    if has_deputy and told.deputy and told.deputy.pk in called:
        name = told.deputy.full_name
        raise DomainError(_("%(name)s er innkalt selv, og kan ikke være vara.") % {"name": name})
    deltaker.attendance = told.attendance
    deltaker.absence = (told.absence or Absence.OTHER) if is_away else ""
    deltaker.deputy = told.deputy if has_deputy else None
    deltaker.save(update_fields=["attendance", "absence", "deputy"])
