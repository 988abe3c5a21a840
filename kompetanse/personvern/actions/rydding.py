"""The night's work: what is older than the Kommune keeps it."""

from datetime import date
from typing import Any

from django.db import transaction

from kompetanse import clock
from kompetanse.kommuner import audit, persondata
from kompetanse.kommuner.models import Fil
from kompetanse.organisasjon.models import Ansatt
from kompetanse.personvern.actions import sletting
from kompetanse.personvern.models import Lagringstid, Rydding, Uttrekk
from kompetanse.personvern.personvern import LEFT
from kompetanse.personvern.queries import lagringstid

PEOPLE, PLANNED, FILES = "personer", "planlagt", "uttrekk"


@transaction.atomic
def clean(on: date) -> Rydding | None:
    """Do the night's work once for the day; None when it is done already.

    Safe to run at any hour, twice, and after days of silence.
    """
    rydding, is_new = Rydding.objects.get_or_create(on=on)
    if not is_new:
        return None
    figures = {PEOPLE: sletting.carry_out_due(on), PLANNED: sletting.plan(on), FILES: _uttrekk()}
    for rule in persondata.rules():
        if rule.key != LEFT:
            old = rule.due(lagringstid.before(rule, on))
            figures[rule.key] = sletting.empty(rule, old) if rule.empties else remove(old)
    rydding.figures = figures
    rydding.save(update_fields=["figures"])
    transaction.on_commit(sletting.catch_up_ledger)
    return rydding


def remove(rows: Any) -> int:
    """Delete the rows with what hangs on them, and their files; return how many rows."""
    ids = list(rows.values_list("pk", flat=True))
    orphans = _files_under(rows.model, ids)
    rows.model.objects.filter(pk__in=ids).delete()
    for fil in Fil.objects.filter(pk__in=orphans):
        sletting.remove_file(fil)
    return len(ids)


def _files_under(model: Any, ids: list[int]) -> set[int]:
    """Return the files of the rows, and of the rows that go with them."""
    found: set[int] = set()
    for name in persondata.files_of(model):
        found.update(model.objects.filter(pk__in=ids).values_list(name, flat=True))
    for relation in model._meta.related_objects:
        below: Any = relation.related_model
        for name in persondata.files_of(below):
            rows = below.objects.filter(**{f"{relation.field.name}__in": ids})
            found.update(rows.values_list(name, flat=True))
    return found - {None}


def _uttrekk() -> int:
    return remove(Uttrekk.objects.filter(expires_at__lt=clock.now()))


@transaction.atomic
def choose(months: dict[str, int], *, by: Ansatt) -> None:
    """Store how long the Kommune keeps things, by rule; what is as proposed needs no row."""
    proposed = {rule.key: rule.months for rule in persondata.rules()}
    changed = {key: n for key, n in months.items() if n != lagringstid.months()[key]}
    for key, number in changed.items():
        Lagringstid.objects.filter(rule=key).delete()
        if number != proposed[key]:
            Lagringstid.objects.create(rule=key, months=number)
    if changed:
        audit.record("lagringstid.choose", by, by=by, months=changed)
