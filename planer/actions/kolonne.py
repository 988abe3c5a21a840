"""Choose the Kommune's own columns of the table of measures."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt
from planer import rules
from planer.models import Plankolonne
from planer.queries.kolonne import PlanColumn


@transaction.atomic
def choose(columns: Sequence[PlanColumn], *, by: Ansatt) -> None:
    """Let these be the Kommune's own columns, in this order; none: it has no own any more.

    Raises:
        PermissionDenied: `by` does not edit plans.
    """
    if not rules.may_edit_plans(by):
        raise PermissionDenied
    before = Plankolonne.objects.first()
    Plankolonne.objects.all().delete()
    made = Plankolonne.objects.bulk_create(
        Plankolonne(order=place, field=column.name, heading=column.heading)
        for place, column in enumerate(columns, start=1)
    )
    told = made[0] if made else before
    if told is not None:
        audit.record("plankolonne.choose", told, by=by, columns=len(columns))
