"""What a contract comes to on a day: paid, months served, what would be owed. NOK and months."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from soknader.models import Avtale, Avtalepause, Tilbakebetaling, Tilsagn
from soknader.rules import bindingstid
from soknader.rules.bindingstid import Pause, Step, Terms


def paid_of(soknad_ids: Iterable[int]) -> dict[int, int]:
    """Return what is approved of each grant, NOK; one query."""
    rows = Tilsagn.objects.filter(soknad__in=soknad_ids).order_by().values_list("soknad_id")
    return dict(rows.annotate(sum=Sum("paid")))


def terms_of(avtaler: Sequence[Avtale]) -> dict[int, Terms]:
    """Return the figures of each contract, by its id; two queries."""
    paid = paid_of([each.soknad_id for each in avtaler])
    pauses = _pauses_of([each.pk for each in avtaler])
    return {
        each.pk: _terms(each, paid=paid.get(each.soknad_id, 0), pauses=pauses[each.pk])
        for each in avtaler
    }


def _pauses_of(avtale_ids: Iterable[int]) -> dict[int, list[Pause]]:
    found: dict[int, list[Pause]] = defaultdict(list)
    rows = Avtalepause.objects.filter(avtale__in=avtale_ids)
    for avtale_id, starts, ends in rows.values_list("avtale_id", "starts", "ends"):
        found[avtale_id].append(Pause(starts, ends))
    return found


def _terms(avtale: Avtale, *, paid: int, pauses: Sequence[Pause]) -> Terms:
    return Terms(
        principal=bindingstid.principal(avtale, paid=paid),
        months=avtale.months,
        falls=avtale.falls,
        runs_from=avtale.binding_from,
        pauses=tuple(pauses),
    )


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
    pauses = _pauses_of([avtale.pk])[avtale.pk]
    told = _terms(avtale, paid=paid, pauses=pauses)
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


def is_over(told: Terms, on: date) -> bool:
    return bindingstid.served_on(told, on) >= told.months
