"""The ranked list: every page, export and projection of it is made from `ranked`."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import (
    Count,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from soknader.models import Endring, Poeng, Soknad, Soknadsrunde, Uttalelse, Vedtak
from soknader.rules import habilitet
from soknader.rules.prioritering import Reader

# Fewer than this many with the same unit and category could be recognised.
SMALL_GROUP = 5
# The verb itself takes an undoing until the decisions are made.
UNDO_OFFERED = timedelta(minutes=10)

S = Soknad.Status
# What is on the list: all that are sent and not withdrawn.
LISTED = (S.SUBMITTED, S.RECOMMENDED, S.DECIDED, S.ANSWERED, S.ACCEPTED, S.DECLINED)
UNDECIDED = (S.SUBMITTED, S.RECOMMENDED)
IN_PLAY = (Vedtak.Status.DRAFT, Vedtak.Status.DECIDED)

# That the leader has said something, for those who may not know what.
GIVEN = "given"
VERDICTS = {str(value): label for value, label in Uttalelse.Verdict.choices}
OUTCOMES = {str(value): label for value, label in Vedtak.Outcome.choices}


@dataclass(frozen=True, slots=True)
class Sak:
    """One application of the list as a reader may see it; amounts are NOK.

    `cost` is what is applied for, `planned` what it takes of the frame as things stand, and
    `running` the sum of `planned` down to here. Empty texts are hidden or missing.
    """

    pk: int
    number: int
    place: int
    name: str
    enhet_id: int | None
    unit: str
    kategori_id: int | None
    category: str
    study: str
    fokusomrade_id: int | None
    area: str
    is_prioritised: bool
    is_late: bool
    verdict: str
    points: int | None
    cost: int
    planned: int
    running: int
    outcome: str
    is_decided: bool
    is_own: bool
    is_barred: bool

    @property
    def label(self) -> str:
        """The outcome in words."""
        return str(OUTCOMES.get(self.outcome, ""))


@dataclass(frozen=True, slots=True)
class Ramme:
    """The frame of the round, NOK: decided, proposed in drafts, and what is left (or less)."""

    budget: int
    decided: int
    drafted: int

    @property
    def used(self) -> int:
        return self.decided + self.drafted

    @property
    def left(self) -> int:
        return self.budget - self.used

    @property
    def over(self) -> int:
        return max(0, -self.left)


@dataclass(frozen=True, slots=True)
class Rangering:
    """The whole list in order, and its frame."""

    ramme: Ramme
    saker: tuple[Sak, ...]

    def find(self, soknad_id: int) -> Sak | None:
        return next((sak for sak in self.saker if sak.pk == soknad_id), None)


def cut(saker: Sequence[Sak], ramme: Ramme) -> tuple[int, str]:
    """Return how many stand above the list's line, all when there is none, and what it says.

    It stands where the frame is used up. When the drafts keep the sum within the frame, it
    stands above the first on the waiting list.
    """
    over = next((i for i, sak in enumerate(saker) if sak.running > ramme.budget), None)
    if over is not None:
        return over, _("Her er rammen brukt opp")
    waiting = Vedtak.Outcome.WAITING
    first = next((i for i, sak in enumerate(saker) if sak.outcome == waiting), len(saker))
    return first, _("Her begynner ventelisten")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the reader has narrowed the list to; None is all."""

    enhet: int | None = None
    fokusomrade: int | None = None
    kategori: int | None = None

    def of(self, saker: Iterable[Sak]) -> tuple[Sak, ...]:
        """Return those that match. A hidden unit matches nothing, so it cannot be searched out."""
        return tuple(sak for sak in saker if self._matches(sak))

    def _matches(self, sak: Sak) -> bool:
        return (
            self.enhet in {None, sak.enhet_id}
            and self.fokusomrade in {None, sak.fokusomrade_id}
            and self.kategori in {None, sak.kategori_id}
        )


def rounds_for(actor: Ansatt) -> QuerySet[Soknadsrunde]:
    """Return the rounds whose list the actor may open; others than the group when it has begun."""
    if not access.may(actor, Act.SEE_PRIORITIES):
        return Soknadsrunde.objects.none()
    early = {Soknadsrunde.Status.DRAFT}
    if not access.may(actor, Act.PRIORITISE):
        early.add(Soknadsrunde.Status.OPEN)
    return Soknadsrunde.objects.exclude(status__in=early)


def cases(runde: Soknadsrunde) -> QuerySet[Soknad]:
    """Return the applications of the list, in its order; those never ranked come last."""
    return Soknad.objects.filter(runde=runde, status__in=LISTED).order_by(
        F("rank").asc(nulls_last=True), "number"
    )


def order(runde: Soknadsrunde) -> list[int]:
    """Return the ids of the list in its order."""
    return list(cases(runde).values_list("pk", flat=True))


def ranked(runde: Soknadsrunde, *, reader: Reader) -> Rangering:
    """Return the list as the reader may see it: one query, and one more to hide small groups."""
    rows = _rows(runde, reader.ansatt_id)
    groups = _Groups.read() if reader.hides_small_groups else None
    saker = tuple(_saker(rows, reader, groups))
    drafted = sum(row.drafted for row in rows)
    return Rangering(Ramme(runde.budget, runde.granted, drafted), saker)


def reasons(runde: Soknadsrunde) -> dict[int, str]:
    """Return the group's reason by application, of the draft or the decision in force."""
    rows = Vedtak.objects.filter(soknad__runde=runde, status__in=IN_PLAY)
    return dict(rows.values_list("soknad_id", "reason"))


def suggested_order(runde: Soknadsrunde) -> list[int]:
    """Return the ids by points, then prioritised education, then who came first."""
    scored = cases(runde).annotate(points=_points())
    rows = scored.values_list("pk", "points", "utlysning_id", "number")
    by_worth = sorted(rows, key=lambda row: (-(row[1] or 0), row[2] is None, row[3]))
    return [row[0] for row in by_worth]


def latest_change(runde: Soknadsrunde, *, by: Ansatt) -> Endring | None:
    """Return the last change of the order while its undoing is offered to `by`."""
    last = runde.endringer.filter(kind=Endring.Kind.ORDER).order_by("-pk").first()
    is_last = last is not None and last.version == runde.version
    return last if last and is_last and is_offered(last, by=by) else None


def is_offered(endring: Endring, *, by: Ansatt) -> bool:
    """Return whether «Angre» is shown: to who made the change, for a while."""
    return endring.by_id == by.pk and clock.now() - endring.at < UNDO_OFFERED


class _Row(NamedTuple):
    """A line as the database has it, before anything is hidden."""

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
    verdict: str | None
    points: int | None
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

    @property
    def drafted(self) -> int:
        is_draft = self.vedtak_status == Vedtak.Status.DRAFT
        return self.amount or 0 if is_draft else 0


def _rows(runde: Soknadsrunde, ansatt_id: int) -> list[_Row]:
    declared = habilitet.declared_by(ansatt_id)
    in_play = FilteredRelation("vedtak", condition=Q(vedtak__status__in=IN_PLAY))
    annotated = cases(runde).annotate(points=_points(), v=in_play, declared=declared)
    rows: Iterable[Any] = annotated.values_list(
        "pk", "number", "ansatt_id", "ansatt__first_name", "ansatt__last_name",
        "ansatt__enhet_id", "ansatt__enhet__name", "ansatt__enhet__path",
        "ansatt__kategori_id", "ansatt__kategori__name",
        "study", "fokusomrade_id", "fokusomrade__name", "utlysning_id", "is_late",
        "uttalelser__verdict", "points", "tuition", "books", "travel", "other_cost",
        "substitute", "covered",
        "v__outcome", "v__amount", "v__status", "declared",
    )  # fmt: skip
    return [_Row(*row) for row in rows]


def _points() -> Subquery:
    weighted = Sum(F("points") * F("kriterium__weight"))
    mine = Poeng.objects.filter(soknad=OuterRef("pk")).order_by().values("soknad")
    return Subquery(mine.annotate(total=weighted).values("total"))


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
        if self.units[sak.enhet_id, sak.kategori_id] >= SMALL_GROUP:  # type: ignore[index]
            return sak
        if self.categories[sak.kategori_id] >= SMALL_GROUP:
            return replace(sak, enhet_id=None, unit="")
        return replace(sak, enhet_id=None, unit="", kategori_id=None, category="")


def _saker(rows: Iterable[_Row], reader: Reader, groups: _Groups | None) -> Iterator[Sak]:
    running = 0
    for place, row in enumerate(rows, start=1):
        running += row.planned
        sak = _sak(row, place=place, running=running, reader=reader)
        yield groups.hide(sak) if groups else sak


def _sak(row: _Row, *, place: int, running: int, reader: Reader) -> Sak:
    """Show the line to the reader: the outcome of an own case is told by the letter alone."""
    is_own = row.ansatt_id == reader.ansatt_id
    is_named = reader.sees_person(row.path)
    return Sak(
        pk=row.pk,
        number=row.number,
        place=place,
        name=f"{row.first_name} {row.last_name}" if is_named else "",
        enhet_id=row.enhet_id,
        unit=row.unit,
        kategori_id=row.kategori_id,
        category=row.category or "",
        study=row.study,
        fokusomrade_id=row.fokusomrade_id,
        area=row.area or "",
        is_prioritised=row.utlysning_id is not None,
        is_late=row.is_late,
        verdict=_verdict(row, reader),
        points=None if is_own else row.points,
        cost=row.cost,
        planned=row.planned,
        running=running,
        outcome="" if is_own else row.outcome or "",
        is_decided=row.vedtak_status == Vedtak.Status.DECIDED,
        is_own=is_own,
        is_barred=is_own or row.is_declared,
    )


def _verdict(row: _Row, reader: Reader) -> str:
    if row.verdict is None:
        return ""
    return row.verdict if reader.is_group or reader.is_decider else GIVEN
