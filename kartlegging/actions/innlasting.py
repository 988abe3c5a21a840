"""A Kommune's registered competence from another system, all at once."""

from collections.abc import Sequence

from django.db import transaction

from kartlegging.models import Beholdning
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt


@transaction.atomic
def stock_from(rows: Sequence[Beholdning], *, by: Ansatt) -> int:
    """Store the unsaved rows; what an employee has already is left as it is.

    Returns how many rows were given. One line in the audit trail stands for them all.
    """
    Beholdning.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    audit.record("beholdning.load", by, by=by, rows=len(rows))
    return len(rows)
