"""Verbs on the municipality's systems and on what groups of people must have been trained in."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt
from planer import rules
from planer.models import Fagsystem, Opplaringskrav


@transaction.atomic
def make(*, by: Ansatt, **values: Any) -> Fagsystem:
    """Register a system.

    Raises:
        PermissionDenied: `by` does not keep the common needs.
    """
    _may(by)
    system: Fagsystem = Fagsystem.objects.create(**values)
    audit.record("fagsystem.make", system, by=by)
    return system


@transaction.atomic
def change(system: Fagsystem, *, version: int, by: Ansatt, **values: Any) -> Fagsystem:
    """Change the system; its owner and responsible may do so too.

    Raises:
        PermissionDenied: `by` neither keeps the common needs nor answers for the system.
        StaleError: someone else changed it since `version`.
    """
    system = Fagsystem.objects.select_for_update(of=("self",)).get(pk=system.pk)
    if not rules.may_edit_system(by, system):
        raise PermissionDenied
    if system.version != version:
        raise StaleError(_("Noen andre endret fagsystemet. Se over, og lagre en gang til."))
    for name, value in values.items():
        setattr(system, name, value)
    system.version += 1
    system.save()
    audit.record("fagsystem.change", system, by=by)
    return system


@transaction.atomic
def ask(*, by: Ansatt, fagsystem: Fagsystem | None = None, **values: Any) -> Opplaringskrav:
    """Say what a group must have been trained in, by a system or for all (a law).

    Raises:
        PermissionDenied: `by` neither keeps the common needs nor answers for the system.
        DomainError: the same is asked of the same group already.
    """
    if fagsystem is None or not rules.may_edit_system(by, fagsystem):
        _may(by)
    try:
        with transaction.atomic():
            krav: Opplaringskrav = Opplaringskrav.objects.create(fagsystem=fagsystem, **values)
    except IntegrityError as error:
        raise DomainError(_("Det kravet er ført fra før.")) from error
    audit.record("opplaringskrav.ask", krav, by=by, kompetanse_id=krav.kompetanse_id)
    return krav


@transaction.atomic
def drop(krav: Opplaringskrav, *, by: Ansatt) -> None:
    """Ask it no more. Raises PermissionDenied as `ask`."""
    if krav.fagsystem is None or not rules.may_edit_system(by, krav.fagsystem):
        _may(by)
    audit.record("opplaringskrav.drop", krav, by=by, kompetanse_id=krav.kompetanse_id)
    krav.delete()


def _may(by: Ansatt) -> None:
    if not rules.may_edit_common(by):
        raise PermissionDenied
