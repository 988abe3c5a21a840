"""Verbs on the stock of competence: declare, register, confirm, remove, search."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kartlegging import rules
from kartlegging.models import Beholdning
from kartlegging.queries import beholdning as queries
from kompetanse import clock
from kompetanse.errors import StaleError, TransitionError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt, Kompetanse

S = Beholdning.Status


@transaction.atomic
def declare(
    kompetanse: Kompetanse, *, level: int, valid_until: date | None, by: Ansatt
) -> Beholdning:
    """Say that oneself has the competence; saying it anew waits for the leader anew."""
    return _put(by, kompetanse, level=level, valid_until=valid_until, status=S.DECLARED, by=by)


@transaction.atomic
def register(
    ansatt: Ansatt, kompetanse: Kompetanse, *, level: int, valid_until: date | None, by: Ansatt
) -> Beholdning:
    """Say that an employee has the competence, which the leader thereby has confirmed.

    Raises:
        PermissionDenied: `by` does not lead the employee, or is the employee.
    """
    rules.require(rules.may_confirm(by, ansatt))
    return _put(ansatt, kompetanse, level=level, valid_until=valid_until, status=S.CONFIRMED, by=by)


@transaction.atomic
def confirm(beholdning: Beholdning, *, version: int, by: Ansatt) -> Beholdning:
    """Confirm what the employee has declared, as the leader saw it.

    Raises:
        PermissionDenied: `by` does not lead the employee, or is the employee.
        TransitionError: it is confirmed already.
        StaleError: the employee changed it after the leader opened the page.
    """
    beholdning = _locked(beholdning)
    rules.require(rules.may_confirm(by, beholdning.ansatt))
    if beholdning.status == S.CONFIRMED:
        raise TransitionError(_("Kompetansen er bekreftet fra før."))
    if beholdning.version != version:
        raise StaleError(_("Den ansatte har endret opplysningen siden du åpnet siden."))
    beholdning.status, beholdning.confirmed_by = S.CONFIRMED, by
    _touch(beholdning, "status", "confirmed_by")
    audit.record("beholdning.confirm", beholdning, by=by, level=beholdning.level)
    return beholdning


@transaction.atomic
def remove(beholdning: Beholdning, *, by: Ansatt) -> None:
    """Take away what oneself has declared.

    Raises:
        PermissionDenied: it is another's.
    """
    beholdning = _locked(beholdning)
    rules.require(beholdning.ansatt_id == by.pk)
    audit.record("beholdning.remove", beholdning, by=by, kompetanse_id=beholdning.kompetanse_id)
    beholdning.delete()


@transaction.atomic
def search(kompetanse: Kompetanse, *, level: int, by: Ansatt) -> list[queries.Treff]:
    """Return who has the competence anywhere, and write down that `by` asked.

    Searching shows people of other units, so it leaves a trace.
    """
    hits = queries.treff(kompetanse_id=kompetanse.pk, level=level, on=clock.today())
    audit.record("kompetanse.search", kompetanse, by=by, level=level, hits=len(hits))
    return hits


def _put(
    ansatt: Ansatt,
    kompetanse: Kompetanse,
    *,
    level: int,
    valid_until: date | None,
    status: Beholdning.Status,
    by: Ansatt,
) -> Beholdning:
    row, _is_new = Beholdning.objects.get_or_create(
        ansatt=ansatt, kompetanse=kompetanse, defaults={"level": level}
    )
    beholdning = _locked(row)
    beholdning.level, beholdning.valid_until, beholdning.status = level, valid_until, status
    beholdning.confirmed_by = by if status == S.CONFIRMED else None
    _touch(beholdning, "level", "valid_until", "status", "confirmed_by")
    action = "beholdning.register" if status == S.CONFIRMED else "beholdning.declare"
    audit.record(action, beholdning, by=by, kompetanse_id=kompetanse.pk, level=level)
    return beholdning


def _locked(beholdning: Beholdning) -> Beholdning:
    locked: Beholdning = (
        Beholdning.objects.select_for_update(of=("self",))
        .select_related("ansatt__enhet")
        .get(pk=beholdning.pk)
    )
    return locked


def _touch(beholdning: Beholdning, *fields: str) -> None:
    beholdning.version += 1
    beholdning.updated_at = clock.now()
    beholdning.save(update_fields=["version", "updated_at", *fields])
