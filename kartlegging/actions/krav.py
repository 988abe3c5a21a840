"""Verbs on what a unit requires."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kartlegging import rules
from kartlegging.models import Kompetansekrav
from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt, Enhet


@transaction.atomic
def add(enhet: Enhet, *, by: Ansatt, **answers: Any) -> Kompetansekrav:
    """Require a competence of the unit: which, at what level, how many, in law or not.

    Raises:
        PermissionDenied: `by` neither leads the unit nor is its advisor.
        DomainError: the unit requires the same competence at the same level already.
    """
    rules.require(rules.may_require(by, enhet))
    krav = Kompetansekrav(enhet=enhet, **answers)
    _save(krav)
    audit.record("kompetansekrav.add", krav, by=by, enhet_id=enhet.pk, count=krav.count)
    return krav


@transaction.atomic
def change(krav: Kompetansekrav, *, version: int, by: Ansatt, **answers: Any) -> Kompetansekrav:
    """Change a requirement.

    Raises:
        PermissionDenied: `by` neither leads the unit nor is its advisor.
        StaleError: someone else changed it meanwhile.
        DomainError: the unit requires the same competence at the same level already.
    """
    krav = _locked(krav, version=version, by=by)
    for name, value in answers.items():
        setattr(krav, name, value)
    krav.version += 1
    _save(krav)
    audit.record("kompetansekrav.change", krav, by=by, count=krav.count)
    return krav


@transaction.atomic
def delete(krav: Kompetansekrav, *, by: Ansatt) -> None:
    """Require it no longer.

    Raises:
        PermissionDenied: `by` neither leads the unit nor is its advisor.
    """
    krav = _locked(krav, version=krav.version, by=by)
    audit.record("kompetansekrav.delete", krav, by=by, enhet_id=krav.enhet_id)
    krav.delete()


def _locked(krav: Kompetansekrav, *, version: int, by: Ansatt) -> Kompetansekrav:
    locked: Kompetansekrav = (
        Kompetansekrav.objects.select_for_update(of=("self",))
        .select_related("enhet")
        .get(pk=krav.pk)
    )
    rules.require(rules.may_require(by, locked.enhet))
    if locked.version != version:
        raise StaleError(_("Kravet er endret av en annen siden du åpnet det."))
    return locked


def _save(krav: Kompetansekrav) -> None:
    try:
        with transaction.atomic():
            krav.save()
    except IntegrityError as error:
        raise DomainError(_("Enheten har dette kravet på dette nivået fra før.")) from error
