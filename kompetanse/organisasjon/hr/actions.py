"""The verbs of a run: receive, read, say what the columns hold, check and write."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import StaleError
from kompetanse.kommuner import audit, files
from kompetanse.organisasjon.hr import columns, faultlines, lines, snapshot, staging, writing
from kompetanse.organisasjon.hr import plan as plans
from kompetanse.organisasjon.hr.plan import Plan
from kompetanse.organisasjon.hr.report import Report
from kompetanse.organisasjon.hr.running import S, drop_file, locked, require, take_turns, tick
from kompetanse.organisasjon.hr.snapshot import Snapshot
from kompetanse.organisasjon.models import Ansatt, Enhet, Hrimport, Hrlinje
from kompetanse.tables import Table

# How many cells of each column are shown where a person says what it holds.
SAMPLES = 3


@transaction.atomic
def receive(
    content: bytes,
    *,
    file_name: str,
    source: Hrimport.Source,
    by: Ansatt | None,
    is_partial: bool = False,
) -> Hrimport:
    """Keep the file and open a run for it; a worker reads it.

    Raises:
        PermissionDenied: `by` may not import.
    """
    require(by)
    fil = files.store(content, name=file_name, content_type="application/octet-stream")
    hrimport = Hrimport.objects.create(
        file_name=file_name[:200], source=source, by=by, fil=fil, is_partial=is_partial
    )
    audit.record("hrimport.receive", hrimport, by=by, source=source, size=len(content))
    return hrimport


@transaction.atomic
def recognise(hrimport: Hrimport, book: Sequence[Table]) -> bool:
    """Keep the headings, and guess what they hold; return whether nobody has to be asked.

    That is so when an earlier run said it of a file with the same headings.
    """
    sheet, _units = plans.sheets_of(book)
    earlier = _latest_mapped()
    remembered = earlier.columns if earlier else {}
    hrimport.headings = [
        {"name": name, "samples": _samples(sheet, at)} for at, name in enumerate(sheet.columns)
    ]
    hrimport.columns = columns.guess(sheet, remembered)
    is_known = bool(earlier and names(earlier) == names(hrimport))
    hrimport.status = S.CHECKING if is_known else S.MAPPING
    hrimport.save(update_fields=["headings", "columns", "status"])
    return is_known


def _latest_mapped() -> Hrimport | None:
    return Hrimport.objects.exclude(columns={}).filter(check_number__gt=0).order_by("-pk").first()


def names(hrimport: Hrimport) -> list[str]:
    return [heading["name"] for heading in hrimport.headings]


def _samples(sheet: Table, place: int) -> list[str]:
    """Return the first different contents of the column, never a national identity number."""
    found: list[str] = []
    for row in sheet.rows[:200]:
        text = faultlines.shown_cell(row.cells[place]) if place < len(row.cells) else ""
        if text and text not in found:
            found.append(text[:40])
        if len(found) == SAMPLES:
            break
    return found


@transaction.atomic
def choose(hrimport: Hrimport, chosen: Mapping[str, str], *, by: Ansatt) -> Hrimport:
    """Say which heading holds which field; the check is next.

    Raises:
        PermissionDenied: `by` may not import.
        TransitionError: the run is past that.
    """
    require(by)
    hrimport = locked(hrimport, S.MAPPING, S.CHECKED, S.REFUSED)
    hrimport.columns, hrimport.status = dict(chosen), S.CHECKING
    hrimport.message = ""
    hrimport.save(update_fields=["columns", "status", "message"])
    return hrimport


@transaction.atomic
def check(hrimport: Hrimport, book: Iterable[Table]) -> Report:
    """Compare the file with the register, and keep every line of what would happen.

    Raises:
        DomainError: the file as a whole cannot be used.
    """
    take_turns()
    on = clock.today()
    hrimport.state = snapshot.state(on)
    have = snapshot.take()
    plan = plans.make(
        book, have, on=on, chosen=hrimport.columns or None, is_partial=hrimport.is_partial
    )
    report = Report.of(plan, file_name=hrimport.file_name, have=have)
    _keep(hrimport, plan, have, report, on=on)
    return report


def _keep(hrimport: Hrimport, plan: Plan, have: Snapshot, report: Report, *, on: dt.date) -> None:
    staging.replace(hrimport, lines.of(plan, have))
    hrimport.figures = report.figures | {"employed": have.employed(on)}
    hrimport.status, hrimport.message = S.CHECKED, ""
    hrimport.check_number += 1
    hrimport.save(update_fields=["state", "figures", "status", "message", "check_number"])


@transaction.atomic
def confirm(
    hrimport: Hrimport, *, check_number: int, leavers: Sequence[str], by: Ansatt
) -> Hrimport:
    """Say yes to the check with that number, and to who of the missing have left.

    Raises:
        PermissionDenied: `by` may not import.
        StaleError: it has been checked again since.
        TransitionError: the run does not wait for that.
    """
    require(by)
    hrimport = locked(hrimport, S.CHECKED)
    if hrimport.check_number != check_number:
        raise StaleError(_("Filen er kontrollert på nytt siden du åpnet siden. Se over den igjen."))
    hrimport.status, hrimport.by = S.WRITING, by
    hrimport.save(update_fields=["status", "by"])
    tick(hrimport, leavers)
    return hrimport


@transaction.atomic
def write(hrimport: Hrimport, *, by: Ansatt | None) -> Hrimport:
    """Write the check and the leavers that were ticked, all of it or nothing.

    Raises:
        StaleError: the register is no longer the one that was checked; check it again.
        TransitionError: the run is not checked, or is written already.
    """
    take_turns()
    hrimport = locked(hrimport, S.CHECKED, S.WRITING)
    on = clock.today()
    _hold_still(hrimport)
    if snapshot.state(on) != hrimport.state:
        raise StaleError(_("Registeret er endret siden filen ble kontrollert."))
    writing.write(hrimport, by=by, on=on)
    leavers = _ticked(hrimport)
    left = writing.leave(hrimport, leavers, by=by, on=on) if leavers else 0
    hrimport.status, hrimport.written_at = S.WRITTEN, clock.now()
    hrimport.figures = hrimport.figures | {"leavers": left}
    hrimport.save(update_fields=["status", "written_at", "figures"])
    drop_file(hrimport)
    audit.record("hrimport.write", hrimport, by=by, figures=hrimport.figures)
    return hrimport


@transaction.atomic
def refuse(hrimport: Hrimport, sentence: str) -> None:
    """Say why the file cannot be used; it may be given other columns, or thrown away."""
    hrimport.status, hrimport.message = S.REFUSED, sentence[:500]
    hrimport.save(update_fields=["status", "message"])


@transaction.atomic
def wait(hrimport: Hrimport, sentence: str) -> None:
    """Leave a checked run to a person, and say why it was not written by itself."""
    hrimport.status, hrimport.message = S.CHECKED, sentence[:500]
    hrimport.save(update_fields=["status", "message"])


@transaction.atomic
def load(
    book: Iterable[Table],
    *,
    file_name: str,
    by: Ansatt | None,
    is_trial: bool = False,
    source: Hrimport.Source = Hrimport.Source.COMMAND,
) -> Report:
    """Bring the active Kommune in step with the export at once; a trial only reports.

    Rows with faults are left out and reported. Employees who are not in the file are reported as
    perhaps having left; nobody is removed. The same file again changes nothing.

    Raises:
        DomainError: the file as a whole cannot be used.
    """
    sheets = list(book)
    if is_trial:
        have, on = snapshot.take(), clock.today()
        return Report.of(plans.make(sheets, have, on=on), file_name=file_name, have=have)
    hrimport = Hrimport.objects.create(file_name=file_name[:200], by=by, source=source)
    report = check(hrimport, sheets)
    write(hrimport, by=by)
    return report


# --- what the verbs are made of ----------------------------------------------------------------


def _ticked(hrimport: Hrimport) -> list[str]:
    ticked = hrimport.linjer.filter(kind=Hrlinje.Kind.MISSING, content__leaves=True)
    return list(ticked.values_list("number", flat=True))


# Whoever would change a row that is about to be written waits until it is.
_HELD = """
SELECT count(*) FROM (SELECT a.id FROM organisasjon_ansatt a JOIN organisasjon_hrlinje l
    ON (l.content ->> 'id')::bigint = a.id
    WHERE l.hrimport_id = %s AND l.content ? 'id' FOR NO KEY UPDATE OF a) AS held
"""


def _hold_still(hrimport: Hrimport) -> None:
    list(Enhet.objects.select_for_update().values_list("pk"))
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [hrimport.pk])
