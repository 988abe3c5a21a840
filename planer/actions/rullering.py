"""The verb that rolls a year's measures on to the next: each is carried on, done or dropped."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse.errors import DomainError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt
from planer import rules
from planer.actions import opplaring
from planer.enums import Outcome
from planer.models import Tiltak


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What becomes of a measure of last year.

    `half` and `deadline` are the new ones of what is carried on; `reason` says why it is dropped.
    """

    tiltak: Tiltak
    outcome: str
    half: str = ""
    deadline: date | None = None
    reason: str = ""


@transaction.atomic
def roll(decisions: Iterable[Decision], *, year: int, by: Ansatt) -> int:
    """Do what is decided of the measures of the year before `year`; return how many.

    Raises:
        PermissionDenied: `by` does not plan for the unit of one of them.
        DomainError: a measure is of another year, or dropped without a reason.
    """
    return sum(_roll(each, year=year, by=by) for each in decisions)


@transaction.atomic
def regret(tiltak: Tiltak, *, by: Ansatt) -> Tiltak:
    """Take back that the measure is dropped, so that it can be decided anew."""
    tiltak = _locked(tiltak, by=by)
    if tiltak.dropped_because:
        _drop(tiltak, "", by=by, verb="tiltak.undrop")
    return tiltak


def _roll(decision: Decision, *, year: int, by: Ansatt) -> bool:
    if decision.outcome == Outcome.UNDECIDED:
        return False
    tiltak = _locked(decision.tiltak, by=by)
    if tiltak.year != year - 1:
        raise DomainError(_("Tiltaket er ikke fra året før. Åpne siden på nytt."))
    if decision.outcome == Outcome.CARRIED:
        return _carry(tiltak, decision, year=year, by=by)
    if decision.outcome == Outcome.DONE:
        opplaring.move(tiltak, status=Tiltak.Status.DONE, by=by)
        return True
    if not decision.reason:
        raise DomainError(_("Skriv hvorfor tiltaket ikke er med videre."))
    _drop(tiltak, decision.reason, by=by, verb="tiltak.drop")
    return True


def _carry(tiltak: Tiltak, decision: Decision, *, year: int, by: Ansatt) -> bool:
    """Plan it anew on its new dates; whoever came second has nothing to carry."""
    for carried in opplaring.carry([tiltak], year=year, by=by):
        carried.half, carried.deadline = decision.half or carried.half, decision.deadline
        carried.save(update_fields=["half", "deadline"])
        return True
    return False


def _drop(tiltak: Tiltak, reason: str, *, by: Ansatt, verb: str) -> None:
    tiltak.dropped_because = reason
    tiltak.version += 1
    tiltak.save(update_fields=["dropped_because", "version"])
    audit.record(verb, tiltak, by=by)


def _locked(tiltak: Tiltak, *, by: Ansatt) -> Tiltak:
    locked: Tiltak = Tiltak.objects.select_for_update(of=("self",)).get(pk=tiltak.pk)
    if not rules.may_edit_tiltak(by, locked):
        raise PermissionDenied
    return locked
