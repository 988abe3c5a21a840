"""Payments, read: what is left of a grant, what waits for approval, and the payroll's list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet, Sum

from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from soknader.models import Soknad, Soknadsrunde, Tilsagn, Utbetaling
from soknader.models.utbetaling import Kostnad
from soknader.rules import avtale as rules

S = Utbetaling.Status
UNIT = "tilsagn__soknad__ansatt__enhet"


def promised(soknad: Soknad) -> list[Tilsagn]:
    """Return what is granted of each kind, in the application's order."""
    order = {kind: place for place, kind in enumerate(Kostnad.values)}
    found = Tilsagn.objects.filter(soknad=soknad)
    return sorted(found, key=lambda each: order[each.kind])


def left_of(tilsagn: Tilsagn) -> int:
    """Return what is left when all that waits is approved, NOK; may be less than 0."""
    waiting = Utbetaling.objects.filter(tilsagn=tilsagn, status=S.SENT)
    now = Tilsagn.objects.get(pk=tilsagn.pk)
    return now.left - (waiting.aggregate(sum=Sum("amount"))["sum"] or 0)


def of_soknad(soknad: Soknad) -> QuerySet[Utbetaling]:
    return Utbetaling.objects.filter(tilsagn__soknad=soknad).select_related("tilsagn", "fil")


def visible_to(actor: Ansatt) -> QuerySet[Utbetaling]:
    """Return own receipts, and those that the actor approves or follows up."""
    seen = Q(tilsagn__soknad__ansatt=actor)
    for act in (Act.APPROVE_PAYMENT, Act.FOLLOW_CONTRACTS):
        seen |= access.within(actor, act, enhet=UNIT)
    return Utbetaling.objects.filter(seen).select_related(
        "tilsagn__soknad__ansatt__enhet", "tilsagn__soknad__runde", "fil"
    )


def approved_by(actor: Ansatt) -> QuerySet[Utbetaling]:
    """Return the receipts of those for whom the actor approves; never the own."""
    scope = access.within(actor, Act.APPROVE_PAYMENT, enhet=UNIT)
    return Utbetaling.objects.filter(scope).exclude(tilsagn__soknad__ansatt=actor)


def to_approve(actor: Ansatt) -> QuerySet[Utbetaling]:
    """Return the receipts that wait for the leaders in line; for others only the leaders' own."""
    waiting = approved_by(actor).filter(status=S.SENT)
    if access.has_role(actor, *access.LEADERS):
        return waiting
    leading = organisasjon.roles_in_force().filter(kode__in=access.LEADERS)
    return waiting.filter(tilsagn__soknad__ansatt__in=leading.values("ansatt"))


def to_transfer(actor: Ansatt) -> QuerySet[Utbetaling]:
    """Return what is approved and not handed over to payroll, the oldest first."""
    scope = access.within(actor, Act.FOLLOW_CONTRACTS, enhet=UNIT)
    approved = Utbetaling.objects.filter(scope, status=S.APPROVED)
    return (
        approved.exclude(tilsagn__soknad__ansatt=actor)
        .select_related("tilsagn__soknad__ansatt__enhet", "tilsagn__soknad__runde")
        .order_by("decided_at", "pk")
    )


def approver_of(utbetaling: Utbetaling) -> Ansatt | None:
    """Return the nearest leader who may approve the receipt."""
    leaders = organisasjon.leaders_of(utbetaling.tilsagn.soknad.ansatt.enhet)
    return next((each for each in leaders if rules.may_approve(each, utbetaling)), None)


@dataclass(frozen=True, slots=True)
class Rad:
    """A line in the list of receipts. Amounts are NOK."""

    pk: int
    name: str
    number: str
    unit: str
    reference: str
    kind: str
    amount: int
    approved: int
    status: str
    spent_on: date
    sent_at: datetime

    @property
    def word(self) -> str:
        return str(S(self.status).label)


def rows(actor: Ansatt, *, status: str = "") -> list[Rad]:
    """Return the receipts the actor approves, those that wait first; one query."""
    found = approved_by(actor)
    found = found.filter(status=status) if status else found
    order = {S.SENT: 0, S.APPROVED: 1, S.PAID: 2, S.REFUSED: 3}
    made = [_row(values) for values in found.values_list(*_COLUMNS)]
    return sorted(made, key=lambda row: (order[S(row.status)], row.sent_at))


_CASE, _PERSON = "tilsagn__soknad", "tilsagn__soknad__ansatt"
_COLUMNS = (
    "pk", f"{_PERSON}__first_name", f"{_PERSON}__last_name", f"{_PERSON}__number", f"{UNIT}__name",
    f"{_CASE}__runde__year", f"{_CASE}__runde__kind", f"{_CASE}__number", "tilsagn__kind",
    "amount", "approved", "status", "spent_on", "sent_at",
)  # fmt: skip


def _row(values: tuple[Any, ...]) -> Rad:
    pk, first, last, number, unit, year, season, case, kind, *rest = values
    runde = Soknadsrunde(year=year, kind=season)
    label = str(Kostnad(kind).label)
    return Rad(pk, f"{first} {last}", number, unit, runde.reference(case), label, *rest)


def as_row(utbetaling: Utbetaling) -> Rad:
    tilsagn = utbetaling.tilsagn
    soknad = tilsagn.soknad
    return Rad(
        pk=utbetaling.pk,
        name=soknad.ansatt.full_name,
        number=soknad.ansatt.number,
        unit=soknad.ansatt.enhet.name,
        reference=soknad.reference,
        kind=tilsagn.get_kind_display(),
        amount=utbetaling.amount,
        approved=utbetaling.approved,
        status=utbetaling.status,
        spent_on=utbetaling.spent_on,
        sent_at=utbetaling.sent_at,
    )


def payroll(actor: Ansatt) -> Sequence[Rad]:
    """Return the lines of the payroll's list: approved and not handed over; one query."""
    return [as_row(each) for each in to_transfer(actor)]
