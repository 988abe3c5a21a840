"""The right to leave without pay for education, held against one employee's own dates. Pure.

The figures are data (`soknader/data/lov`), since the law may change them; here is only how they
are counted. What the employer does not know, years in other work, is said and not guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kompetanse.clock import MONTHS_IN_YEAR, add_months


@dataclass(frozen=True, slots=True)
class Svartid:
    """Within how many months leave is answered, if it is shorter than so many; None: the rest."""

    months: int
    shorter_than: int | None = None


@dataclass(frozen=True, slots=True)
class Regel:
    """What the law asks of the employee, in years, and of the employer."""

    source: str
    years_at_work: int
    years_here: int
    most_years: int
    answer: tuple[Svartid, ...]


@dataclass(frozen=True, slots=True)
class Rett:
    """What it means for one employee. Days are None when what they rest on is unknown.

    `since` is when they began here, `reached` when they have been here long enough, and `is_sure`
    whether the time here alone is as long as the time at work that the law asks for.
    `answer_by` is the last day for an answer when one asks on the day.
    """

    regel: Regel
    since: date | None
    reached: date | None
    is_reached: bool
    is_sure: bool
    answer_by: date | None


def read(row: Mapping[str, object]) -> Regel:
    """Return the rule that a row of the data file holds."""
    answers: Sequence[Mapping[str, int]] = row["answer"]  # type: ignore[assignment]
    figures = {name: int(str(row[name])) for name in ("years_at_work", "years_here", "most_years")}
    return Regel(source=str(row["source"]), answer=tuple(Svartid(**a) for a in answers), **figures)


def right(
    regel: Regel, *, since: date | None, starts: date | None, ends: date | None, on: date
) -> Rett:
    """Return what the rule means on the day for who began here on `since`.

    `starts` and `ends` are the leave that is thought of; the right is told of for its first day.
    """
    at = starts or on
    reached = add_months(since, regel.years_here * MONTHS_IN_YEAR) if since else None
    whole = add_months(since, regel.years_at_work * MONTHS_IN_YEAR) if since else None
    return Rett(
        regel=regel,
        since=since,
        reached=reached,
        is_reached=reached is not None and reached <= at,
        is_sure=whole is not None and whole <= at,
        answer_by=_answer_by(regel, starts=starts, ends=ends, on=on),
    )


def _answer_by(regel: Regel, *, starts: date | None, ends: date | None, on: date) -> date | None:
    if starts is None or ends is None:
        return None
    for row in regel.answer:
        if row.shorter_than is None or ends < add_months(starts, row.shorter_than):
            return add_months(on, row.months)
    return None
