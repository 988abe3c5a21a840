"""Verbs on a workbook of measures: keep it to be looked over, take all of it in, throw it away."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt
from planer import rules
from planer.actions import opplaring
from planer.actions.linje import Measure
from planer.models import Tiltak, Tiltaksimport
from planer.queries.tiltaksark import SheetRow


@transaction.atomic
def keep(rows: Sequence[SheetRow], *, year: int, file_name: str, by: Ansatt) -> Tiltaksimport:
    """Keep the rows for the person who will look them over; an earlier file of theirs is gone.

    Raises:
        PermissionDenied: `by` plans for no unit.
    """
    if not rules.measure_scopes(by):
        raise PermissionDenied
    Tiltaksimport.objects.filter(by=by).delete()
    told = [[row.number, dict(row.cells)] for row in rows]
    kept: Tiltaksimport = Tiltaksimport.objects.create(
        year=year, file_name=file_name[:200], rows=told, by=by
    )
    return kept


@transaction.atomic
def take_in(kept: Tiltaksimport, measures: Sequence[Measure], *, by: Ansatt) -> list[Tiltak]:
    """Add all the measures, or none.

    Raises:
        PermissionDenied: `by` does not plan for the unit of one of them.
    """
    kept = Tiltaksimport.objects.select_for_update(of=("self",)).get(pk=kept.pk)
    made = [opplaring.add(measure, by=by) for measure in measures]
    if made:
        audit.record("tiltak.take_in", made[0], by=by, number=len(made), year=kept.year)
    kept.delete()
    return made


@transaction.atomic
def discard(kept: Tiltaksimport) -> None:
    kept.delete()
