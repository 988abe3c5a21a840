"""The costed proposal and what was decided, read. Money is whole NOK."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet, Sum

from kompetanse.organisasjon import access
from planer.models import (
    Belopslinje,
    Handlingsplan,
    Handlingspunkt,
    Mote,
    Tiltak,
)

V = Handlingspunkt.Verdict
# The wheel's activity that the meeting with the unions belongs to (Siljan's template).
WHEEL_MEETING = "partsmote"
# Granted education is decided with the applications, and has its own budget.
GRANTED = Q(origin__startswith="soknad:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Punkt:
    """A measure in the proposal. `costs` by Belopslinje.Kind; `approved` is 0 until decided."""

    id: int
    tiltak_id: int
    theme: str
    enhet: str
    enhet_code: str
    fokus: str
    costs: Mapping[str, int]
    proposed: int
    verdict: str
    approved: int
    reason: str

    @property
    def verdict_label(self) -> str:
        return str(V(self.verdict).label) if self.verdict else ""

    @property
    def color(self) -> str:
        """The colour of the verdict's status."""
        colors = {V.APPROVED: "success", V.CHANGED: "success", V.POSTPONED: "warning"}
        return colors.get(V(self.verdict), "neutral") if self.verdict else "info"

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """The costs with their names, in the order of the form."""
        return [
            (str(kind.label), self.costs[kind])
            for kind in Belopslinje.COSTS
            if self.costs.get(kind)
        ]

    @property
    def split(self) -> list[tuple[str, int]]:
        """What is approved by kind of cost; adds up to `approved` to the krone.

        Each kind has its share of the proposal, rounded down; what is left over goes a krone
        each to those that lost most. Without any cost written it is «annen kostnad».
        """
        if not self.proposed:
            return [(Belopslinje.Kind.OTHER_COST.value, self.approved)] if self.approved else []
        parts = [
            (kind, *divmod(amount * self.approved, self.proposed))
            for kind, amount in (
                (kind.value, self.costs[kind]) for kind in Belopslinje.COSTS if kind in self.costs
            )
        ]
        left = self.approved - sum(whole for _kind, whole, _rest in parts)
        most = sorted(parts, key=lambda part: -part[2])[:left]
        more = {kind for kind, _whole, _rest in most}
        return [
            (kind, whole + (kind in more)) for kind, whole, _rest in parts if whole or kind in more
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlan:
    """A year's action plan as page, PDF and spreadsheet show it."""

    id: int
    year: int
    status: str
    comment: str
    mote: str
    mote_id: int | None
    met_on: date | None
    proposed_at: datetime | None
    decided_at: datetime | None
    capacity: str
    case_number: str
    lines: tuple[Punkt, ...]

    @property
    def status_label(self) -> str:
        return str(Handlingsplan.Status(self.status).label)

    @property
    def is_decided(self) -> bool:
        return self.status == Handlingsplan.Status.DECIDED

    @property
    def proposed(self) -> int:
        return sum(line.proposed for line in self.lines)

    @property
    def approved(self) -> int:
        return sum(line.approved for line in self.lines)

    @property
    def undecided(self) -> int:
        return sum(not line.verdict for line in self.lines)

    @property
    def uncosted(self) -> int:
        return sum(not line.proposed for line in self.lines)

    @property
    def verdicts(self) -> list[tuple[str, int, int]]:
        """How many measures, and NOK approved, of each verdict that occurs."""
        return [
            (str(verdict.label), len(found), sum(line.approved for line in found))
            for verdict in V
            if (found := [line for line in self.lines if line.verdict == verdict])
        ]


def plans() -> QuerySet[Handlingsplan]:
    return Handlingsplan.objects.select_related("mote", "decided_by", "proposed_by")


def of_year(year: int) -> Handlingsplan | None:
    return plans().filter(year=year).first()


def points() -> QuerySet[Handlingspunkt]:
    return Handlingspunkt.objects.select_related("plan", "enhet", "tiltak")


def proposable(year: int) -> QuerySet[Tiltak]:
    """Return the year's measures that can be proposed, with their costs in NOK."""
    costs = Sum("belop__amount", filter=Q(belop__kind__in=Belopslinje.COSTS), default=0)
    return (
        Tiltak.objects.filter(year=year, merged_into__isnull=True)
        .exclude(status=Tiltak.Status.CANCELLED)
        .exclude(GRANTED)
        .select_related("enhet", "fokusomrade")
        .annotate(cost=costs)
        .order_by("enhet__path", "theme", "pk")
    )


def costs_of(tiltak: Tiltak) -> dict[str, int]:
    """Return the measure's costs in NOK by kind, in the order of the form."""
    order = [kind.value for kind in Belopslinje.COSTS]
    rows = dict(tiltak.belop.filter(kind__in=order).values_list("kind", "amount"))
    return {kind: rows[kind] for kind in order if rows.get(kind)}


def action_plan(plan: Handlingsplan) -> ActionPlan:
    """Return the plan with its lines: a draft as the measures are, else as it was proposed."""
    return ActionPlan(
        id=plan.pk,
        year=plan.year,
        status=plan.status,
        comment=plan.comment,
        mote=plan.mote.title if plan.mote else "",
        mote_id=plan.mote_id,
        met_on=plan.mote.held_on if plan.mote else None,
        proposed_at=plan.proposed_at,
        decided_at=plan.decided_at,
        capacity=access.in_words(plan.capacity) if plan.capacity else "",
        case_number=plan.case_number,
        lines=tuple(_lines(plan)),
    )


def _lines(plan: Handlingsplan) -> list[Punkt]:
    rows = plan.punkter.select_related("enhet", "tiltak__enhet", "tiltak__fokusomrade")
    if plan.status != Handlingsplan.Status.DRAFT:
        return [_frozen(row) for row in rows]
    amounts = rows.annotate(
        kinds=ArrayAgg("tiltak__belop__kind"), sums=ArrayAgg("tiltak__belop__amount")
    )
    return [_live(row) for row in amounts]


def _frozen(row: Handlingspunkt) -> Punkt:
    return Punkt(
        id=row.pk,
        tiltak_id=row.tiltak_id,
        theme=row.theme,
        enhet=row.enhet.name if row.enhet else "",
        enhet_code=row.enhet.code if row.enhet else "",
        fokus=row.fokus,
        costs=row.costs,
        proposed=row.proposed,
        verdict=row.verdict,
        approved=row.approved,
        reason=row.reason,
    )


def _live(row: Any) -> Punkt:
    tiltak = row.tiltak
    amounts = dict(zip(row.kinds, row.sums, strict=True))
    costs = {kind.value: amounts[kind] for kind in Belopslinje.COSTS if amounts.get(kind)}
    return Punkt(
        id=row.pk,
        tiltak_id=tiltak.pk,
        theme=tiltak.theme,
        enhet=tiltak.enhet.name if tiltak.enhet else "",
        enhet_code=tiltak.enhet.code if tiltak.enhet else "",
        fokus=tiltak.fokusomrade.name if tiltak.fokusomrade else "",
        costs=costs,
        proposed=sum(costs.values()),
        verdict="",
        approved=0,
        reason="",
    )


# --- the path ----------------------------------------------------------------------------------


def wheel_meeting(year: int) -> Mote | None:
    """Return the meeting with the unions that the wheel before the year has, if it is called."""
    rows = Mote.objects.filter(aktivitet__code=WHEEL_MEETING, aktivitet__year=year - 1)
    return rows.order_by("held_on").first()


def meetings(year: int) -> QuerySet[Mote]:
    """Return the meetings where next year's needs can have been gone through: the year before."""
    return Mote.objects.filter(held_on__year__in=(year - 1, year)).order_by("-held_on")
