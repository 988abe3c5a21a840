"""Verbs on evaluations: begin, answer, change the plan, finish."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt, Enhet
from planer import rules
from planer.actions import opplaring
from planer.actions.linje import Measure
from planer.models import Evaluering, Mote, Planendring, Tiltak
from planer.queries import evaluering as queries
from planer.workflow import evaluering as workflow

Kind = Planendring.Kind
STATUS_OF = {Kind.POSTPONED: Tiltak.Status.POSTPONED, Kind.CANCELLED: Tiltak.Status.CANCELLED}


@transaction.atomic
def begin(
    *, year: int, kind: str, held_on: date, enhet: Enhet | None, mote: Mote | None, by: Ansatt
) -> Evaluering:
    """Begin an evaluation of a year's plan, for all units (None) or one and those below it.

    Raises:
        PermissionDenied: `by` does not plan there.
        DomainError: the year has its yearly evaluation already.
    """
    if not rules.may_plan_for(by, enhet):
        raise PermissionDenied
    same = Evaluering.objects.filter(year=year, enhet=enhet, kind=Evaluering.Kind.YEARLY)
    if kind == Evaluering.Kind.YEARLY and same.exists():
        raise DomainError(
            _("Planen for %(year)d har en årlig evaluering fra før.") % {"year": year}
        )
    evaluering: Evaluering = Evaluering.objects.create(
        year=year, kind=kind, held_on=held_on, enhet=enhet, mote=mote, by=by
    )
    audit.record("evaluering.begin", evaluering, by=by)
    return evaluering


@transaction.atomic
def answer(evaluering: Evaluering, *, version: int, by: Ansatt, **answers: Any) -> Evaluering:
    """Write the answers to the three questions.

    Raises:
        StaleError: someone else has written since `version`.
        TransitionError: it is finished.
    """
    evaluering = _locked(evaluering)
    workflow.check("edit", evaluering, by=by)
    if evaluering.version != version:
        raise StaleError(
            _("Noen andre skrev i evalueringen samtidig. Sjekk svarene, og lagre en gang til.")
        )
    for name, value in answers.items():
        setattr(evaluering, name, value)
    evaluering.version += 1
    evaluering.save()
    audit.record("evaluering.answer", evaluering, by=by)
    return evaluering


@transaction.atomic
def revise(
    evaluering: Evaluering, tiltak: Tiltak, *, kind: Planendring.Kind, reason: str, by: Ansatt
) -> Planendring:
    """Move, postpone or cancel a measure because of the evaluation; the reason is kept.

    Raises:
        PermissionDenied: `by` does not plan for the measure's unit.
        TransitionError: the evaluation is finished.
    """
    evaluering = _locked(evaluering)
    workflow.check("change", evaluering, by=by)
    before = _stand(tiltak, kind)
    if kind == Kind.MOVED:
        changed = opplaring.put_off(tiltak, by=by)
    else:
        changed = opplaring.move(tiltak, status=STATUS_OF[kind], by=by)
    after = _stand(changed, kind)
    return _keep(evaluering, changed, kind=kind, before=before, after=after, reason=reason, by=by)


@transaction.atomic
def propose(
    evaluering: Evaluering, *, theme: str, year: int, half: str, reason: str, by: Ansatt
) -> Planendring:
    """Add a measure that the evaluation asks for; its need is the reason. Raises as `revise`."""
    evaluering = _locked(evaluering)
    workflow.check("change", evaluering, by=by)
    measure = Measure(year=year, half=half, theme=theme, need=reason[:200], enhet=evaluering.enhet)
    tiltak = opplaring.add(measure, by=by)
    after = _stand(tiltak, Kind.NEW)
    return _keep(evaluering, tiltak, kind=Kind.NEW, before="", after=after, reason=reason, by=by)


@transaction.atomic
def finish(evaluering: Evaluering, *, by: Ansatt, on: date) -> Evaluering:
    """Close the evaluation with the figures of the day; everyone can read it from now on.

    Raises:
        DomainError: a question has no answer.
        TransitionError: it is finished already.
    """
    evaluering = _locked(evaluering)
    workflow.check("finish", evaluering, by=by)
    if not all((evaluering.carried_out, evaluering.goals_met, evaluering.must_change)):
        raise DomainError(_("Svar på alle de tre spørsmålene før du fullfører evalueringen."))
    evaluering.figures = queries.freeze(queries.figures(evaluering, on=on))
    evaluering.status = Evaluering.Status.DONE
    evaluering.version += 1
    evaluering.save()
    audit.record("evaluering.finish", evaluering, by=by)
    return evaluering


def _keep(evaluering: Evaluering, tiltak: Tiltak, *, by: Ansatt, **values: Any) -> Planendring:
    endring: Planendring = Planendring.objects.create(
        evaluering=evaluering, tiltak=tiltak, by=by, **values
    )
    audit.record("planendring.make", endring, by=by, tiltak_id=tiltak.pk)
    return endring


def _stand(tiltak: Tiltak, kind: str) -> str:
    """Return when the measure is, or its status, as the evaluation keeps it: in the målform."""
    with translation.override(tiltak.kommune.maalform):
        if kind in {Kind.MOVED, Kind.NEW}:
            return f"{Tiltak.Halvar(tiltak.half).label} {tiltak.year}"
        return str(Tiltak.Status(tiltak.status).label)


def _locked(evaluering: Evaluering) -> Evaluering:
    locked: Evaluering = (
        Evaluering.objects.select_for_update(of=("self",))
        .select_related("enhet", "mote")
        .get(pk=evaluering.pk)
    )
    return locked
