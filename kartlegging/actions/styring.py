"""Verbs on the year's guidance."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kartlegging import rules
from kartlegging.models import Styringssignal
from kompetanse.errors import StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt


@transaction.atomic
def write(*, year: int, by: Ansatt, **answers: Any) -> Styringssignal:
    """Write down a signal for the year: horizon, source, what it asks, and the focus area.

    Raises:
        PermissionDenied: `by` neither leads a service nor is the advisor.
    """
    rules.require(rules.may_guide(by))
    signal: Styringssignal = Styringssignal.objects.create(year=year, by=by, **answers)
    audit.record("styringssignal.write", signal, by=by, year=year)
    return signal


@transaction.atomic
def change(signal: Styringssignal, *, version: int, by: Ansatt, **answers: Any) -> Styringssignal:
    """Change a signal.

    Raises:
        PermissionDenied: `by` neither leads a service nor is the advisor.
        StaleError: someone else changed it meanwhile.
    """
    signal = _locked(signal, version=version, by=by)
    for name, value in answers.items():
        setattr(signal, name, value)
    signal.version += 1
    signal.save(update_fields=["version", *answers])
    audit.record("styringssignal.change", signal, by=by)
    return signal


@transaction.atomic
def delete(signal: Styringssignal, *, by: Ansatt) -> None:
    """Take the signal away.

    Raises:
        PermissionDenied: `by` neither leads a service nor is the advisor.
    """
    signal = _locked(signal, version=signal.version, by=by)
    audit.record("styringssignal.delete", signal, by=by, year=signal.year)
    signal.delete()


def _locked(signal: Styringssignal, *, version: int, by: Ansatt) -> Styringssignal:
    rules.require(rules.may_guide(by))
    locked: Styringssignal = Styringssignal.objects.select_for_update().get(pk=signal.pk)
    if locked.version != version:
        raise StaleError(_("Føringen er endret av en annen siden du åpnet den."))
    return locked
