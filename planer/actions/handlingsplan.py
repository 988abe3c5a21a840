"""Verbs on the action plan: gather, lay before the leader group, weigh each measure, decide."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError, StaleError
from kompetanse.kommuner import audit
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler import actions as varsler
from planer import emails
from planer.models import Handlingsplan, Handlingspunkt, Mote, Tiltak
from planer.queries import handlingsplan as queries
from planer.workflow import handlingsplan as workflow

S, V = Handlingsplan.Status, Handlingspunkt.Verdict


@transaction.atomic
def begin(year: int, *, by: Ansatt) -> Handlingsplan:
    """Make the year's proposal of all its measures; begun again it is the same.

    Raises:
        PermissionDenied: `by` does not make proposals.
    """
    plan, is_new = Handlingsplan.objects.get_or_create(year=year)
    if is_new:
        workflow.check("edit", plan, by=by)
        plan.mote = queries.wheel_meeting(year)
        plan.save(update_fields=["mote"])
        _choose(plan, [tiltak.pk for tiltak in queries.proposable(year)])
        audit.record("handlingsplan.begin", plan, by=by, year=year)
    return plan


@transaction.atomic
def change(
    plan: Handlingsplan,
    *,
    mote: Mote | None,
    comment: str,
    tiltak: Collection[Tiltak],
    version: int,
    by: Ansatt,
) -> Handlingsplan:
    """Say which measures are proposed, which meeting went through the needs, and a few words.

    Raises:
        TransitionError: it is laid before the leader group, or decided.
        StaleError: someone else changed it since `version`.
    """
    plan = _locked(plan)
    workflow.check("edit", plan, by=by)
    if plan.version != version:
        raise StaleError(_("Noen andre endret forslaget. Se over, og lagre en gang til."))
    plan.mote, plan.comment = mote, comment
    _choose(plan, [each.pk for each in tiltak])
    _save(plan, "mote", "comment")
    audit.record("handlingsplan.change", plan, by=by, points=len(tiltak))
    return plan


@transaction.atomic
def propose(plan: Handlingsplan, *, by: Ansatt) -> Handlingsplan:
    """Lay it before the leader group, with texts and costs as they are now; they are told.

    Raises:
        TransitionError: it is laid before them already.
        DomainError: no measure is proposed, or no meeting with the unions is named.
    """
    plan = _locked(plan)
    workflow.check("propose", plan, by=by)
    rows = list(plan.punkter.select_related("tiltak__enhet", "tiltak__fokusomrade"))
    if not rows:
        raise DomainError(_("Forslaget har ingen tiltak."))
    if plan.mote_id is None:
        raise DomainError(
            _("Velg møtet med tillitsvalgte og verneombud før du legger forslaget fram.")
        )
    for row in rows:
        _freeze(row)
    plan.status, plan.proposed_at, plan.proposed_by = S.PROPOSED, clock.now(), by
    _save(plan, "status", "proposed_at", "proposed_by")
    audit.record("handlingsplan.propose", plan, by=by, amount=sum(row.proposed for row in rows))
    return plan


@transaction.atomic
def recall(plan: Handlingsplan, *, by: Ansatt) -> Handlingsplan:
    """Take it back from the leader group; what they have weighed is forgotten."""
    plan = _locked(plan)
    workflow.check("recall", plan, by=by)
    plan.punkter.update(verdict="", approved=0, reason="")
    plan.status, plan.proposed_at, plan.proposed_by = S.DRAFT, None, None
    _save(plan, "status", "proposed_at", "proposed_by")
    audit.record("handlingsplan.recall", plan, by=by)
    return plan


@transaction.atomic
def weigh(
    punkt: Handlingspunkt, *, verdict: str, amount: int, reason: str, by: Ansatt
) -> Handlingspunkt:
    """Approve the measure, change its amount (NOK), postpone or refuse it.

    Raises:
        TransitionError: the plan is not before the leader group.
        PermissionDenied: `by` does not decide for the leader group, or made the proposal.
        DomainError: another amount, or no money, without a reason.
    """
    plan = _locked(punkt.plan)
    workflow.check("weigh", plan, by=by)
    punkt = Handlingspunkt.objects.select_for_update(of=("self",)).get(pk=punkt.pk)
    said = V(verdict)
    if said == V.CHANGED and amount == punkt.proposed:
        said = V.APPROVED
    if said != V.APPROVED and not reason.strip():
        raise DomainError(_("Skriv hvorfor ledergruppa bestemte noe annet enn forslaget."))
    punkt.verdict, punkt.reason = said, reason.strip()
    punkt.approved = {V.APPROVED: punkt.proposed, V.CHANGED: amount}.get(said, 0)
    punkt.save(update_fields=["verdict", "reason", "approved"])
    audit.record("handlingspunkt.weigh", punkt, by=by, verdict=str(said), amount=punkt.approved)
    return punkt


@transaction.atomic
def approve_rest(plan: Handlingsplan, *, by: Ansatt) -> int:
    """Approve as proposed what is not weighed yet; return how many measures. Raises as `weigh`."""
    plan = _locked(plan)
    workflow.check("weigh", plan, by=by)
    rows = list(plan.punkter.filter(verdict="").select_related("plan"))
    for row in rows:
        weigh(row, verdict=V.APPROVED, amount=row.proposed, reason="", by=by)
    return len(rows)


@transaction.atomic
def decide(plan: Handlingsplan, *, case_number: str, version: int, by: Ansatt) -> Handlingsplan:
    """Adopt the plan for the leader group: nothing of it changes any more.

    Measures that are postponed or refused are so in the training plan too; who proposed is told.

    Raises:
        TransitionError: it is not before the leader group.
        StaleError: someone else changed it since `version`.
        DomainError: a measure is not weighed.
    """
    plan = _locked(plan)
    workflow.check("decide", plan, by=by)
    if plan.version != version:
        raise StaleError(_("Noen andre endret planen. Se over, og vedta en gang til."))
    if plan.punkter.filter(verdict="").exists():
        raise DomainError(_("Behandle alle tiltakene før planen blir vedtatt."))
    plan.status, plan.case_number = S.DECIDED, case_number
    plan.decided_at, plan.decided_by = clock.now(), by
    plan.capacity = access.capacity(by, Act.DECIDE_ACTIONS)
    _save(plan, "status", "case_number", "decided_at", "decided_by", "capacity")
    _follow(plan, V.POSTPONED, Tiltak.Status.POSTPONED, by=by)
    _follow(plan, V.REFUSED, Tiltak.Status.CANCELLED, by=by)
    amount = sum(plan.punkter.values_list("approved", flat=True))
    audit.record("handlingsplan.decide", plan, by=by, amount=amount)
    _tell(plan, amount)
    return plan


def _choose(plan: Handlingsplan, ids: Collection[int]) -> None:
    """Let the proposal have these measures and no others, in their order."""
    plan.punkter.exclude(tiltak__in=ids).delete()
    Handlingspunkt.objects.bulk_create(
        [
            Handlingspunkt(plan=plan, tiltak_id=pk, order=order)
            for order, pk in enumerate(ids, start=1)
        ],
        update_conflicts=True,
        unique_fields=["kommune", "plan", "tiltak"],
        update_fields=["order"],
    )


def _freeze(row: Handlingspunkt) -> None:
    tiltak = row.tiltak
    row.theme, row.enhet = tiltak.theme, tiltak.enhet
    row.fokus = tiltak.fokusomrade.name if tiltak.fokusomrade else ""
    row.costs = queries.costs_of(tiltak)
    row.proposed = sum(row.costs.values())
    row.save(update_fields=["theme", "enhet", "fokus", "costs", "proposed"])


def _follow(plan: Handlingsplan, verdict: str, status: Tiltak.Status, *, by: Ansatt) -> None:
    rows = Tiltak.objects.select_for_update(of=("self",)).filter(
        pk__in=plan.punkter.filter(verdict=verdict).values("tiltak")
    )
    for tiltak in rows:
        was, tiltak.status = tiltak.status, status
        tiltak.version += 1
        tiltak.save(update_fields=["status", "version"])
        audit.record("tiltak.move", tiltak, by=by, source=was, target=str(status))


def _tell(plan: Handlingsplan, amount: int) -> None:
    if plan.proposed_by is None:
        return
    subject, body = emails.actions_decided(plan, amount=amount)
    varsler.notify(
        key=f"handlingsplan:{plan.pk}:vedtatt",
        kind="handlingsplan",
        to=plan.proposed_by,
        subject=subject,
        body=body,
    )


def _save(plan: Handlingsplan, *fields: str) -> None:
    plan.version += 1
    plan.save(update_fields=["version", *fields])


def _locked(plan: Handlingsplan) -> Handlingsplan:
    locked: Handlingsplan = (
        Handlingsplan.objects.select_for_update(of=("self",))
        .select_related("proposed_by", "mote")
        .get(pk=plan.pk)
    )
    return locked
