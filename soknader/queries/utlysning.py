"""What a round announces: on the employees' page, the public one, and the poster."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import ngettext

from kartlegging.queries import gap
from kartlegging.queries.gap import GapRow
from kompetanse import clock
from kompetanse.organisasjon.models import Ansatt
from soknader.models import Soknadsrunde
from soknader.queries import ordning
from soknader.queries import runde as queries
from soknader.rules import ordningstekst, vilkar

S = Soknadsrunde.Status


@dataclass(frozen=True, slots=True)
class Education:
    """An education that the round supports, why, its focus area, and whether it is lacked."""

    title: str
    text: str
    area: str
    is_lacked: bool = False


@dataclass(frozen=True, slots=True)
class Scheme:
    """A support scheme as it is announced: what it covers, and its rates in words."""

    name: str
    text: str
    told: str
    source: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """What the applications are measured by, and what the most points mean."""

    name: str
    weight: int
    most: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What the round offers, to whom, how it is weighed, and when."""

    id: int
    name: str
    year: int
    unit: str
    opens: date
    deadline: date
    leader_deadline: date
    meeting_on: date
    answer_by: date
    accept_by: date
    text: str
    allows_late: bool
    may_complain: bool
    complaint_weeks: int
    educations: tuple[Education, ...]
    schemes: tuple[Scheme, ...]
    conditions: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    gap_year: int | None
    contact: str
    stewards: tuple[str, ...] = ()

    @property
    def deadline_moment(self) -> datetime:
        return clock.end_of(self.deadline)


def announcement(
    runde: Soknadsrunde, *, contact: str = "", stewards: tuple[str, ...] = ()
) -> Announcement:
    """Return what the round announces; six queries. `stewards` are named to employees alone."""
    gap_year, lacked = _lacked(runde)
    return Announcement(
        id=runde.pk,
        name=str(runde),
        year=runde.year,
        unit=runde.enhet.name if runde.enhet else "",
        opens=runde.opens,
        deadline=runde.deadline,
        leader_deadline=runde.leader_deadline,
        meeting_on=runde.meeting_on,
        answer_by=runde.answer_by,
        accept_by=runde.accept_by,
        text=runde.announcement,
        allows_late=runde.allows_late,
        may_complain=runde.may_complain,
        complaint_weeks=runde.complaint_weeks,
        educations=_educations(runde, lacked),
        schemes=_schemes(runde),
        conditions=tuple(vilkar.told(runde)),
        criteria=_criteria(runde),
        gap_year=gap_year,
        contact=contact,
        stewards=stewards,
    )


def published() -> QuerySet[Soknadsrunde]:
    """Return the rounds that anyone may read the announcement of, the newest first."""
    return queries.rounds().exclude(status=S.DRAFT)


def lacks(year: int) -> tuple[int | None, dict[int, int]]:
    """Return the latest analysis' year, and how many the municipality lacks by competence's id.

    A requirement is counted at the highest unit that has it, so that nobody is counted twice: the
    largest lack of a competence anywhere. Nothing before the first analysis.
    """
    analyse = (
        gap.settled()
        .filter(year__lte=year, superseded_by__isnull=True)
        .order_by("-year", "-settled_at")
        .first()
    )
    if analyse is None:
        return None, {}
    return analyse.year, _counted(gap.frozen_rows(analyse))


def with_lack(
    competences: Sequence[tuple[int, str]], *, year: int, actor: Ansatt
) -> list[tuple[int, str]]:
    """Return the competences with how many are lacked of each, those most lacked first.

    As settled, else as it stands today in the units that the actor sees; one query more.
    """
    settled, found = lacks(year)
    if settled is None:
        found = _counted(gap.gap(gap.scopes(actor), year=year, on=clock.today()))
    by_lack = sorted(competences, key=lambda each: -found.get(each[0], 0))
    return [(pk, _with(name, found.get(pk, 0))) for pk, name in by_lack]


def _with(name: str, lack: int) -> str:
    told = ngettext("%(name)s (mangler %(n)d)", "%(name)s (mangler %(n)d)", lack)
    return told % {"name": name, "n": lack} if lack else name


def _counted(rows: Iterable[GapRow]) -> dict[int, int]:
    found: dict[int, int] = {}
    for row in rows:
        if row.lack:
            found[row.kompetanse_id] = max(found.get(row.kompetanse_id, 0), row.lack)
    return found


def _lacked(runde: Soknadsrunde) -> tuple[int | None, set[int]]:
    year, found = lacks(runde.year + 1)
    return year, set(found)


def _educations(runde: Soknadsrunde, lacked: set[int]) -> tuple[Education, ...]:
    return tuple(
        Education(
            row.title,
            row.text,
            row.fokusomrade.name if row.fokusomrade else "",
            row.kompetanse_id in lacked,
        )
        for row in queries.educations(runde)
    )


def _schemes(runde: Soknadsrunde) -> tuple[Scheme, ...]:
    return tuple(
        Scheme(each.ordning.name, each.ordning.text, ordningstekst.told(each.ordning),
               each.ordning.source)
        for each in ordning.applied(runde)
    )  # fmt: skip


def _criteria(runde: Soknadsrunde) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(each.name, each.weight, each.texts[-1] if each.texts else "")
        for each in queries.criteria(runde)
    )
