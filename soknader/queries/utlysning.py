"""What a round announces: on the employees' page, the public one, and the poster."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import JSONObject
from django.utils.translation import ngettext

from kartlegging.models import Gapanalyse
from kartlegging.queries import gap
from kartlegging.queries.gap import GapRow
from kompetanse import clock
from kompetanse.organisasjon.models import Ansatt
from soknader.models import Kriterium, Soknadsrunde, Utlysning
from soknader.queries import ordning
from soknader.queries import runde as queries
from soknader.rules import maalform, ordningstekst, vilkar

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
    """Return what the round announces, in the language of the page; two queries.

    `stewards` are named to employees alone.
    """
    lists = _lists(runde)
    gap_year, lacked = _told(lists["analysis"])
    return Announcement(
        id=runde.pk,
        name=str(runde),
        year=runde.year,
        unit=lists["unit"] or "",
        opens=runde.opens,
        deadline=runde.deadline,
        leader_deadline=runde.leader_deadline,
        meeting_on=runde.meeting_on,
        answer_by=runde.answer_by,
        accept_by=runde.accept_by,
        text=maalform.told(runde.announcement, runde.announcement_other, lang=runde.lang),
        allows_late=runde.allows_late,
        may_complain=runde.may_complain,
        complaint_weeks=runde.complaint_weeks,
        educations=_educations(lists["educations"], lacked, lang=runde.lang),
        schemes=_schemes(runde),
        conditions=tuple(vilkar.told(runde)),
        criteria=tuple(_criterion(**each, lang=runde.lang) for each in lists["criteria"]),
        gap_year=gap_year,
        contact=contact,
        stewards=stewards,
    )


def published() -> QuerySet[Soknadsrunde]:
    """Return the rounds that anyone may read the announcement of, the newest first."""
    return queries.rounds().exclude(status=S.DRAFT)


def with_analysis(runder: QuerySet[Soknadsrunde]) -> QuerySet[Soknadsrunde]:
    """Add `analysis`, the latest GAP analysis that the round's studies are to mend."""
    return runder.annotate(analysis=Subquery(_latest(OuterRef("year") + 1).values_list(_ANALYSIS)))


def with_lack(
    competences: Sequence[tuple[int, str]], *, runde: Soknadsrunde, actor: Ansatt
) -> list[tuple[int, str]]:
    """Return the competences with how many are lacked of each, those most lacked first.

    As settled in the `analysis` that the round is read with, else as it stands today in the units
    that the actor sees; then one query.
    """
    settled, found = _told(runde.analysis)  # type: ignore[attr-defined]
    if settled is None:
        found = _counted(gap.gap(gap.scopes(actor), year=runde.year + 1, on=clock.today()))
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


# What is asked of the analysis, with the round or by itself.
_ANALYSIS = JSONObject(year="year", figures="figures")


def _latest(year: int | CombinedExpression) -> QuerySet[Gapanalyse]:
    """Return the latest analysis that holds, of the year or before it."""
    found = Gapanalyse.objects.filter(year__lte=year, superseded_by__isnull=True)
    return found.order_by("-year", "-settled_at")[:1]


def _told(analysis: dict[str, Any] | None) -> tuple[int | None, dict[int, int]]:
    if analysis is None:
        return None, {}
    return analysis["year"], _counted(gap.rows_of(analysis["figures"]))


def _lists(runde: Soknadsrunde) -> dict[str, Any]:
    """Return what stands in other tables than the round's own, its schemes apart; one query."""
    mine = {"runde": OuterRef("pk")}
    education = JSONObject(
        title="title",
        text="text",
        title_other="title_other",
        text_other="text_other",
        area="fokusomrade__name",
        competence="kompetanse",
    )
    criterion = JSONObject(
        name="name",
        weight="weight",
        texts="texts",
        name_other="name_other",
        most_other="most_other",
    )
    found = (
        Soknadsrunde.objects.filter(pk=runde.pk)
        .values(
            unit=F("enhet__name"),
            educations=ArraySubquery(Utlysning.objects.filter(**mine).values_list(education)),
            criteria=ArraySubquery(Kriterium.objects.filter(**mine).values_list(criterion)),
            analysis=Subquery(_latest(OuterRef("year") + 1).values_list(_ANALYSIS)),
        )
        .get()
    )
    return dict(found)


def _educations(
    rows: Iterable[dict[str, Any]], lacked: Container[int], *, lang: str
) -> tuple[Education, ...]:
    return tuple(
        Education(
            maalform.told(row["title"], row["title_other"], lang=lang),
            maalform.told(row["text"], row["text_other"], lang=lang),
            row["area"] or "",
            row["competence"] in lacked,
        )
        for row in rows
    )


def _schemes(runde: Soknadsrunde) -> tuple[Scheme, ...]:
    return tuple(
        Scheme(
            ordningstekst.name(each.ordning),
            ordningstekst.covers(each.ordning),
            ordningstekst.told(each.ordning),
            each.ordning.source,
        )
        for each in ordning.applied(runde)
    )


def _criterion(
    *, name: str, weight: int, texts: Sequence[str], name_other: str, most_other: str, lang: str
) -> Criterion:
    most = texts[-1] if texts else ""
    return Criterion(
        maalform.told(name, name_other, lang=lang),
        weight,
        maalform.told(most, most_other, lang=lang),
    )
