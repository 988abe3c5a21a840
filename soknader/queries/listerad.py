"""The lines of the ranked list as the database has them, and what a reader may see of each."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, FilteredRelation, JSONField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import JSONObject

from kompetanse import clock
from kompetanse.kommuner.persondata import FEWEST
from kompetanse.organisasjon import queries as organisasjon
from soknader.models import Soknad, Soknadsrunde, Vedtak
from soknader.queries import poeng
from soknader.queries.rangering import GIVEN, Ramme, Rangering, Sak
from soknader.rules import habilitet, rekkefolge
from soknader.rules.prioritering import Reader

IN_PLAY = (Vedtak.Status.DRAFT, Vedtak.Status.DECIDED)


class Rad(NamedTuple):
    """A line before anything is hidden; amounts are NOK."""

    pk: int
    number: int
    ansatt_id: int
    first_name: str
    last_name: str
    enhet_id: int
    unit: str
    path: str
    kategori_id: int | None
    category: str | None
    study: str
    fokusomrade_id: int | None
    area: str | None
    utlysning_id: int | None
    is_late: bool
    rank_reason: str
    verdict: str | None
    tuition: int | None
    books: int | None
    travel: int | None
    other_cost: int | None
    substitute: int | None
    covered: int | None
    outcome: str | None
    amount: int | None
    vedtak_status: str | None
    is_declared: bool
    given: dict[str, Any] | None
    earlier: list[dict[str, int]] | None

    @property
    def cost(self) -> int:
        """What is applied for: as Soknad.amount."""
        if self.covered is not None:
            return self.covered
        parts = (self.tuition, self.books, self.travel, self.other_cost, self.substitute)
        return sum(part or 0 for part in parts)

    @property
    def planned(self) -> int:
        """What the decision gives, draft or made; what is applied for until there is one."""
        return self.cost if self.amount is None else self.amount

    def support(self, status: str) -> int:
        """What a decision of that status gives, NOK."""
        return self.amount or 0 if self.vedtak_status == status else 0


def read(soknader: QuerySet[Soknad], runde: Soknadsrunde, reader: Reader) -> list[Rad]:
    """Return the lines of the applications; one query."""
    in_play = FilteredRelation("vedtak", condition=Q(vedtak__status__in=IN_PLAY))
    annotated = soknader.annotate(
        v=in_play,
        declared=habilitet.declared_by(reader.ansatt_id),
        given=poeng.given(),
        earlier=_earlier(runde) if reader.lines else Value(None, output_field=JSONField()),
    )
    # What a no gave back is the frame's again, and in no sum.
    held = F("v__amount") - F("v__released")
    rows: Iterable[Any] = annotated.values_list(
        "pk", "number", "ansatt_id", "ansatt__first_name", "ansatt__last_name",
        "ansatt__enhet_id", "ansatt__enhet__name", "ansatt__enhet__path",
        "ansatt__kategori_id", "ansatt__kategori__name",
        "study", "fokusomrade_id", "fokusomrade__name", "utlysning_id", "is_late", "rank_reason",
        "uttalelser__verdict", "tuition", "books", "travel", "other_cost",
        "substitute", "covered",
        "v__outcome", held, "v__status", "declared", "given", "earlier",
    )  # fmt: skip
    return [Rad(*row) for row in rows]


def shown(rows: Sequence[Rad], runde: Soknadsrunde, reader: Reader) -> Rangering:
    """Return the list as the reader may see it; one query when small groups are hidden.

    What an own case is drafted to get is in no sum either: the letter alone tells it.
    """
    groups = _Groups.read() if reader.hides_small_groups else None
    saker = [groups.hide(sak) if groups else sak for sak in _saker(rows, runde, reader)]
    out = rekkefolge.against_points([sak.points for sak in saker])
    saker = [replace(sak, deviates=True) if at in out else sak for at, sak in enumerate(saker)]
    return Rangering(_ramme(rows, runde, reader), tuple(saker))


def frame(rows: Iterable[Rad], runde: Soknadsrunde) -> Ramme:
    """Return the frame as it is, with nothing hidden."""
    drafted = sum(row.support(Vedtak.Status.DRAFT) for row in rows)
    return Ramme(runde.budget, runde.granted, drafted)


def _ramme(rows: Sequence[Rad], runde: Soknadsrunde, reader: Reader) -> Ramme:
    others = frame([row for row in rows if row.ansatt_id != reader.ansatt_id], runde)
    own = [row for row in rows if row.ansatt_id == reader.ansatt_id]
    hidden = sum(row.support(Vedtak.Status.DECIDED) for row in own)
    return replace(others, decided=others.decided - hidden)


def _earlier(runde: Soknadsrunde) -> ArraySubquery:
    """Return year and amount of what the applicant was granted in the years before the round."""
    since = clock.add_months(runde.deadline, -runde.lookback_years * clock.MONTHS_IN_YEAR)
    grants = Vedtak.objects.filter(
        soknad__ansatt=OuterRef("ansatt"),
        soknad__runde__deadline__gte=since,
        soknad__runde__deadline__lt=runde.deadline,
        status=Vedtak.Status.DECIDED,
        outcome__in=Vedtak.GIVES,
    ).exclude(soknad__status=Soknad.Status.DECLINED)
    told = JSONObject(year=F("soknad__runde__year"), amount=F("amount"))
    return ArraySubquery(grants.order_by("-soknad__runde__deadline").values(told=told))


@dataclass(frozen=True, slots=True)
class _Groups:
    """How many are employed with the same unit and category, and with the same category."""

    units: Counter[tuple[int, int | None]]
    categories: Counter[int | None]

    @classmethod
    def read(cls) -> "_Groups":
        employed = organisasjon.current().order_by().values_list("enhet_id", "kategori_id")
        units: Counter[tuple[int, int | None]] = Counter()
        categories: Counter[int | None] = Counter()
        for enhet_id, kategori_id, number in employed.annotate(number=Count("pk")):
            units[enhet_id, kategori_id] = number
            categories[kategori_id] += number
        return cls(units, categories)

    def hide(self, sak: Sak) -> Sak:
        """Take away the unit of a small group, and the category that few have at all."""
        if self.units[sak.enhet_id, sak.kategori_id] >= FEWEST:  # type: ignore[index]
            return sak
        hidden = replace(sak, enhet_id=None, unit="", path="")
        if self.categories[sak.kategori_id] >= FEWEST:
            return hidden
        return replace(hidden, kategori_id=None, category="")


def _saker(rows: Sequence[Rad], runde: Soknadsrunde, reader: Reader) -> Iterator[Sak]:
    seen = _Seen.of(rows, runde, reader)
    running = 0
    for place, row in enumerate(rows, start=1):
        is_own = row.ansatt_id == reader.ansatt_id
        planned = row.cost if is_own else row.planned
        running += planned
        yield _sak(row, seen, reader, place=place, planned=planned, running=running)


def _sak(row: Rad, seen: "_Seen", reader: Reader, *, place: int, planned: int, running: int) -> Sak:
    """Show the line to the reader: the outcome of an own case is told by the letter alone."""
    is_own = row.ansatt_id == reader.ansatt_id
    is_named = reader.sees_person(row.path)
    gave = poeng.givers(row.given)
    return Sak(
        pk=row.pk,
        number=row.number,
        place=place,
        name=f"{row.first_name} {row.last_name}" if is_named else "",
        enhet_id=row.enhet_id,
        unit=row.unit,
        path=row.path,
        kategori_id=row.kategori_id,
        category=row.category or "",
        study=row.study,
        fokusomrade_id=row.fokusomrade_id,
        area=row.area or "",
        is_prioritised=row.utlysning_id is not None,
        is_late=row.is_late,
        verdict=_verdict(row, reader),
        points=poeng.mean(row.given) if not is_own and seen.shows(row, gave) else None,
        is_scored=reader.ansatt_id in gave,
        earlier=tuple((e["year"], e["amount"]) for e in row.earlier or ()) if is_named else (),
        cost=row.cost,
        planned=planned,
        running=running,
        outcome="" if is_own else row.outcome or "",
        is_decided=row.vedtak_status == Vedtak.Status.DECIDED,
        is_own=is_own,
        is_barred=is_own or row.is_declared,
        rank_reason="" if is_own else row.rank_reason,
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """Whose points must be in before a case shows its own: of none when the points are open.

    On screen the whole room looks, so that all who have begun must have given theirs.
    """

    needed: frozenset[int]

    @classmethod
    def of(cls, rows: Iterable[Rad], runde: Soknadsrunde, reader: Reader) -> "_Seen":
        if not poeng.are_hidden(runde):
            return cls(frozenset())
        needed = {reader.ansatt_id} if reader.is_group else set()
        if reader.on_screen:
            needed.update(pk for row in rows for pk in poeng.givers(row.given))
        return cls(frozenset(needed))

    def shows(self, row: Rad, gave: frozenset[int]) -> bool:
        """Return whether all who must have; nobody is awaited in their own case."""
        return self.needed <= gave or self.needed - {row.ansatt_id} <= gave


def _verdict(row: Rad, reader: Reader) -> str:
    if row.verdict is None:
        return ""
    return row.verdict if reader.is_group or reader.is_decider else GIVEN
