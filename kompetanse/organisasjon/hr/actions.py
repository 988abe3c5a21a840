"""The verbs of a run: receive, read, check, write, undo, discard and forget."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError, TransitionError
from kompetanse.kommuner import audit, files, tenancy
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.hr import angre, columns, lines, snapshot, staging, writing
from kompetanse.organisasjon.hr import plan as plans
from kompetanse.organisasjon.hr.plan import Plan
from kompetanse.organisasjon.hr.report import Report
from kompetanse.organisasjon.hr.snapshot import Snapshot
from kompetanse.organisasjon.models import Ansatt, Enhet, Hrimport, Hrlinje, Hrspor
from kompetanse.tables import Table

S = Hrimport.Status
_LOCK = 4711
# Kept for the undo; then the traces are erased, and the run is what it is.
KEEP = dt.timedelta(days=14)
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
    _require(by)
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
    is_known = bool(earlier and _names(earlier) == _names(hrimport))
    hrimport.status = S.CHECKING if is_known else S.MAPPING
    hrimport.save(update_fields=["headings", "columns", "status"])
    return is_known


def _latest_mapped() -> Hrimport | None:
    return Hrimport.objects.exclude(columns={}).filter(check_number__gt=0).order_by("-pk").first()


def _names(hrimport: Hrimport) -> list[str]:
    return [heading["name"] for heading in hrimport.headings]


def _samples(sheet: Table, place: int) -> list[str]:
    """Return the first different contents of the column, never a national identity number."""
    found: list[str] = []
    for row in sheet.rows[:200]:
        text = lines.shown_cell(row.cells[place]) if place < len(row.cells) else ""
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
    _require(by)
    hrimport = _locked(hrimport, S.MAPPING, S.CHECKED, S.REFUSED)
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
    _wait_for_other_imports()
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
    _require(by)
    hrimport = _locked(hrimport, S.CHECKED)
    if hrimport.check_number != check_number:
        raise StaleError(_("Filen er kontrollert på nytt siden du åpnet siden. Se over den igjen."))
    hrimport.status, hrimport.by = S.WRITING, by
    hrimport.save(update_fields=["status", "by"])
    _tick(hrimport, leavers)
    return hrimport


@transaction.atomic
def write(hrimport: Hrimport, *, by: Ansatt | None) -> Hrimport:
    """Write the check and the leavers that were ticked, all of it or nothing.

    Raises:
        StaleError: the register is no longer the one that was checked; check it again.
        TransitionError: the run is not checked, or is written already.
    """
    _wait_for_other_imports()
    hrimport = _locked(hrimport, S.CHECKED, S.WRITING)
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
    _drop_file(hrimport)
    audit.record("hrimport.write", hrimport, by=by, figures=hrimport.figures)
    return hrimport


@transaction.atomic
def leave(hrimport: Hrimport, numbers: Sequence[str], *, by: Ansatt) -> int:
    """Let those whom a written run did not find have left; return how many did.

    Raises:
        PermissionDenied: `by` may not import.
        TransitionError: the run is not written, or a later one is.
    """
    _require(by)
    _wait_for_other_imports()
    hrimport = _locked(hrimport, S.WRITTEN)
    if not is_latest(hrimport):
        raise TransitionError(_("En nyere import er skrevet inn. Bruk listen der."))
    _tick(hrimport, numbers)
    left = writing.leave(hrimport, numbers, by=by, on=clock.today())
    hrimport.figures["leavers"] = hrimport.figures.get("leavers", 0) + left
    hrimport.save(update_fields=["figures"])
    audit.record("hrimport.leave", hrimport, by=by, count=left)
    return left


def is_latest(hrimport: Hrimport) -> bool:
    """Tell whether no later whole file has been written."""
    later = Hrimport.objects.filter(pk__gt=hrimport.pk, status=S.WRITTEN, is_partial=False)
    return not later.exists()


@transaction.atomic
def undo(hrimport: Hrimport, *, by: Ansatt) -> Hrimport:
    """Make everything that the run wrote what it was before.

    Raises:
        PermissionDenied: `by` may not import.
        TransitionError: the run is not written, or its traces are erased.
        DomainError: someone has built on it; says what.
    """
    _require(by)
    _wait_for_other_imports()
    hrimport = _locked(hrimport, S.WRITTEN)
    if hrimport.forgotten_at:
        raise TransitionError(_("Importen er for gammel til å angres."))
    found = angre.hindrances(hrimport)
    if found:
        raise DomainError(refusal(found))
    angre.revert(hrimport)
    hrimport.spor.all().delete()
    hrimport.status = S.UNDONE
    hrimport.save(update_fields=["status"])
    audit.record("hrimport.undo", hrimport, by=by, figures=hrimport.figures)
    return hrimport


def refusal(found: Sequence[angre.Hindrance]) -> str:
    """Return why a run cannot be undone, in a sentence that names what hinders."""
    told = " ".join(hindrance.sentence for hindrance in found[: angre.MOST_NAMED])
    rest = len(found) - angre.MOST_NAMED
    more = _(" Og %(count)s til.") % {"count": rest} if rest > 0 else ""
    return _("Importen kan ikke angres, for noen har bygget videre på den. %(told)s%(more)s") % {
        "told": told,
        "more": more,
    }


@transaction.atomic
def discard(hrimport: Hrimport, *, by: Ansatt | None) -> None:
    """Throw the run away; nothing was written.

    Raises:
        PermissionDenied: `by` may not import.
        TransitionError: it is written, or a worker has it.
    """
    _require(by)
    hrimport = _locked(hrimport, S.MAPPING, S.CHECKED, S.REFUSED)
    hrimport.linjer.all().delete()
    hrimport.status = S.DISCARDED
    hrimport.save(update_fields=["status"])
    _drop_file(hrimport)
    audit.record("hrimport.discard", hrimport, by=by)


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
def forget(*, before: dt.datetime) -> int:
    """Erase lines, traces and files of runs from before that moment; return how many runs."""
    old = list(Hrimport.objects.filter(at__lt=before, forgotten_at=None).select_related("fil"))
    for hrimport in old:
        hrimport.linjer.all().delete()
        Hrspor.objects.filter(hrimport=hrimport).delete()
        if hrimport.is_open or hrimport.is_busy:
            hrimport.status = S.DISCARDED
        hrimport.headings = [{"name": name, "samples": []} for name in _names(hrimport)]
        hrimport.forgotten_at = clock.now()
        hrimport.save(update_fields=["status", "headings", "forgotten_at"])
        _drop_file(hrimport)
        audit.record("hrimport.forget", hrimport, by=None)
    return len(old)


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


def _require(by: Ansatt | None) -> None:
    """The system itself (None) may: the folder and the key have asked already."""
    if by is not None and not access.may(by, Act.IMPORT_HR):
        raise PermissionDenied


def _locked(hrimport: Hrimport, *statuses: Hrimport.Status) -> Hrimport:
    locked: Hrimport = Hrimport.objects.select_for_update().get(pk=hrimport.pk)
    if locked.status not in statuses:
        state = str(locked.get_status_display()).lower()
        raise TransitionError(
            _("Importen er i en annen tilstand nå: %(state)s.") % {"state": state}
        )
    return locked


def _tick(hrimport: Hrimport, numbers: Sequence[str]) -> None:
    """Mark those of the missing who have left, by a person's word."""
    missing = hrimport.linjer.filter(kind=Hrlinje.Kind.MISSING, number__in=numbers)
    ticked = list(missing)
    for line in ticked:
        line.content["leaves"] = True
    Hrlinje.objects.bulk_update(ticked, ["content"], batch_size=500)


def _ticked(hrimport: Hrimport) -> list[str]:
    ticked = hrimport.linjer.filter(kind=Hrlinje.Kind.MISSING, content__leaves=True)
    return list(ticked.values_list("number", flat=True))


def _wait_for_other_imports() -> None:
    """Take turns; and join whole tables, since nobody has counted rows that were just written.

    PostgreSQL knows nothing yet of what this or the last run made, and would look up each of
    20 000 people among 40 000 positions one by one.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, tenancy.require_id()])
        cursor.execute(
            "SELECT set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true)"
        )


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


def _drop_file(hrimport: Hrimport) -> None:
    fil = hrimport.fil
    if fil is not None:
        hrimport.fil = None
        hrimport.save(update_fields=["fil"])
        files.remove(fil)
