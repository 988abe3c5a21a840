"""What can become lines of an application: measures of the plan, and granted education.

Educations with the same name and place become one line, so that no line shows a person. Amounts
are whole NOK, credits those of all participants together.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from planer.models import Belopslinje, Tiltak
from rapporter.models import Linjestudie, Rapportlinje, Tilskuddssoknad
from rapporter.queries.kalender import part_of
from rapporter.queries.linje import COSTS, Amounts, Part, costs_of, financing_of
from soknader.models import Framdrift, Soknad, Vedtak

STUDY = "soknad:"
RUNNING = (Soknad.Status.DECIDED, Soknad.Status.ANSWERED, Soknad.Status.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Study:
    """A granted education: the application, its measure in the plan, and its period."""

    soknad_id: int
    tiltak: Tiltak
    place: str
    credits: int
    starts: date
    ends: date | None

    @property
    def part(self) -> Part:
        return Part(self.tiltak.pk, self.starts, self.ends)

    def credits_in(self, year: int) -> int:
        return part_of(self.credits, year=year, starts=self.starts, ends=self.ends)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line that could be made: a measure, or educations that are the same."""

    tiltak: Tiltak
    year: int
    studies: tuple[Study, ...]
    amounts: Amounts
    carried: int = 0

    @property
    def cost(self) -> int:
        return sum(self.amounts[kind] for kind in COSTS)

    @property
    def own(self) -> int:
        return self.amounts[Belopslinje.Kind.OWN]

    @property
    def other(self) -> int:
        kinds = Belopslinje.Kind
        return self.amounts[kinds.REGION] + self.amounts[kinds.OTHER_FINANCING]

    @property
    def granted(self) -> int:
        """What the plan expects of the state, NOK."""
        return self.amounts[Belopslinje.Kind.GRANT]

    @property
    def place(self) -> str:
        return self.studies[0].place if self.studies else ""

    @property
    def starts(self) -> date | None:
        return min((each.starts for each in self.studies), default=None)

    @property
    def ends(self) -> date | None:
        return max((each.ends for each in self.studies if each.ends), default=None)

    @property
    def all_credits(self) -> int:
        return sum(each.credits for each in self.studies)

    @property
    def credits(self) -> int:
        return sum(each.credits_in(self.year) for each in self.studies)

    @property
    def new(self) -> int:
        if not self.studies:
            return int(self.tiltak.participants)
        return sum(each.starts.year >= self.year for each in self.studies)

    @property
    def continuing(self) -> int:
        return len(self.studies) - self.new if self.studies else 0


def proposals(soknad: Tilskuddssoknad) -> list[Proposal]:
    """Return what is not in the application yet: education first, then the plan's measures."""
    year = soknad.ordning.year
    groups = [*_alike(studies(soknad)), *((tiltak, ()) for tiltak in measures(soknad))]
    parts = {
        tiltak.pk: [each.part for each in found] or [Part(tiltak.pk, None, None)]
        for tiltak, found in groups
    }
    costs = costs_of(part.tiltak_id for found in parts.values() for part in found)
    carried = carried_to(soknad, [tiltak for tiltak, _found in groups])
    return [
        Proposal(
            tiltak,
            year,
            tuple(found),
            financing_of(parts[tiltak.pk], costs, year),
            carried[tiltak.pk],
        )
        for tiltak, found in groups
    ]


def measures(soknad: Tilskuddssoknad) -> QuerySet[Tiltak]:
    """Return the measures of the scheme's year that are not in the application, no educations."""
    return (
        Tiltak.objects.filter(year=soknad.ordning.year, merged_into__isnull=True)
        .exclude(status=Tiltak.Status.CANCELLED)
        .exclude(tilskuddslinjer__soknad=soknad)
        .exclude(origin__startswith=STUDY)
        .select_related("enhet")
    )


def studies(soknad: Tilskuddssoknad) -> list[Study]:
    """Return the granted educations that go on in the scheme's year and are not in a line."""
    year = soknad.ordning.year
    first, last = date(year, 1, 1), date(year, 12, 31)
    over = Framdrift.objects.filter(soknad=OuterRef("pk"), ended_on__lt=first)
    granted = Vedtak.objects.filter(
        soknad=OuterRef("pk"),
        status=Vedtak.Status.DECIDED,
        outcome__in=Vedtak.GIVES,
    )
    taken = Linjestudie.objects.filter(linje__soknad=soknad).values("soknad")
    found = (
        Soknad.objects.filter(Exists(granted), status__in=RUNNING, starts__lte=last)
        .filter(Q(ends__gte=first) | Q(ends__isnull=True, starts__gte=first))
        .exclude(Exists(over.exclude(status=Framdrift.Status.RETURNED)))
        .exclude(pk__in=taken)
        .annotate(origin=Concat(Value(STUDY), Cast("pk", CharField()), output_field=CharField()))
    )
    rows = list(found.order_by("study", "institution", "starts", "pk"))
    return list(_with_measures(rows))


def carried_to(soknad: Tilskuddssoknad, chosen: Sequence[Tiltak]) -> defaultdict[int, int]:
    """Return by measure what last year's report asked to carry over to it, NOK."""
    asked = carry_asked(soknad)
    return defaultdict(
        int,
        {
            each.pk: asked[each.earlier_id or each.pk]
            for each in chosen
            if (each.earlier_id or each.pk) in asked
        },
    )


def carry_asked(soknad: Tilskuddssoknad) -> dict[int, int]:
    """Return by last year's measure what its report in the same scheme asks to carry over, NOK."""
    rows = Rapportlinje.objects.filter(
        carry_over__gt=0,
        svarlinje__svar__soknad__ordning__year=soknad.ordning.year - 1,
        svarlinje__svar__soknad__ordning__name=soknad.ordning.name,
    )
    return dict(rows.values_list("svarlinje__linje__tiltak", "carry_over"))


def _with_measures(rows: Sequence[Any]) -> Iterable[Study]:
    origins = [row.origin for row in rows]
    tiltak = Tiltak.objects.filter(origin__in=origins).exclude(status=Tiltak.Status.CANCELLED)
    by_origin = {each.origin: each for each in tiltak.select_related("enhet")}
    for row in rows:
        if row.origin in by_origin and row.starts is not None:
            yield Study(
                row.pk, by_origin[row.origin], row.institution, row.credits or 0, row.starts,
                row.ends,
            )  # fmt: skip


def _alike(found: Iterable[Study]) -> list[tuple[Tiltak, tuple[Study, ...]]]:
    """Return the educations of the same name and place together, under the first's measure."""
    groups: defaultdict[tuple[str, str], list[Study]] = defaultdict(list)
    for each in found:
        groups[each.tiltak.theme.casefold(), each.place.casefold()].append(each)
    return [(group[0].tiltak, tuple(group)) for group in groups.values()]
