"""Verbs on declared habilitet: say once that one is not impartial towards another; take back."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt, Habilitetserklaring


@transaction.atomic
def declare(
    other: Ansatt, *, ground: Habilitetserklaring.Ground, by: Ansatt
) -> Habilitetserklaring:
    """Take no part in cases about `other` from now on.

    Raises:
        DomainError: it is oneself, or it is declared already.
    """
    if other.pk == by.pk:
        raise DomainError(_("I egne saker er du alltid inhabil. Det trenger du ikke melde."))
    rows = Habilitetserklaring.objects.filter(ansatt=by, other=other, ended_at__isnull=True)
    if rows.exists():
        raise DomainError(_("Du har allerede meldt deg inhabil i saker om denne personen."))
    row: Habilitetserklaring = Habilitetserklaring.objects.create(
        ansatt=by, other=other, ground=ground
    )
    audit.record("habilitet.declare", row, by=by, other_id=other.pk)
    return row


@transaction.atomic
def withdraw(row: Habilitetserklaring, *, by: Ansatt) -> None:
    """Take it back; it stands in the trail that it was declared.

    Raises:
        PermissionDenied: it is another's.
    """
    row = Habilitetserklaring.objects.select_for_update().get(pk=row.pk)
    if row.ansatt_id != by.pk:
        raise PermissionDenied
    if row.ended_at is None:
        row.ended_at = clock.now()
        row.save(update_fields=["ended_at"])
        audit.record("habilitet.withdraw", row, by=by, other_id=row.other_id)
