"""What the support schemes cover of a study. Pure; money is whole NOK, leave is whole days."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kompetanse import clock
from kompetanse.clock import MONTHS_IN_YEAR
from soknader.enums import MONEY, PERSONAL, Slag
from soknader.models import Bindingsregel, Soknad, Stotteordning
from soknader.rules import bindingstid

DAY = timedelta(days=1)
ALL = 100
# By kind, as the fields of an application and a decision are named.
Ordninger = Mapping[str, Stotteordning]


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """What the schemes need to know of a study: costs by kind as the employee writes them, NOK."""

    costs: Mapping[str, int | None]
    credits: int | None = None
    starts: date | None = None
    ends: date | None = None
    exams: int = 0
    gatherings: int = 0
    leave_days: int = 0

    @property
    def years(self) -> int:
        """How many years of study are begun; 1 while the time is not known."""
        if not (self.starts and self.ends) or self.ends <= self.starts:
            return 1
        months = bindingstid.months_between(self.starts, self.ends)
        is_whole = clock.add_months(self.starts, months) == self.ends
        begun = months if is_whole else months + 1
        return max(1, -(-begun // MONTHS_IN_YEAR))


def of_soknad(soknad: Soknad) -> Study:
    return Study(
        costs={str(kind.value): getattr(soknad, kind) for kind in PERSONAL},
        credits=soknad.credits,
        starts=soknad.starts,
        ends=soknad.ends,
        exams=soknad.exams or 0,
        gatherings=soknad.gatherings or 0,
        leave_days=soknad.leave_days or 0,
    )


def leave(ordning: Stotteordning, study: Study) -> int:
    """Return the days of leave with pay for the study's exams and gatherings.

    Each exam gives its own days and the study days before it, all taken to be working days;
    a gathering counts by the scheme's share. The ceiling holds for all of it.

    Source: HTA 14.
    """
    days = study.exams * (ordning.exam_days + ordning.study_days)
    days += study.gatherings * ordning.share // ALL
    return min(days, _most(ordning, study, otherwise=days))


def exam_leave(
    ordning: Stotteordning, exams: Iterable[date], *, weekdays: Collection[int]
) -> set[date]:
    """Return the days of leave that exams on known dates give to one who works on `weekdays`.

    An exam and the days right before it give leave where they fall on ordinary working days
    (0 is Monday); a day off is not moved to another, and no day counts twice.

    Source: HTA 14.
    """
    back = range(ordning.study_days + 1)
    days = {exam - DAY * step for exam in exams for step in back}
    return {day for day in days if day.weekday() in weekdays}


def leave_on(
    ordning: Stotteordning, exams: Iterable[date], study: Study, *, weekdays: Collection[int]
) -> int:
    """Return the days of leave when the days of the exams are known, as `leave` else."""
    days = len(exam_leave(ordning, exams, weekdays=weekdays))
    days += study.gatherings * ordning.share // ALL
    return min(days, _most(ordning, study, otherwise=days))


def linked(
    ordninger: Ordninger, parts: Mapping[str, int], *, leave_days: int
) -> list[Bindingsregel]:
    """Return the rules of binding time that the schemes name, of those that give something."""
    given = {**parts, Slag.LEAVE.value: leave_days}
    return [
        each.regel for kind, each in ordninger.items() if each.regel is not None and given.get(kind)
    ]


def covered(ordning: Stotteordning, cost: int, study: Study) -> int:
    """Return what the scheme covers of a cost, NOK: its share, within ceiling and rate."""
    share = cost * ordning.share // ALL
    limits = [share, _most(ordning, study, otherwise=share)]
    if ordning.rate is not None and ordning.kind != Slag.SUBSTITUTE and study.credits:
        limits.append(ordning.rate * study.credits)
    return min(limits)


def substitute(ordninger: Ordninger, study: Study) -> int | None:
    """Return what a substitute costs for the days of leave, NOK; None without such a scheme."""
    ordning = ordninger.get(Slag.SUBSTITUTE)
    return None if ordning is None else (ordning.rate or 0) * study.leave_days


def by_kind(ordninger: Ordninger, study: Study) -> dict[str, int]:
    """Return what the schemes cover of each kind, NOK; 0 where the round has none of the kind."""
    costs = {**study.costs, Slag.SUBSTITUTE.value: substitute(ordninger, study)}
    return {
        str(kind.value): covered(ordninger[kind], costs.get(kind) or 0, study)
        if kind in ordninger
        else 0
        for kind in MONEY
    }


def offered(ordninger: Ordninger, soknad: Soknad) -> dict[str, int]:
    """Return the most that can be granted of each kind, NOK: what is covered, else the cost."""
    if ordninger:
        return by_kind(ordninger, of_soknad(soknad))
    return {str(kind.value): getattr(soknad, kind) or 0 for kind in MONEY}


def split(granted: int, *, offered: Mapping[str, int]) -> dict[str, int]:
    """Return a sum that nobody has divided as parts of what is offered, the first covered first."""
    parts: dict[str, int] = {}
    left = granted
    for kind, most in offered.items():
        parts[kind] = min(most, left)
        left -= parts[kind]
    return parts


def _most(ordning: Stotteordning, study: Study, *, otherwise: int) -> int:
    if ordning.ceiling is None:
        return otherwise
    return ordning.ceiling * (study.years if ordning.per_year else 1)
