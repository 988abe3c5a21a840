"""Contracts, read: who sees them, what is owed on a day, and the advisor's list."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    DateField,
    DurationField,
    Exists,
    F,
    Func,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Sum,
)

from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Stilling
from soknader.models import (
    Avtale,
    Avtalepause,
    Bindingsregel,
    Framdrift,
    Soknad,
    Tilbakebetaling,
    Tilsagn,
)
from soknader.rules import avtale as rules
from soknader.rules import bindingstid, habilitet
from soknader.rules.bindingstid import Pause, Step, Terms

S = Avtale.Status

IN_LINE = (Act.SIGN_CONTRACT, Act.FOLLOW_CONTRACTS)
# The advisor is shown a contract as near its end this many days before.
SOON = 30


def visible_to(actor: Ansatt) -> QuerySet[Avtale]:
    """Return the own contracts, and those that the actor signs or follows up.

    Each with who has declared not to be impartial in its case; one query more.
    """
    seen = Q(soknad__ansatt=actor)
    for act in IN_LINE:
        seen |= access.within(actor, act, enhet="soknad__ansatt__enhet")
    cases = habilitet.with_declared(Soknad.objects.select_related("runde", "ansatt__enhet"))
    found = Avtale.objects.filter(seen).select_related("countersigned_by", "fil")
    return found.prefetch_related(Prefetch("soknad", queryset=cases))


def followed_by(actor: Ansatt) -> QuerySet[Avtale]:
    """Return the contracts that the actor follows up; never the own."""
    scope = access.within(actor, Act.FOLLOW_CONTRACTS, enhet="soknad__ansatt__enhet")
    return Avtale.objects.filter(scope).exclude(soknad__ansatt=actor)


def to_countersign(actor: Ansatt) -> QuerySet[Avtale]:
    """Return the contracts that wait for the municipality, of those the actor leads in line.

    An executive hears of those whom no leader below signs for: the leaders' own.
    """
    scope = access.within(actor, Act.SIGN_CONTRACT, enhet="soknad__ansatt__enhet")
    waiting = Avtale.objects.filter(scope, status=S.HALF).exclude(soknad__ansatt=actor)
    if access.has_role(actor, *access.LEADERS):
        return waiting
    leading = organisasjon.roles_in_force().filter(kode__in=access.LEADERS)
    return waiting.filter(soknad__ansatt__in=leading.values("ansatt"))


def broken_off(actor: Ansatt) -> QuerySet[Avtale]:
    """Return the contracts in force of studies that are told to be broken off."""
    stopped = Framdrift.objects.filter(soknad=OuterRef("soknad"), kind=Framdrift.Kind.BROKEN_OFF)
    return followed_by(actor).filter(Exists(stopped), status__in=(S.SIGNED, S.RUNNING))


def own(actor: Ansatt) -> QuerySet[Avtale]:
    return Avtale.objects.filter(soknad__ansatt=actor).select_related("soknad__runde")


def in_force_for(soknad: Soknad) -> Avtale | None:
    """Return the contract of the grant, unless it has fallen away."""
    return Avtale.objects.filter(soknad=soknad).exclude(status=S.CANCELLED).first()


def for_file(pk: int) -> Avtale:
    """Return the contract with all that its PDF says; one query."""
    found: Avtale = Avtale.objects.select_related(
        "kommune", "fil", "soknad__runde", "soknad__ansatt__enhet"
    ).get(pk=pk)
    return found


def active_rules() -> QuerySet[Bindingsregel]:
    return Bindingsregel.objects.filter(is_active=True)


def signer_of(soknad: Soknad) -> Ansatt | None:
    """Return the nearest leader who may sign for the municipality."""
    leaders = organisasjon.leaders_of(soknad.ansatt.enhet)
    return next((each for each in leaders if rules.may_sign_for_kommune(each, soknad)), None)


def position_of(ansatt: Ansatt, *, on: date) -> int:
    """Return the employee's positions together that day, whole per cent, at most 100."""
    held = Stilling.objects.filter(
        Q(starts__isnull=True) | Q(starts__lte=on), Q(ends__isnull=True) | Q(ends__gte=on)
    )
    total = held.filter(ansatt=ansatt).aggregate(sum=Sum("percentage"))["sum"] or Decimal(100)
    return min(100, round(total))


def paid_of(soknad_ids: Iterable[int]) -> dict[int, int]:
    """Return what is approved of each grant, NOK; one query."""
    rows = Tilsagn.objects.filter(soknad__in=soknad_ids).order_by().values_list("soknad_id")
    return dict(rows.annotate(sum=Sum("paid")))


def pauses_of(avtale_ids: Iterable[int]) -> dict[int, list[Pause]]:
    found: dict[int, list[Pause]] = defaultdict(list)
    rows = Avtalepause.objects.filter(avtale__in=avtale_ids)
    for avtale_id, starts, ends in rows.values_list("avtale_id", "starts", "ends"):
        found[avtale_id].append(Pause(starts, ends))
    return found


def terms(avtale: Avtale, *, paid: int, pauses: Sequence[Pause]) -> Terms:
    return Terms(
        principal=bindingstid.principal(avtale, paid=paid),
        months=avtale.months,
        falls=avtale.falls,
        runs_from=avtale.binding_from,
        pauses=tuple(pauses),
    )


def terms_of(avtale: Avtale) -> Terms:
    """Return the figures of one contract; two queries."""
    paid = paid_of([avtale.soknad_id]).get(avtale.soknad_id, 0)
    return terms(avtale, paid=paid, pauses=pauses_of([avtale.pk]).get(avtale.pk, ()))


@dataclass(frozen=True, slots=True)
class Oppgjor:
    """What a contract comes to on a day: months served, and what would be owed, NOK."""

    on: date
    paid: int
    principal: int
    served: int
    months: int
    debt: int
    ends_on: date | None
    steps: tuple[Step, ...]
    is_paused: bool

    @property
    def is_over(self) -> bool:
        return self.served >= self.months


def oppgjor(avtale: Avtale, *, on: date) -> Oppgjor:
    """Return what the contract comes to on the day; two queries."""
    paid = paid_of([avtale.soknad_id]).get(avtale.soknad_id, 0)
    pauses = pauses_of([avtale.pk]).get(avtale.pk, [])
    told = terms(avtale, paid=paid, pauses=pauses)
    return Oppgjor(
        on=on,
        paid=paid,
        principal=told.principal,
        served=bindingstid.served_on(told, on),
        months=told.months,
        debt=bindingstid.debt_on(told, on),
        ends_on=bindingstid.ends_on(told),
        steps=tuple(bindingstid.by_month(told)),
        is_paused=any(p.starts <= on and (p.ends is None or p.ends >= on) for p in pauses),
    )


def pause_rows(avtale: Avtale) -> list[Avtalepause]:
    return list(avtale.avtalepauser.all())


def repayments(avtale: Avtale) -> list[Tilbakebetaling]:
    return list(avtale.tilbakebetalinger.all())


def completed_on(soknad: Soknad) -> date | None:
    """Return the day that the study was completed, when the leader has confirmed it."""
    confirmed = Framdrift.objects.filter(
        soknad=soknad, kind=Framdrift.Kind.COMPLETED, status=Framdrift.Status.CONFIRMED
    )
    return confirmed.values_list("ended_on", flat=True).first()


# --- the advisor's list -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rad:
    """A line in the list of contracts. `debt` is what would be owed today, or is owed, NOK."""

    pk: int
    name: str
    unit: str
    study: str
    status: str
    debt: int
    ends_on: date | None
    left_on: date | None
    is_over: bool

    @property
    def word(self) -> str:
        return str(S(self.status).label)


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list shows: one status, and only those who leave or have left."""

    status: str = ""
    leaving: bool = False


def rows(actor: Ansatt, chosen: Filter, *, on: date) -> list[Rad]:
    """Return the contracts the actor follows, those that need something first; three queries."""
    found = followed_by(actor).exclude(status=S.CANCELLED)
    if chosen.status:
        found = found.filter(status=chosen.status)
    if chosen.leaving:
        found = found.filter(soknad__ansatt__left_on__isnull=False)
    avtaler = list(found.select_related("soknad__ansatt__enhet"))
    paid = paid_of([each.soknad_id for each in avtaler])
    pauses = pauses_of([each.pk for each in avtaler])
    made = [
        _row(each, terms(each, paid=paid.get(each.soknad_id, 0), pauses=pauses[each.pk]), on=on)
        for each in avtaler
    ]
    return sorted(made, key=lambda row: (not row.is_over, _URGENCY[S(row.status)], row.name))


def tallies(actor: Ansatt) -> dict[str, int]:
    """Return how many contracts the actor follows in each status; one query."""
    statuses = followed_by(actor).order_by().values_list("status", flat=True)
    found: dict[str, int] = defaultdict(int)
    for status in statuses:
        found[status] += 1
    return found


def over(actor: Ansatt, *, on: date) -> QuerySet[Avtale]:
    """Return the running contracts without leave whose binding time is over, for the front page.

    PostgreSQL adds months as `bindingstid.add_months` does. Those with leave show in the list.
    """
    months = Func(
        F("months"), template="make_interval(months => %(expressions)s)",
        output_field=DurationField(),
    )  # fmt: skip
    ends = Func(
        F("binding_from"), months, template="(%(expressions)s)::date", arg_joiner=" + ",
        output_field=DateField(),
    )  # fmt: skip
    running = followed_by(actor).filter(status=S.RUNNING, avtalepauser__isnull=True)
    return running.annotate(over_on=ends).filter(over_on__lte=on)


def due(actor: Ansatt, *, on: date) -> list[Avtale]:
    """Return the running contracts whose binding time is over; three queries."""
    running = list(followed_by(actor).filter(status=S.RUNNING).select_related("soknad__ansatt"))
    paid = paid_of([each.soknad_id for each in running])
    pauses = pauses_of([each.pk for each in running])
    return [
        each
        for each in running
        if _is_over(terms(each, paid=paid.get(each.soknad_id, 0), pauses=pauses[each.pk]), on)
    ]


def _is_over(told: Terms, on: date) -> bool:
    return bindingstid.served_on(told, on) >= told.months


def _row(avtale: Avtale, told: Terms, *, on: date) -> Rad:
    ansatt = avtale.soknad.ansatt
    is_running = avtale.status == S.RUNNING
    return Rad(
        pk=avtale.pk,
        name=ansatt.full_name,
        unit=ansatt.enhet.name,
        study=avtale.soknad.study,
        status=avtale.status,
        debt=_owed(avtale, told, on=on),
        ends_on=bindingstid.ends_on(told) if is_running else None,
        left_on=ansatt.left_on,
        is_over=is_running and _is_over(told, on),
    )


def _owed(avtale: Avtale, told: Terms, *, on: date) -> int:
    if avtale.status in {S.BREACHED, S.REPAID}:
        return avtale.owed
    if avtale.status in {S.SIGNED, S.RUNNING}:
        return bindingstid.debt_on(told, on)
    return 0


_URGENCY: dict[Any, int] = {
    S.BREACHED: 0, S.HALF: 1, S.DRAFT: 2, S.RUNNING: 3, S.SIGNED: 4,
    S.FULFILLED: 5, S.REPAID: 6, S.RELEASED: 7, S.CANCELLED: 8,
}  # fmt: skip
