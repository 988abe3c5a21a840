"""Verbs on meetings: arrange, change, put down who takes part."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse.errors import StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt
from planer import rules
from planer.models import Mote, Motedeltaker


@transaction.atomic
def arrange(*, title: str, held_on: date, place: str, minutes: str = "", by: Ansatt) -> Mote:
    """Put a meeting in the year's calendar.

    Raises:
        PermissionDenied: `by` does not arrange meetings.
    """
    _may_edit(by)
    mote: Mote = Mote.objects.create(title=title, held_on=held_on, place=place, minutes=minutes)
    audit.record("mote.arrange", mote, by=by)
    return mote


@transaction.atomic
def change(  # noqa: PLR0913 (one value for each question of the form)
    mote: Mote, *, version: int, title: str, held_on: date, place: str, minutes: str, by: Ansatt
) -> Mote:
    """Give the meeting new content, its minutes too.

    Raises:
        StaleError: someone else has changed it since `version`.
    """
    _may_edit(by)
    mote = Mote.objects.select_for_update().get(pk=mote.pk)
    if mote.version != version:
        raise StaleError(
            _("Noen andre endret møtet mens du skrev. Sjekk teksten din, og lagre en gang til.")
        )
    mote.version += 1
    mote.title, mote.held_on, mote.place, mote.minutes = title, held_on, place, minutes
    mote.save()
    audit.record("mote.change", mote, by=by)
    return mote


@transaction.atomic
def invite(mote: Mote, *, ansatt: Ansatt, capacity: str, by: Ansatt) -> Motedeltaker:
    """Put someone down as participant, in the capacity named; once more changes the capacity."""
    _may_edit(by)
    deltaker: Motedeltaker
    deltaker, _is_new = Motedeltaker.objects.update_or_create(
        mote=mote, ansatt=ansatt, defaults={"capacity": capacity}
    )
    audit.record("mote.invite", mote, by=by, ansatt_id=ansatt.pk)
    return deltaker


@transaction.atomic
def dismiss(deltaker: Motedeltaker, *, by: Ansatt) -> None:
    """Strike the participant from the meeting."""
    _may_edit(by)
    audit.record("mote.dismiss", deltaker.mote, by=by, ansatt_id=deltaker.ansatt_id)
    deltaker.delete()


def _may_edit(by: Ansatt) -> None:
    if not rules.may_edit_moter(by):
        raise PermissionDenied
