"""Verbs on looking through another's eyes: begin, open a page, end."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit
from kompetanse.organisasjon import access, beskjeder, emails
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Innsyn


@transaction.atomic
def look(ansatt: Ansatt, *, reason: str, minutes: int, by: Ansatt) -> Innsyn:
    """Begin to see the service as `ansatt` sees it, for that many minutes.

    Raises:
        PermissionDenied: `by` does not administer the Kommune.
        DomainError: it is oneself, or the reason is missing.
    """
    if not access.may(by, Act.LOOK_THROUGH, ansatt.enhet):
        raise PermissionDenied
    if ansatt.pk == by.pk:
        raise DomainError(_("Du ser allerede tjenesten som deg selv."))
    if not reason.strip():
        raise DomainError(_("Skriv hvorfor du trenger innsyn."))
    now = clock.now()
    innsyn: Innsyn = Innsyn.objects.create(
        ansatt=ansatt,
        by=by,
        reason=reason.strip(),
        started_at=now,
        until=now + timedelta(minutes=minutes),
    )
    _record("innsyn.start", innsyn, minutes=minutes)
    beskjeder.tell(emails.looked(innsyn))
    return innsyn


@transaction.atomic
def open_page(innsyn: Innsyn, page: str, ids: Mapping[str, Any]) -> None:
    """Write down which page was opened; its address holds ids, never names."""
    _record("innsyn.page", innsyn, page=page, ids={key: str(value) for key, value in ids.items()})


@transaction.atomic
def end(innsyn: Innsyn) -> None:
    """End it; ending it twice changes nothing."""
    rows = Innsyn.objects.filter(pk=innsyn.pk, ended_at__isnull=True)
    if rows.update(ended_at=clock.now()):
        _record("innsyn.end", innsyn)


def _record(action: str, innsyn: Innsyn, **details: Any) -> None:
    role = access.capacity(innsyn.by, Act.LOOK_THROUGH)
    audit.record(action, innsyn, by=innsyn.by, role=role, ansatt_id=innsyn.ansatt_id, **details)
