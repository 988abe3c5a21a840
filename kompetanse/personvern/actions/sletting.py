"""Verbs on erasure: plan, hold, refuse, carry out. Nothing of who it was is left in any of them."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError, TransitionError
from kompetanse.kommuner import audit, files, persondata, tenancy
from kompetanse.kommuner.models import Fil
from kompetanse.kommuner.persondata import Fate, Lagringsregel, Tabell
from kompetanse.organisasjon.models import Ansatt
from kompetanse.personvern import ledger
from kompetanse.personvern.ledger import Entry
from kompetanse.personvern.models import Sletting
from kompetanse.personvern.queries import sletting as queries

Ground = Sletting.Ground

# The administrator has this long to look at the list before a person is erased.
NOTICE = timedelta(days=14)


@transaction.atomic
def ask(*, by: Ansatt) -> Sletting:
    """Ask to be erased; the administrator answers. Asking twice is asking once."""
    sletting, is_new = Sletting.objects.get_or_create(
        ansatt=by, refused_at=None, defaults={"ground": Ground.ASKED}
    )
    if is_new:
        audit.record("sletting.ask", sletting, by=by)
    return sletting


@transaction.atomic
def plan(on: date) -> int:
    """Write down those whose time is out, NOTICE before they are erased; return how many."""
    due = queries.unplanned(on)
    for ansatt in due:
        sletting = Sletting.objects.create(ansatt=ansatt, ground=Ground.LEFT, due_on=on + NOTICE)
        audit.record("sletting.plan", sletting, by=None)
    return len(due)


@transaction.atomic
def hold(sletting: Sletting, *, reason: str, by: Ansatt) -> Sletting:
    """Keep the person for now, because a case or a claim is not over."""
    sletting = _open(sletting)
    sletting.held_reason, sletting.decided_by = reason, by
    sletting.save(update_fields=["held_reason", "decided_by"])
    audit.record("sletting.hold", sletting, by=by)
    return sletting


@transaction.atomic
def let_go(sletting: Sletting, *, by: Ansatt) -> Sletting:
    sletting = _open(sletting)
    sletting.held_reason, sletting.decided_by = "", by
    sletting.save(update_fields=["held_reason", "decided_by"])
    audit.record("sletting.let_go", sletting, by=by)
    return sletting


@transaction.atomic
def refuse(sletting: Sletting, *, answer: str, by: Ansatt) -> Sletting:
    """Answer no to someone who asked; they read the answer on «Mine data»."""
    sletting = _open(sletting)
    if sletting.ground != Ground.ASKED:
        raise TransitionError(_("Bare et ønske om sletting kan avslås. Hold den heller tilbake."))
    sletting.refused_at, sletting.answer, sletting.decided_by = clock.now(), answer, by
    sletting.save(update_fields=["refused_at", "answer", "decided_by"])
    audit.record("sletting.refuse", sletting, by=by)
    return sletting


@transaction.atomic
def bring_forward(sletting: Sletting, *, by: Ansatt) -> Sletting:
    """Erase now, before the time is out.

    Raises:
        DomainError: the person is employed, or has something that is not over.
    """
    sletting = _open(sletting)
    sletting.held_reason, sletting.decided_by = "", by
    sletting.due_on = clock.today()
    sletting.save(update_fields=["held_reason", "decided_by", "due_on"])
    audit.record("sletting.bring_forward", sletting, by=by)
    refuse_unless_over(sletting.ansatt)
    return carry_out(sletting, by=by)


def has_left(ansatt: Ansatt) -> bool:
    """Return whether the person's last day of work is behind us."""
    return ansatt.left_on is not None and ansatt.left_on <= clock.today()


def refuse_unless_over(ansatt: Ansatt) -> None:
    """Raise a DomainError when the person still works here, or something is not over."""
    if not has_left(ansatt):
        raise DomainError(
            _("Personen er ansatt. Opplysningene kan slettes når hun eller han har sluttet.")
        )
    why = persondata.held([ansatt.pk]).get(ansatt.pk)
    if why:
        raise DomainError(_("Personen kan ikke slettes ennå: %(why)s.") % {"why": why.lower()})


@transaction.atomic
def carry_out(sletting: Sletting, *, by: Ansatt | None) -> Sletting:
    """Erase the person: rows removed or made anonymous, files removed, and the ledger written."""
    ansatt = (
        Ansatt.objects.select_for_update(of=("self",))
        .select_related("enhet")
        .get(pk=sletting.ansatt_id)
    )
    figures = erase(ansatt)
    sletting.refresh_from_db()
    sletting.done_at, sletting.figures = clock.real_now(), figures
    sletting.save(update_fields=["done_at", "figures"])
    audit.record("sletting.carry_out", sletting, by=by, figures=figures)
    entry = Entry(sletting.done_at.isoformat(), tenancy.require_id(), ansatt.pk)
    transaction.on_commit(lambda: ledger.write([entry]))
    return sletting


@transaction.atomic
def repeat(entry: Entry) -> bool:
    """Erase once more what a restored backup has brought back; False when it is not there."""
    if entry.rule:
        return _repeat_of_case(entry)
    ansatt = Ansatt.objects.filter(pk=entry.ansatt_id).first()
    if ansatt is None or Sletting.objects.filter(ansatt=ansatt, done_at__isnull=False).exists():
        return False
    sletting, _is_new = Sletting.objects.get_or_create(
        ansatt=ansatt, refused_at=None, defaults={"ground": Ground.RESTORED}
    )
    audit.record("sletting.repeat", sletting, by=None)
    carry_out(sletting, by=None)
    return True


def _repeat_of_case(entry: Entry) -> bool:
    rule = next((rule for rule in persondata.rules() if rule.key == entry.rule), None)
    if rule is None:
        return False
    over = rule.due(clock.now()).filter(pk=entry.case_id, ansatt=entry.ansatt_id)
    return bool(empty(rule, over))


# --- what is removed --------------------------------------------------------------------------


def erase(ansatt: Ansatt) -> dict[str, int]:
    """Remove or empty every declared row about the person; return how many by table.

    What to touch is found before anything is changed, since the rows lead to each other.
    """
    found = [
        (table, list(table.rows(ansatt).values_list("pk", flat=True)))
        for table in persondata.erasing()
    ]
    return _empty_out(found, {table.model: _values(table, ansatt) for table, _pks in found})


@transaction.atomic
def empty(rule: Lagringsregel, rows: QuerySet[Any]) -> int:
    """Remove what cases that are over say of people, also of those who work here; return how many.

    Each table has the fate it has when a person is erased: outcomes, amounts and dates stay.
    """
    cases = list(rows)
    ids = [case.pk for case in cases]
    found = [
        (table, list(table.cls.objects.filter(**{f"{way}__in": ids}).values_list("pk", flat=True)))
        for table, way in persondata.below(rows.model)
    ]
    _empty_out(found, {table.model: _values(table, None) for table, _pks in found})
    audit.record_each("lagringstid.empty", ((case, {"rule": rule.key}) for case in cases), by=None)
    at, kommune_id = clock.real_now().isoformat(), tenancy.require_id()
    entries = [Entry(at, kommune_id, case.ansatt_id, rule.key, case.pk) for case in cases]
    transaction.on_commit(lambda: ledger.write(entries))
    return len(cases)


def _empty_out(found: list[tuple[Tabell, list[Any]]], values: dict[str, Any]) -> dict[str, int]:
    for table, pks in found:
        if table.fate is not Fate.KEPT and pks:
            _let_go_of_files(table, pks)
            _touch(table, pks, values[table.model])
    return {table.model: len(pks) for table, pks in found if pks}


def _values(table: Tabell, ansatt: Ansatt | None) -> dict[str, Any]:
    return {
        name: value(ansatt) if callable(value) else value for name, value in table.emptied.items()
    }


def _touch(table: Tabell, pks: list[Any], values: dict[str, Any]) -> None:
    rows = table.cls.objects.filter(pk__in=pks)
    if table.fate is Fate.DELETED:
        rows.delete()
    else:
        rows.update(**values)


def _let_go_of_files(table: Tabell, pks: list[Any]) -> None:
    """Remove the files of rows that are about to go, or to be emptied; when they are nobody's."""
    for name in persondata.files_of(table.cls):
        rows = table.cls.objects.filter(pk__in=pks, **{f"{name}__isnull": False})
        ids = list(rows.values_list(name, flat=True))
        if table.fate is Fate.DELETED:
            rows.delete()
        elif table.cls._meta.get_field(name).null:
            rows.update(**{name: None})
        for fil in Fil.objects.filter(pk__in=ids):
            remove_file(fil)


def remove_file(fil: Fil) -> None:
    """Remove the file; where a row must go on pointing at it, only its name and bytes."""
    try:
        with transaction.atomic():
            files.remove(fil)
    except ProtectedError:
        files.empty(fil)


# --- the night --------------------------------------------------------------------------------


def carry_out_due(on: date) -> int:
    """Erase those whose day has come and whom nobody holds; return how many."""
    due = queries.due(on)
    for sletting in due:
        carry_out(sletting, by=None)
    return len(due)


def catch_up_ledger() -> int:
    """Write to the ledger what a stop between commit and file may have left out."""
    done = Sletting.objects.filter(done_at__isnull=False).values_list(
        "done_at", "kommune_id", "ansatt_id"
    )
    return ledger.write(Entry(at.isoformat(), kommune, pk) for at, kommune, pk in done if at)


def _open(sletting: Sletting) -> Sletting:
    locked: Sletting = (
        Sletting.objects.select_for_update(of=("self",))
        .select_related("ansatt")
        .get(pk=sletting.pk)
    )
    if locked.done_at is not None or locked.refused_at is not None:
        raise TransitionError(_("Denne slettingen er allerede avgjort."))
    return locked
