"""How long someone is bound, and what they would owe on a day. Pure; money is whole NOK.

A month of binding time is served when a whole calendar month has passed since the day it began,
leave that stops the clock not counted: from 31 January the first is served on 28 February, the
second on 31 March. What is served never comes back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kompetanse.clock import MONTHS_IN_YEAR, add_months
from soknader.models import Avtale, Bindingsregel
from soknader.models.bindingsregel import Falls

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """Leave from `starts` to `ends`, both counted; None: it still lasts."""

    starts: date
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """The figures of a contract: `principal` is what can be claimed at most, NOK.

    `runs_from` is None until the binding time has begun: then nothing is served.
    """

    principal: int
    months: int
    falls: str = Falls.MONTHLY
    runs_from: date | None = None
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """From this day on so many months are served, and so much would be owed, NOK."""

    day: date
    served: int
    debt: int


def applying(
    rules: Iterable[Bindingsregel],
    *,
    amount: int,
    leave_days: int,
    linked: Iterable[Bindingsregel] = (),
) -> Bindingsregel | None:
    """Return the rule that asks for a contract on such support: the one with most months.

    `linked` are those that the schemes that give the support name: they ask whatever the amount.
    """
    asking = [rule for rule in rules if _asks(rule, amount=amount, leave_days=leave_days)]
    asking += [rule for rule in linked if rule.is_active]
    return max(asking, key=lambda rule: (rule.months, rule.pk or 0), default=None)


def _asks(rule: Bindingsregel, *, amount: int, leave_days: int) -> bool:
    by_amount = rule.from_amount is not None and amount >= rule.from_amount
    by_leave = rule.from_leave_days is not None and leave_days >= rule.from_leave_days
    return rule.is_active and (by_amount or by_leave)


def months_of(rule: Bindingsregel, *, starts: date | None, ends: date | None) -> int:
    """Return the months that the rule binds for a study of that length; begun months count."""
    if not (rule.follows_study and starts and ends):
        return rule.months
    whole = months_between(starts, ends)
    begun = whole if add_months(starts, whole) == ends else whole + 1
    return max(1, min(rule.months, begun))


def expected(regel: Bindingsregel, *, amount: int, leave_days: int, position: int) -> int:
    """Return what could be claimed at most if so much is paid, NOK; `position` is per cent."""
    worth = amount + leave_days * regel.leave_rate
    claim = worth * regel.share * (position if regel.scales else 100) // (100 * 100)
    return claim if regel.ceiling is None else min(claim, regel.ceiling)


def principal(avtale: Avtale, *, paid: int) -> int:
    """Return what can be claimed at most for `paid` NOK and the contract's days of leave, NOK."""
    worth = paid + avtale.leave_days * avtale.leave_rate
    claim = worth * avtale.share * avtale.position // (100 * 100)
    return claim if avtale.ceiling is None else min(claim, avtale.ceiling)


def served_on(terms: Terms, on: date) -> int:
    """Return how many whole months are served at the end of that day, at most all."""
    if terms.runs_from is None or on < terms.runs_from:
        return 0
    paused = sum(_days_before(pause, on) for pause in merged(terms.pauses, since=terms.runs_from))
    return min(terms.months, months_between(terms.runs_from, on - paused * DAY))


def debt_on(terms: Terms, on: date) -> int:
    """Return what would be owed if the contract were broken that day, NOK."""
    return _debt_after(terms, served_on(terms, on))


def served_day(terms: Terms, months: int) -> date | None:
    """Return the day on which so many months are served; None while it cannot be known."""
    if terms.runs_from is None:
        return None
    day = add_months(terms.runs_from, months)
    for pause in merged(terms.pauses, since=terms.runs_from):
        if pause.starts >= day:
            break
        if pause.ends is None:
            return None
        day += (pause.ends - pause.starts) + DAY
    return day


def ends_on(terms: Terms) -> date | None:
    """Return the day on which the binding time is over; None while it cannot be known."""
    return served_day(terms, terms.months)


def by_month(terms: Terms) -> list[Step]:
    """Return the table of the contract: what is owed from each day that a month is served."""
    steps: list[Step] = []
    for served in range(terms.months + 1):
        day = served_day(terms, served)
        if day is None:
            break
        steps.append(Step(day, served, _debt_after(terms, served)))
    return steps


def instalments(debt: int, *, number: int, first_due: date) -> list[tuple[date, int]]:
    """Return the day and amount (NOK) of each instalment, a month apart; the last is the rest."""
    each = -(-debt // number)
    amounts = [max(0, min(each, debt - each * n)) for n in range(number)]
    return [(add_months(first_due, n), amount) for n, amount in enumerate(amounts) if amount]


def months_between(first: date, later: date) -> int:
    """Return how many whole months have passed; 0 when `later` is not later."""
    months = (later.year - first.year) * MONTHS_IN_YEAR + later.month - first.month
    return max(0, months if add_months(first, months) <= later else months - 1)


def merged(pauses: Sequence[Pause], *, since: date) -> list[Pause]:
    """Return the pauses from `since` on, in order, those that meet or overlap made one."""
    result: list[Pause] = []
    for pause in sorted(pauses, key=lambda each: each.starts):
        starts = max(pause.starts, since)
        if pause.ends is not None and pause.ends < starts:
            continue
        last = result[-1] if result else None
        if last is None or (last.ends is not None and last.ends + DAY < starts):
            result.append(Pause(starts, pause.ends))
        elif last.ends is not None:
            result[-1] = Pause(last.starts, pause.ends and max(last.ends, pause.ends))
    return result


def _days_before(pause: Pause, on: date) -> int:
    """Return how many of the pause's days lie before `on`."""
    last = on - DAY if pause.ends is None else min(pause.ends, on - DAY)
    return max(0, (last - pause.starts).days + 1)


def _debt_after(terms: Terms, served: int) -> int:
    if served >= terms.months:
        return 0
    if terms.falls == Falls.WHOLE:
        return terms.principal
    return terms.principal - terms.principal * served // terms.months
