"""The verb on the Kommune's settings."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse.errors import StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Oppsett


@transaction.atomic
def set_up(*, version: int, by: Ansatt, **answers: Any) -> Oppsett:
    """Change the settings that `answers` names, by field; the others stay.

    Raises:
        PermissionDenied: `by` does not administer the Kommune.
        StaleError: someone else changed them meanwhile.
    """
    if not access.may(by, Act.EDIT_SETTINGS):
        raise PermissionDenied
    oppsett = _locked()
    if oppsett.version != version:
        raise StaleError(_("Innstillingene er endret av en annen siden du åpnet dem."))
    before = {name: getattr(oppsett, name) for name in answers}
    for name, value in answers.items():
        setattr(oppsett, name, value)
    oppsett.version += 1
    oppsett.save()
    audit.record("oppsett.set_up", oppsett, by=by, before=before, after=answers)
    return oppsett


def _locked() -> Oppsett:
    """Return the one row, made when there is none, so that two first changes wait in turn."""
    Oppsett.objects.bulk_create([Oppsett()], ignore_conflicts=True)
    return Oppsett.objects.select_for_update().get()
