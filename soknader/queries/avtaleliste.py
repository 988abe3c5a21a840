"""The advisor's list of contracts: what needs something first, with what would be owed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kompetanse import alfabet
from kompetanse.organisasjon.models import Ansatt
from soknader.models import Avtale
from soknader.queries.avtale import S, followed_by
from soknader.queries.oppgjor import is_over, terms_of
from soknader.rules import bindingstid
from soknader.rules.bindingstid import Terms


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
    avtaler = list(found.select_related("soknad__ansatt__enhet").only(*_SHOWN))
    told = terms_of(avtaler)
    made = [_row(each, told[each.pk], on=on) for each in avtaler]
    return sorted(
        made, key=lambda row: (not row.is_over, _URGENCY[S(row.status)], alfabet.key(row.name))
    )


# What a line of the list is made of.
_SHOWN = (
    "status", "leave_days", "leave_rate", "share", "position", "ceiling", "months", "falls",
    "binding_from", "debt", "repaid", "soknad__study", "soknad__ansatt__first_name",
    "soknad__ansatt__last_name", "soknad__ansatt__left_on", "soknad__ansatt__enhet__name",
)  # fmt: skip


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
        is_over=is_running and is_over(told, on),
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
