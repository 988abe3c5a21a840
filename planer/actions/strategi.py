"""Verbs on strategy plans: write, send on hearing, adopt, put in force, roll."""

from collections.abc import Collection
from datetime import date
from typing import Any, TypeAlias

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt, Enhet
from planer import rules
from planer.actions import drofting, offentlig
from planer.models import (
    Fokusomrade,
    Henvisning,
    Hovedmal,
    Kapittel,
    Planomfang,
    Planvedtak,
    Strategiplan,
)
from planer.queries import horing
from planer.workflow import strategi as workflow

Row: TypeAlias = Hovedmal | Fokusomrade | Kapittel | Henvisning
ORDERED = (Hovedmal, Fokusomrade, Kapittel)


@transaction.atomic
def make(*, name: str, first_year: int, last_year: int, by: Ansatt) -> Strategiplan:
    """Begin a draft.

    Raises:
        PermissionDenied: `by` does not write plans.
    """
    if not rules.may_edit_plans(by):
        raise PermissionDenied
    plan: Strategiplan = Strategiplan.objects.create(
        name=name, first_year=first_year, last_year=last_year
    )
    audit.record("strategiplan.make", plan, by=by)
    return plan


@transaction.atomic
def change(plan: Strategiplan, *, version: int, by: Ansatt, **values: Any) -> Strategiplan:
    """Give the plan's own fields new values.

    Raises:
        StaleError: someone else has changed the plan since `version`.
        TransitionError: the plan is adopted; make a new edition instead.
    """
    plan = _open(plan, version=version, by=by)
    for name, value in values.items():
        setattr(plan, name, value)
    plan.save(update_fields=list(values))
    audit.record("strategiplan.change", plan, by=by, fields=sorted(values))
    return plan


@transaction.atomic
def add(plan: Strategiplan, model: type[Row], *, version: int, by: Ansatt, **values: Any) -> Row:
    """Add a goal, an area, a chapter or a reference, last among its like. Raises as `change`."""
    plan = _open(plan, version=version, by=by)
    if model in ORDERED:
        last = model.objects.filter(plan=plan).aggregate(last=Max("order"))["last"]
        values["order"] = (last or 0) + 1
    row: Row = model.objects.create(plan=plan, **values)
    audit.record(f"{model._meta.model_name}.add", row, by=by, plan_id=plan.pk)
    return row


@transaction.atomic
def amend(row: Row, *, version: int, by: Ansatt, **values: Any) -> Row:
    """Give a part of the plan new values. Raises as `change`."""
    plan = _open(row.plan, version=version, by=by)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    audit.record(f"{row._meta.model_name}.amend", row, by=by, plan_id=plan.pk)
    return row


@transaction.atomic
def remove(row: Row, *, version: int, by: Ansatt) -> None:
    """Delete a part of the plan; a focus area with its sub-areas. Raises as `change`."""
    plan = _open(row.plan, version=version, by=by)
    audit.record(f"{row._meta.model_name}.remove", row, by=by, plan_id=plan.pk)
    row.delete()


@transaction.atomic
def cover(plan: Strategiplan, *, enheter: Collection[Enhet], version: int, by: Ansatt) -> None:
    """Let the plan hold for these units and no others. Raises as `change`."""
    plan = _open(plan, version=version, by=by)
    plan.omfang.all().delete()
    Planomfang.objects.bulk_create(Planomfang(plan=plan, enhet=enhet) for enhet in enheter)
    audit.record("strategiplan.cover", plan, by=by, enhet_ids=sorted(e.pk for e in enheter))


@transaction.atomic
def hear(plan: Strategiplan, *, by: Ansatt) -> Strategiplan:
    """Send the draft on hearing: everyone can read it."""
    return _step("hear", plan, by=by)


@transaction.atomic
def redraft(plan: Strategiplan, *, by: Ansatt) -> Strategiplan:
    return _step("redraft", plan, by=by)


@transaction.atomic
def adopt(plan: Strategiplan, *, body: str, on: date, case_number: str, by: Ansatt) -> Strategiplan:
    """Record that a body has adopted the plan; from the first decision its text is frozen.

    A body that stands in the chain without a date gets it; another is added last. The plan is
    published without persons.

    Raises:
        DomainError: the hearing is not over; or the plan is not discussed with the unions, and
            the Kommune asks for it.
    """
    plan = _locked(plan)
    workflow.check("adopt", plan, by=by)
    if horing.is_running(plan, on=clock.today()):
        raise DomainError(_("Høringen er ikke over. Vent til fristen er gått ut."))
    drofting.must_be_discussed(plan)
    plan = _step("adopt", plan, by=by)
    last = plan.planvedtak.aggregate(last=Max("order"))["last"] or 0
    awaited = plan.planvedtak.filter(body__iexact=body, adopted_on__isnull=True).first()
    vedtak = awaited or Planvedtak(plan=plan, body=body, order=last + 1)
    vedtak.adopted_on, vedtak.case_number = on, case_number
    vedtak.save()
    audit.record("planvedtak.adopt", vedtak, by=by, plan_id=plan.pk)
    offentlig.publish(plan)
    return plan


@transaction.atomic
def enforce(plan: Strategiplan, *, by: Ansatt) -> Strategiplan:
    """Put the adopted plan in force; those in force for the same units are superseded."""
    plan = _step("enforce", plan, by=by)
    for older in (
        Strategiplan.objects.select_for_update()
        .filter(status=Strategiplan.Status.IN_FORCE)
        .exclude(pk=plan.pk)
    ):
        if _overlap(plan, older):
            _set_status(older, Strategiplan.Status.SUPERSEDED)
            audit.record("strategiplan.supersede", older, by=by, plan_id=plan.pk)
    return plan


@transaction.atomic
def roll(plan: Strategiplan, *, by: Ansatt) -> Strategiplan:
    """Make the next edition: a draft with all that the plan holds, a year later."""
    workflow.check("roll", plan, by=by)
    edition: Strategiplan = Strategiplan.objects.create(
        name=plan.name,
        first_year=plan.first_year + 1,
        last_year=plan.last_year + 1,
        vision=plan.vision,
        summary=plan.summary,
        owner=plan.owner,
        responsible=plan.responsible,
    )
    for model in (Hovedmal, Kapittel, Henvisning, Planomfang):
        _copy(model.objects.filter(plan=plan), edition)
    _copy_areas(plan, edition)
    audit.record("strategiplan.roll", edition, by=by, plan_id=plan.pk)
    return edition


def _open(plan: Strategiplan, *, version: int, by: Ansatt) -> Strategiplan:
    """Lock the plan for a change of its text and count the change."""
    plan = _locked(plan)
    workflow.check("edit", plan, by=by)
    if plan.version != version:
        raise StaleError(
            _("Noen andre endret planen mens du skrev. Sjekk teksten din, og lagre en gang til.")
        )
    plan.version += 1
    plan.save(update_fields=["version"])
    return plan


def _locked(plan: Strategiplan) -> Strategiplan:
    locked: Strategiplan = Strategiplan.objects.select_for_update().get(pk=plan.pk)
    return locked


def _step(name: str, plan: Strategiplan, *, by: Ansatt) -> Strategiplan:
    plan = _locked(plan)
    step = workflow.check(name, plan, by=by)
    if step.target and step.target != plan.status:
        _set_status(plan, Strategiplan.Status(step.target))
        audit.record(f"strategiplan.{name}", plan, by=by)
    return plan


def _set_status(plan: Strategiplan, status: Strategiplan.Status) -> None:
    plan.status = status
    plan.version += 1
    plan.save(update_fields=["status", "version"])


def _overlap(plan: Strategiplan, other: Strategiplan) -> bool:
    """Return whether the two hold for a common unit; a plan without units holds for all."""
    ours, theirs = (
        list(each.omfang.values_list("enhet__path", flat=True)) or ["/"] for each in (plan, other)
    )
    return any(a.startswith(b) or b.startswith(a) for a in ours for b in theirs)


def _copy(rows: Any, edition: Strategiplan) -> None:
    for row in rows:
        row.pk, row.plan = None, edition
        row.save()


def _copy_areas(plan: Strategiplan, edition: Strategiplan) -> None:
    made: dict[int | None, Fokusomrade] = {}
    for area in plan.fokusomrader.order_by("order", "pk"):
        made[area.pk] = Fokusomrade.objects.create(
            plan=edition, order=area.order, name=area.name, text=area.text
        )
    for area in plan.fokusomrader.filter(parent__isnull=False):
        made[area.pk].parent = made[area.parent_id]
        made[area.pk].save(update_fields=["parent"])
