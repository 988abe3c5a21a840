"""Verbs on long training plans: make, set goals, measure, hear, adopt, roll."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt
from planer import rules
from planer.actions import drofting, offentlig
from planer.enums import Outcome
from planer.models import Langplan, Maling, Resultatmal, Strategiplan
from planer.queries import horing, langplaninnhold, langrullering
from planer.queries import langplan as queries
from planer.workflow import langplan as workflow

COPIED = (
    "goal", "indicator", "unit", "baseline", "baseline_on", "target", "deadline", "responsible",
)  # fmt: skip


@transaction.atomic
def make(
    strategiplan: Strategiplan, *, name: str, first_year: int, last_year: int, by: Ansatt
) -> Langplan:
    """Begin a draft on a strategy plan's focus areas.

    Raises:
        PermissionDenied: `by` does not write the strategy plan.
    """
    if not rules.may_edit_plan(by, strategiplan):
        raise PermissionDenied
    plan: Langplan = Langplan.objects.create(
        strategiplan=strategiplan, name=name, first_year=first_year, last_year=last_year
    )
    audit.record("langplan.make", plan, by=by)
    return plan


@transaction.atomic
def add(plan: Langplan, *, version: int, by: Ansatt, **values: Any) -> Resultatmal:
    """Set a goal for a focus area.

    Raises:
        StaleError: someone else has changed the plan since `version`.
        TransitionError: the plan is adopted; roll it instead.
    """
    plan = _open(plan, version=version, by=by)
    mal: Resultatmal = Resultatmal.objects.create(plan=plan, **values)
    audit.record("resultatmal.add", mal, by=by, plan_id=plan.pk)
    return mal


@transaction.atomic
def amend(mal: Resultatmal, *, version: int, by: Ansatt, **values: Any) -> Resultatmal:
    """Give the goal new values. Raises as `add`."""
    plan = _open(mal.plan, version=version, by=by)
    for name, value in values.items():
        setattr(mal, name, value)
    mal.save(update_fields=list(values))
    audit.record("resultatmal.amend", mal, by=by, plan_id=plan.pk, fields=sorted(values))
    return mal


@transaction.atomic
def remove(mal: Resultatmal, *, version: int, reason: str = "", by: Ansatt) -> None:
    """Take the goal and its measurements out of the plan. Raises as `add`.

    `reason`: why a goal of the edition before is not carried on after all.
    """
    plan = _open(mal.plan, version=version, by=by)
    if mal.earlier is not None:
        _drop(mal.earlier, reason)
    audit.record("resultatmal.remove", mal, by=by, plan_id=plan.pk)
    mal.delete()


@transaction.atomic
def measure(mal: Resultatmal, *, on: date, value: Decimal, note: str = "", by: Ansatt) -> Maling:
    """Record the figure of a day; measured again on the same day, the last figure counts."""
    plan = _locked(mal.plan)
    workflow.check("measure", plan, by=by)
    maling: Maling
    maling, _made = Maling.objects.update_or_create(
        mal=mal, on=on, defaults={"value": value, "note": note, "by": by}
    )
    audit.record("maling.measure", maling, by=by, mal_id=mal.pk)
    return maling


@transaction.atomic
def hear(plan: Langplan, *, by: Ansatt) -> Langplan:
    """Send the draft on hearing: everyone can read it."""
    return _step("hear", plan, by=by)


@transaction.atomic
def redraft(plan: Langplan, *, by: Ansatt) -> Langplan:
    return _step("redraft", plan, by=by)


@transaction.atomic
def adopt(plan: Langplan, *, body: str, on: date, case_number: str, by: Ansatt) -> Langplan:
    """Record the decision and freeze the plan as it stands; the edition before is superseded.

    The plan is published without persons.

    Raises:
        DomainError: the hearing is not over; or the plan is not discussed with the unions, and
            the Kommune asks for it.
    """
    plan = _locked(plan)
    workflow.check("adopt", plan, by=by)
    if horing.is_running(plan, on=clock.today()):
        raise DomainError(_("Høringen er ikke over. Vent til fristen er gått ut."))
    drofting.must_be_discussed(plan)
    plan.body, plan.adopted_on, plan.case_number = body, on, case_number
    plan.save(update_fields=["body", "adopted_on", "case_number"])
    plan = _step("adopt", plan, by=by)
    with translation.override(plan.kommune.maalform):
        plan.frozen = langplaninnhold.freeze(queries.document(plan, on=on))
    plan.save(update_fields=["frozen"])
    if plan.earlier is not None and plan.earlier.status == Langplan.Status.ADOPTED:
        _step("supersede", plan.earlier, by=by)
    plan.refresh_from_db(fields=["frozen"])
    offentlig.publish(plan)
    return plan


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalDecision:
    """What becomes of a goal in the next edition.

    `target` and `deadline` are the new ones of what is carried on; `reason` says why it is dropped.
    """

    outcome: str
    target: Decimal | None = None
    deadline: date | None = None
    reason: str = ""


@transaction.atomic
def roll(
    plan: Langplan, *, decisions: Mapping[int, GoalDecision] | None = None, by: Ansatt
) -> Langplan:
    """Make the next edition, a year later; goals are carried on with their measurements.

    `decisions`: by id of the goal; one that nothing is decided on is carried on as it is.

    Raises:
        TransitionError: the plan is not adopted.
        DomainError: a goal is called done that is not reached, or dropped without a reason.
    """
    plan = _locked(plan)
    workflow.check("roll", plan, by=by)
    edition: Langplan = Langplan.objects.create(
        strategiplan=plan.strategiplan,
        earlier=plan,
        name=plan.name,
        first_year=plan.first_year + 1,
        last_year=plan.last_year + 1,
    )
    for mal in plan.resultatmal.prefetch_related("malinger"):
        decision = (decisions or {}).get(mal.pk) or GoalDecision(outcome=Outcome.CARRIED)
        _decide(mal, decision, edition=edition)
    audit.record("langplan.roll", edition, by=by, plan_id=plan.pk)
    return edition


def _decide(mal: Resultatmal, decision: GoalDecision, *, edition: Langplan) -> None:
    if decision.outcome == Outcome.CARRIED:
        _carry(mal, edition, decision)
    elif decision.outcome == Outcome.DONE:
        if not langrullering.is_reached(mal):
            raise DomainError(_("«%(goal)s» er ikke nådd ennå.") % {"goal": mal.goal})
    else:
        _drop(mal, decision.reason)


def _drop(mal: Resultatmal, reason: str) -> None:
    if not reason:
        raise DomainError(_("Skriv hvorfor «%(goal)s» ikke er med videre.") % {"goal": mal.goal})
    mal.dropped_because = reason
    mal.save(update_fields=["dropped_because"])


def _carry(mal: Resultatmal, edition: Langplan, decision: GoalDecision) -> None:
    values = {name: getattr(mal, name) for name in COPIED}
    new = {"target": decision.target, "deadline": decision.deadline}
    values |= {name: value for name, value in new.items() if value is not None}
    carried = Resultatmal.objects.create(
        plan=edition, fokusomrade=mal.fokusomrade, earlier=mal, **values
    )
    Maling.objects.bulk_create(
        Maling(mal=carried, on=each.on, value=each.value, note=each.note, by_id=each.by_id)
        for each in mal.malinger.all()
    )


def _open(plan: Langplan, *, version: int, by: Ansatt) -> Langplan:
    """Lock the plan for a change of its goals and count the change."""
    plan = _locked(plan)
    workflow.check("edit", plan, by=by)
    if plan.version != version:
        raise StaleError(
            _("Noen andre endret planen mens du skrev. Sjekk svarene dine, og lagre en gang til.")
        )
    plan.version += 1
    plan.save(update_fields=["version"])
    return plan


def _locked(plan: Langplan) -> Langplan:
    locked: Langplan = (
        Langplan.objects.select_for_update(of=("self",))
        .select_related("strategiplan")
        .get(pk=plan.pk)
    )
    return locked


def _step(name: str, plan: Langplan, *, by: Ansatt) -> Langplan:
    plan = _locked(plan)
    step = workflow.check(name, plan, by=by)
    plan.status = Langplan.Status(step.leads_to(plan.status))
    plan.version += 1
    plan.save(update_fields=["status", "version"])
    audit.record(f"langplan.{name}", plan, by=by)
    return plan
