"""The municipality's rules of binding time, written by the advisor. Contracts are not touched."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from soknader.models import Bindingsregel

FIGURES = ("months", "from_amount", "from_leave_days", "share", "ceiling", "leave_rate")


@transaction.atomic
def add(*, by: Ansatt, **fields: Any) -> Bindingsregel:
    """Write a new rule; it counts for grants that are accepted from now on.

    Raises:
        PermissionDenied: `by` does not follow up contracts.
        DomainError: another rule has the name.
    """
    return _write(Bindingsregel(), "bindingsregel.add", fields, by=by)


@transaction.atomic
def edit(regel: Bindingsregel, *, version: int, by: Ansatt, **fields: Any) -> Bindingsregel:
    """Change a rule. Contracts that are made keep what they say.

    Raises:
        PermissionDenied: `by` does not follow up contracts.
        StaleError: someone else changed it after version `version`.
        DomainError: another rule has the name.
    """
    locked = Bindingsregel.objects.select_for_update().get(pk=regel.pk)
    if locked.version != version:
        raise StaleError(_("Regelen er endret av en annen siden du åpnet den."))
    locked.version += 1
    return _write(locked, "bindingsregel.edit", fields, by=by)


def _write(
    regel: Bindingsregel, action: str, fields: dict[str, Any], *, by: Ansatt
) -> Bindingsregel:
    if not access.may(by, Act.FOLLOW_CONTRACTS):
        raise PermissionDenied
    for name, value in fields.items():
        setattr(regel, name, value)
    try:
        with transaction.atomic():
            regel.save()
    except IntegrityError as error:
        raise DomainError(_("Det finnes en regel med dette navnet fra før.")) from error
    audit.record(action, regel, by=by, **{name: getattr(regel, name) for name in FIGURES})
    return regel
