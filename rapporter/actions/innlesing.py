"""Verbs on a file from the ledger: receive, say what its columns are, write, discard."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kompetanse.errors import DomainError, StaleError, TransitionError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt
from kompetanse.tables import Cell, Table
from rapporter.actions import forbruk
from rapporter.actions.forbruk import Entry, Payer
from rapporter.models import Regnskapsinnlesing, Svarlinje, Tilskuddssvar
from rapporter.queries import innlesing as queries
from rapporter.queries.innlesing import Checked

S = Regnskapsinnlesing.Status


@transaction.atomic
def receive(svar: Tilskuddssvar, table: Table, *, file_name: str, by: Ansatt) -> Regnskapsinnlesing:
    """Take in a file that is read; its columns are taken as last time, or by their names.

    Raises:
        PermissionDenied, TransitionError: as forbruk.post.
    """
    forbruk.check_open(svar, by=by)
    columns = queries.remembered(table.columns)
    innlesing: Regnskapsinnlesing = Regnskapsinnlesing.objects.create(
        svar=svar,
        status=S.CHECKED if queries.is_whole(columns) else S.MAPPING,
        file_name=file_name[:200],
        headings=list(table.columns),
        columns=columns,
        rows=[[row.number, [_kept(cell) for cell in row.cells]] for row in table.rows],
        by=by,
    )
    audit.record(
        "regnskapsinnlesing.receive", innlesing, by=by, case=svar.soknad, rows=len(table.rows)
    )
    return innlesing


@transaction.atomic
def choose(
    innlesing: Regnskapsinnlesing, columns: Mapping[str, str], *, version: int, by: Ansatt
) -> None:
    """Say which column is what.

    Raises:
        DomainError: a column that must be there is not chosen, or one is chosen twice.
    """
    innlesing = _open(innlesing, version=version, by=by)
    chosen = {field: heading for field, heading in columns.items() if heading}
    if not queries.is_whole(chosen):
        raise DomainError(_("Velg en kolonne for bilagsnummer, dato, beløp og linje."))
    if len(set(chosen.values())) < len(chosen):
        raise DomainError(_("Samme kolonne kan ikke være to ting."))
    innlesing.columns, innlesing.status = chosen, S.CHECKED
    innlesing.save(update_fields=["columns", "status"])
    audit.record(
        "regnskapsinnlesing.choose",
        innlesing,
        by=by,
        case=innlesing.svar.soknad,
        columns=sorted(chosen),
    )


@transaction.atomic
def write(
    innlesing: Regnskapsinnlesing, *, rest_is_own: bool, version: int, by: Ansatt
) -> Regnskapsinnlesing:
    """Post the new rows; duplicates and rows with faults are left out.

    `rest_is_own` posts what a line cannot bear as own share; without it such a file is refused.

    Raises:
        TransitionError: its columns are not chosen, or it is done with.
        DomainError: nothing is new, or a line cannot bear its rows.
        StaleError: it is not the one that `by` saw.
    """
    innlesing = _open(innlesing, version=version, by=by)
    if innlesing.status != S.CHECKED:
        raise TransitionError(_("Velg hva kolonnene er før du fører."))
    # Locked, so that what the preview says of the lines still holds when they are posted.
    list(Svarlinje.objects.select_for_update().filter(svar=innlesing.svar).order_by("pk"))
    found = queries.preview(innlesing)
    if not found.new:
        raise DomainError(_("Ingen rader i filen er nye."))
    if found.over and not rest_is_own:
        raise DomainError(_("Radene er større enn det linjene har igjen. Velg hva vi skal gjøre."))
    forbruk.post_file(innlesing, list(_entries(found.new)), by=by)
    innlesing.status, innlesing.rows = S.WRITTEN, []
    innlesing.figures = {
        "new": len(found.new), "duplicates": len(found.duplicates), "faults": len(found.faults),
        "amount": found.amount,
    }  # fmt: skip
    innlesing.save(update_fields=["status", "rows", "figures"])
    audit.record(
        "regnskapsinnlesing.write", innlesing, by=by, case=innlesing.svar.soknad,
        **innlesing.figures,
    )  # fmt: skip
    return innlesing


@transaction.atomic
def discard(innlesing: Regnskapsinnlesing, *, version: int, by: Ansatt) -> None:
    """Let the file be; nothing of it is posted."""
    innlesing = _open(innlesing, version=version, by=by)
    innlesing.status, innlesing.rows = S.DISCARDED, []
    innlesing.save(update_fields=["status", "rows"])
    audit.record("regnskapsinnlesing.discard", innlesing, by=by, case=innlesing.svar.soknad)


def _entries(rows: Sequence[Checked]) -> Iterator[Entry]:
    """Yield the rows as entries: what a line has goes to the grant, the rest to the own share.

    Credit notes give back before the costs are paid, in whichever order the ledger has them.
    """
    whole = [entry for row in rows if (entry := _entry(row)) is not None]
    left = {each.svarlinje.pk: each.svarlinje.remaining for each in whole}
    for each in whole:
        left[each.svarlinje.pk] -= min(each.amount, 0)
    for each in whole:
        paid = min(each.amount, left[each.svarlinje.pk]) if each.amount > 0 else each.amount
        left[each.svarlinje.pk] -= max(paid, 0)
        if paid:
            yield replace(each, amount=paid)
        if each.amount != paid:
            yield replace(each, amount=each.amount - paid, payer=Payer.OWN)


def _entry(row: Checked) -> Entry | None:
    if row.svarlinje is None or row.posted_on is None:
        return None
    return Entry(
        svarlinje=row.svarlinje,
        voucher=row.voucher,
        posted_on=row.posted_on,
        amount=row.amount,
        account=row.account,
        text=row.text,
    )


def _open(innlesing: Regnskapsinnlesing, *, version: int, by: Ansatt) -> Regnskapsinnlesing:
    rows = Regnskapsinnlesing.objects.select_for_update(of=("self",))
    locked: Regnskapsinnlesing = rows.select_related("svar__soknad__ordning").get(pk=innlesing.pk)
    forbruk.check_open(locked.svar, by=by)
    if locked.status not in {S.MAPPING, S.CHECKED}:
        raise TransitionError(_("Filen er alt ført eller forkastet."))
    if locked.version != version:
        raise StaleError(_("Filen er endret etter at du åpnet siden. Last siden på nytt."))
    Regnskapsinnlesing.objects.filter(pk=locked.pk).update(version=F("version") + 1)
    return locked


def _kept(cell: Cell) -> str | int | float | bool | None:
    """Return the cell as JSON can carry it; a date as people write it."""
    return f"{cell:%d.%m.%Y}" if isinstance(cell, date) else cell
