"""Verbs on the steps of an introduction: tick, and take the tick back."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kompetanse import clock
from kompetanse.kommuner import audit
from kompetanse.organisasjon import learned
from kompetanse.organisasjon.learned import Lesson
from kompetanse.organisasjon.models import Ansatt
from planer import rules
from planer.actions.introduksjon import locked
from planer.models import Introduksjon, Introduksjonssteg

S = Introduksjon.Status


@transaction.atomic
def tick(steg: Introduksjonssteg, *, by: Ansatt) -> Introduksjonssteg:
    """Say that the step is done today. The last one completes the plan.

    What the step builds of competence is proposed for the leader. A second tick changes nothing.

    Raises:
        PermissionDenied: the step is another's.
    """
    steg = _locked_step(steg, by=by)
    if steg.is_done:
        return steg
    steg.done_on, steg.done_by = clock.today(), by
    steg.save(update_fields=["done_on", "done_by"])
    audit.record("introduksjonssteg.tick", steg, by=by)
    _tell_of(steg)
    _complete(steg.introduksjon, by=by)
    return steg


@transaction.atomic
def untick(steg: Introduksjonssteg, *, by: Ansatt) -> Introduksjonssteg:
    """Take the tick back; a completed plan goes on again. Raises as `tick`."""
    introduksjon = locked(steg.introduksjon)
    if introduksjon.status == S.DONE:
        introduksjon.status, introduksjon.done_on = S.ONGOING, None
        introduksjon.save(update_fields=["status", "done_on"])
    steg = _locked_step(steg, by=by)
    if steg.is_done:
        steg.done_on = steg.done_by = None
        steg.save(update_fields=["done_on", "done_by"])
        audit.record("introduksjonssteg.untick", steg, by=by)
        _tell_of(steg)
    return steg


def _complete(introduksjon: Introduksjon, *, by: Ansatt) -> None:
    if introduksjon.steg.filter(done_on__isnull=True).exists():
        return
    introduksjon.status, introduksjon.done_on = S.DONE, clock.today()
    introduksjon.save(update_fields=["status", "done_on"])
    audit.record("introduksjon.complete", introduksjon, by=by)


def _tell_of(steg: Introduksjonssteg) -> None:
    """Tell what has been learned, or that nobody has learned it after all."""
    if steg.kompetanse is None or steg.level is None:
        return
    lesson = Lesson(
        origin=f"introduksjonssteg:{steg.pk}",
        title=steg.title,
        kompetanse=steg.kompetanse,
        level=steg.level,
        on=steg.done_on or clock.today(),
    )
    learned.tell([steg.introduksjon.ansatt_id] if steg.is_done else [], lesson)


def _locked_step(steg: Introduksjonssteg, *, by: Ansatt) -> Introduksjonssteg:
    introduksjon = locked(steg.introduksjon)
    steg = Introduksjonssteg.objects.select_related("kompetanse").get(pk=steg.pk)
    steg.introduksjon = introduksjon
    if not rules.may_tick_step(by, steg):
        raise PermissionDenied
    return steg
