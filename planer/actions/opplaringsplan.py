"""Verbs on editions of a training plan: begin, hear, adopt, roll."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt, Enhet
from planer import rules
from planer.actions import drofting, offentlig
from planer.models import Opplaringsplan
from planer.queries import horing, rullering
from planer.queries import opplaringsplan as queries
from planer.workflow import opplaringsplan as workflow

Status = Opplaringsplan.Status


@transaction.atomic
def begin(*, year: int, enhet: Enhet | None, by: Ansatt) -> Opplaringsplan:
    """Begin a draft of a unit's short plan, or of the joint plan (None); its lines are there.

    Raises:
        PermissionDenied: `by` does not plan for the unit.
        DomainError: there is a draft, or the plan is on hearing, already.
    """
    if not rules.may_plan_for(by, enhet):
        raise PermissionDenied
    same = Opplaringsplan.objects.filter(year=year, enhet=enhet)
    if same.exclude(status__in=(Status.ADOPTED, Status.SUPERSEDED)).exists():
        raise DomainError(_("Det er et utkast til denne planen fra før."))
    kind = Opplaringsplan.Kind.SHORT if enhet else Opplaringsplan.Kind.JOINT
    plan: Opplaringsplan = Opplaringsplan.objects.create(
        kind=kind,
        year=year,
        enhet=enhet,
        earlier=same.filter(status=Status.ADOPTED).first(),
        year_before=rullering.last_adopted(year, enhet=enhet),
    )
    audit.record("opplaringsplan.begin", plan, by=by)
    return plan


@transaction.atomic
def hear(plan: Opplaringsplan, *, by: Ansatt) -> Opplaringsplan:
    """Send the draft on hearing: everyone can read it."""
    return _step("hear", plan, by=by)


@transaction.atomic
def redraft(plan: Opplaringsplan, *, by: Ansatt) -> Opplaringsplan:
    return _step("redraft", plan, by=by)


@transaction.atomic
def adopt(
    plan: Opplaringsplan, *, body: str, on: date, case_number: str, by: Ansatt
) -> Opplaringsplan:
    """Record the decision, freeze the plan as it stands and publish it without persons.

    The edition before is superseded, and its public page says by what.

    Raises:
        DomainError: the hearing is not over, the plan has no measures, or it is not discussed
            with the unions and the Kommune asks for it.
    """
    plan = _locked(plan)
    workflow.check("adopt", plan, by=by)
    if horing.is_running(plan, on=clock.today()):
        raise DomainError(_("Høringen er ikke over. Vent til fristen er gått ut."))
    drofting.must_be_discussed(plan)
    with translation.override(plan.kommune.maalform):
        found, rolled = queries.now(plan), rullering.of(plan)
    if not found.plan.counted:
        raise DomainError(_("Planen har ingen tiltak. Legg inn tiltak før den blir vedtatt."))
    if plan.earlier is not None and plan.earlier.status == Status.ADOPTED:
        _step("supersede", plan.earlier, by=by)
    plan.body, plan.adopted_on, plan.case_number = body, on, case_number
    plan.frozen = queries.freeze(found) | {"rolled": rullering.freeze(rolled)}
    plan.status = Status.ADOPTED
    plan.version += 1
    plan.save()
    audit.record("opplaringsplan.adopt", plan, by=by)
    offentlig.publish(plan)
    return plan


@transaction.atomic
def roll(plan: Opplaringsplan, *, by: Ansatt) -> Opplaringsplan:
    """Begin the next edition of the same year: the measures as they stand now.

    Raises:
        DomainError: there is a draft already.
    """
    workflow.check("roll", _locked(plan), by=by)
    return begin(year=plan.year, enhet=plan.enhet, by=by)


def _locked(plan: Opplaringsplan) -> Opplaringsplan:
    locked: Opplaringsplan = (
        Opplaringsplan.objects.select_for_update(of=("self",))
        .select_related("enhet", "earlier")
        .get(pk=plan.pk)
    )
    return locked


def _step(name: str, plan: Opplaringsplan, *, by: Ansatt) -> Opplaringsplan:
    plan = _locked(plan)
    step = workflow.check(name, plan, by=by)
    plan.status = Status(step.leads_to(plan.status))
    plan.version += 1
    plan.save(update_fields=["status", "version"])
    audit.record(f"opplaringsplan.{name}", plan, by=by)
    return plan
