"""Verbs on competence that a course should have given: propose, confirm, decline."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kartlegging import rules
from kartlegging.actions import beholdning
from kartlegging.models import Beholdning, Kompetanseforslag
from kartlegging.queries import forslag as queries
from kompetanse import clock
from kompetanse.errors import TransitionError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.learned import Lesson
from kompetanse.organisasjon.models import Ansatt

S = Kompetanseforslag.Status


@transaction.atomic
def propose(ansatte: Collection[int], lesson: Lesson) -> None:
    """Let these employees, and no others, have learned the lesson; registered with the ground.

    Who has it confirmed as high, and not to be renewed, needs no proposal. What a leader has
    decided stays as it is.
    """
    told = Kompetanseforslag.objects.filter(origin=lesson.origin)
    told.filter(status=S.WAITING).exclude(ansatt__in=ansatte).delete()
    known = set(told.values_list("ansatt", flat=True))
    months = lesson.kompetanse.validity_months
    have = set() if months else queries.confirmed(lesson.kompetanse, level=lesson.level)
    valid_until = clock.add_months(lesson.on, months) if months else None
    Kompetanseforslag.objects.bulk_create(
        Kompetanseforslag(
            ansatt_id=pk,
            kompetanse=lesson.kompetanse,
            level=lesson.level,
            valid_until=valid_until,
            origin=lesson.origin,
            title=lesson.title,
            on=lesson.on,
        )
        for pk in ansatte
        if pk not in known | have
    )
    told.filter(status=S.WAITING).update(
        kompetanse=lesson.kompetanse, level=lesson.level, valid_until=valid_until
    )


@transaction.atomic
def confirm(forslag: Kompetanseforslag, *, by: Ansatt) -> Beholdning:
    """Put the competence in the stock, confirmed; a course never lowers or shortens what is there.

    Raises:
        PermissionDenied: `by` does not lead the employee, or is the employee.
        TransitionError: it is decided already.
    """
    forslag = _locked(forslag, by=by)
    _decide(forslag, S.CONFIRMED, by=by)
    level, valid_until = _highest(forslag)
    return beholdning.register(
        forslag.ansatt, forslag.kompetanse, level=level, valid_until=valid_until, by=by
    )


def _highest(forslag: Kompetanseforslag) -> tuple[int, date | None]:
    """Return the level and the last day that hold when the course is added to the stock.

    A day that has to be renewed by is set also where none was told; a later one stays.
    """
    had = queries.held(forslag.ansatt, forslag.kompetanse, on=clock.today())
    if had is None or had.level < forslag.level:
        return forslag.level, forslag.valid_until
    if forslag.valid_until is None:
        return had.level, had.valid_until if had.level > forslag.level else None
    return had.level, max(forslag.valid_until, had.valid_until or forslag.valid_until)


@transaction.atomic
def confirm_all(forslag: Collection[Kompetanseforslag], *, by: Ansatt) -> int:
    """Confirm those that still wait; return how many. Raises as `confirm`."""
    waiting = [each for each in forslag if each.status == S.WAITING]
    for each in waiting:
        confirm(each, by=by)
    return len(waiting)


@transaction.atomic
def decline(forslag: Kompetanseforslag, *, by: Ansatt) -> Kompetanseforslag:
    """Say that the employee does not master it yet. Raises as `confirm`."""
    forslag = _locked(forslag, by=by)
    return _decide(forslag, S.DECLINED, by=by)


def _decide(forslag: Kompetanseforslag, status: S, *, by: Ansatt) -> Kompetanseforslag:
    if forslag.status != S.WAITING:
        raise TransitionError(_("Forslaget er avgjort fra før."))
    forslag.status, forslag.decided_by, forslag.decided_at = status, by, clock.now()
    forslag.save(update_fields=["status", "decided_by", "decided_at"])
    audit.record(f"kompetanseforslag.{_STEP[status]}", forslag, by=by, level=forslag.level)
    return forslag


_STEP = {S.CONFIRMED: "confirm", S.DECLINED: "decline"}


def _locked(forslag: Kompetanseforslag, *, by: Ansatt) -> Kompetanseforslag:
    locked: Kompetanseforslag = (
        Kompetanseforslag.objects.select_for_update(of=("self",))
        .select_related("ansatt__enhet", "kompetanse")
        .get(pk=forslag.pk)
    )
    rules.require(rules.may_confirm(by, locked.ansatt))
    return locked
