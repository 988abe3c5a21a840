"""Verbs on leave of absence."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon import access, leave
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Permisjon

FULL = 100  # per cent


@transaction.atomic
def register(
    ansatt: Ansatt,
    *,
    kind: Permisjon.Kind,
    percentage: int,
    starts: date,
    ends: date | None,
    by: Ansatt,
) -> Permisjon:
    """Register a leave of 1–100 per cent from a day, until a day or until it is known.

    Raises:
        PermissionDenied: `by` does not keep leave for the unit.
        DomainError: the employee would be away more than fully, or it is registered already.
    """
    ansatt = _locked(ansatt, by=by)
    permisjon = Permisjon(ansatt=ansatt, kind=kind, percentage=percentage, starts=starts, ends=ends)
    _save(permisjon)
    audit.record("permisjon.register", permisjon, by=by, percentage=percentage)
    leave.changed(ansatt)
    return permisjon


@transaction.atomic
def change(permisjon: Permisjon, *, version: int, by: Ansatt, **answers: Any) -> Permisjon:
    """Change a leave: kind, percentage (1–100), starts and ends, as in `register`.

    Raises:
        PermissionDenied: `by` does not keep leave for the unit.
        StaleError: someone else changed it meanwhile.
        DomainError: the employee would be away more than fully.
    """
    _locked(permisjon.ansatt, by=by)
    permisjon.refresh_from_db()
    if permisjon.version != version:
        raise StaleError(_("Permisjonen er endret av en annen siden du åpnet den."))
    for name, value in answers.items():
        setattr(permisjon, name, value)
    permisjon.version += 1
    _save(permisjon)
    audit.record("permisjon.change", permisjon, by=by, percentage=permisjon.percentage)
    leave.changed(permisjon.ansatt)
    return permisjon


@transaction.atomic
def delete(permisjon: Permisjon, *, by: Ansatt) -> None:
    """Delete a leave that was registered by mistake; one that is deleted stays so.

    Raises:
        PermissionDenied: `by` does not keep leave for the unit.
    """
    _locked(permisjon.ansatt, by=by)
    if not Permisjon.objects.filter(pk=permisjon.pk).exists():
        return
    audit.record("permisjon.delete", permisjon, by=by)
    permisjon.delete()
    leave.changed(permisjon.ansatt)


def _locked(ansatt: Ansatt, *, by: Ansatt) -> Ansatt:
    locked: Ansatt = (
        Ansatt.objects.select_for_update(of=("self",)).select_related("enhet").get(pk=ansatt.pk)
    )
    if not access.may(by, Act.MANAGE_LEAVE, locked.enhet):
        raise PermissionDenied
    return locked


def _save(permisjon: Permisjon) -> None:
    if _away(permisjon) + permisjon.percentage > FULL:
        raise DomainError(
            _("Til sammen blir permisjonene mer enn 100 prosent i perioden. Se over datoene.")
        )
    try:
        with transaction.atomic():
            permisjon.save()
    except IntegrityError as error:
        raise DomainError(_("Den permisjonen er ført fra før.")) from error


def _away(permisjon: Permisjon) -> int:
    """Return how many per cent the other leaves take at most, on a day of this one."""
    others = list(
        Permisjon.objects.filter(ansatt=permisjon.ansatt_id)
        .filter(Q(ends__isnull=True) | Q(ends__gte=permisjon.starts))
        .exclude(pk=permisjon.pk)
        .exclude(starts__gt=permisjon.ends or date.max)
    )
    days = [permisjon.starts, *(max(other.starts, permisjon.starts) for other in others)]
    return max(sum(each.percentage for each in others if each.is_in_force(day)) for day in days)
