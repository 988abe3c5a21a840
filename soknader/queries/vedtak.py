"""What stands before a decision: counts, what is missing, and who may not decide which case."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from soknader.models import Kommentar, Settestedfortreder, Soknad, Soknadsrunde, Vedtak
from soknader.queries import myndighet, poeng, prioritering
from soknader.queries.prioritering import Ramme
from soknader.rules import habilitet, rekkefolge
from soknader.rules import vedtak as rules

OUTSIDE = _("den hører til en enhet utenfor ditt område")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many have an outcome, as draft and as decided, and what it costs in all, NOK."""

    label: str
    drafted: int
    decided: int
    amount: int


@dataclass(frozen=True, slots=True)
class Blocked:
    """A case that the actor may not decide: why, and who can instead."""

    vedtak: Vedtak
    why: str | Promise
    instead: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ready:
    """The drafts of a round for one actor: those that can be decided now, and the rest."""

    mine: tuple[Vedtak, ...]
    blocked: tuple[Blocked, ...]
    # Those that stand before someone with more points, and nobody has said why.
    unexplained: tuple[Vedtak, ...] = ()

    @property
    def unreasoned(self) -> tuple[Vedtak, ...]:
        """Those that wait for a reason; none is decided before all have theirs."""
        return tuple(v for v in self.mine if rules.lacks_reason(v, v.soknad))

    @property
    def lacks(self) -> bool:
        """Whether something must be written before any of them is decided."""
        return bool(self.unreasoned or self.unexplained)

    @property
    def amount(self) -> int:
        """What deciding them takes of the frame, NOK."""
        return sum(vedtak.amount for vedtak in self.mine)


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the page of decisions shows: all in play, and what the actor may decide of it."""

    ramme: Ramme
    tallies: tuple[Tally, ...]
    decided: tuple[Vedtak, ...]
    ready: Ready

    @property
    def after(self) -> int:
        """What is left of the frame when the actor has decided what is ready, NOK."""
        return self.ramme.budget - self.ramme.decided - self.ready.amount


def drafts(runde: Soknadsrunde) -> QuerySet[Vedtak]:
    """Return the drafts on applications that wait for a decision, in the order of the list."""
    return _in_play(runde).filter(
        status=Vedtak.Status.DRAFT, soknad__status__in=prioritering.UNDECIDED
    )


def ready(runde: Soknadsrunde, *, actor: Ansatt) -> Ready:
    """Return what the actor can decide of the drafts, and what habilitet or role keeps away."""
    in_play = list(_in_play(runde))
    return _ready(_waiting(in_play), runde, actor, in_play)


def decisions(runde: Soknadsrunde, *, actor: Ansatt) -> Decisions:
    """Return what is drafted and decided in the round; three queries."""
    in_play = list(_in_play(runde))
    # The letter alone tells the outcome of an own case.
    others = [vedtak for vedtak in in_play if vedtak.soknad.ansatt_id != actor.pk]
    drafted = [vedtak for vedtak in others if vedtak.status == Vedtak.Status.DRAFT]
    own = sum(
        vedtak.held
        for vedtak in in_play
        if vedtak.soknad.ansatt_id == actor.pk and vedtak.status == Vedtak.Status.DECIDED
    )
    return Decisions(
        ramme=Ramme(runde.budget, runde.granted - own, sum(vedtak.amount for vedtak in drafted)),
        tallies=_tallies(others),
        decided=tuple(v for v in in_play if v.status == Vedtak.Status.DECIDED),
        ready=_ready(_waiting(in_play), runde, actor, in_play),
    )


def _waiting(in_play: Iterable[Vedtak]) -> list[Vedtak]:
    """Return the drafts on applications that wait for a decision."""
    return [
        vedtak
        for vedtak in in_play
        if vedtak.status == Vedtak.Status.DRAFT and vedtak.soknad.status in prioritering.UNDECIDED
    ]


def _ready(
    waiting: Sequence[Vedtak], runde: Soknadsrunde, actor: Ansatt, in_play: Sequence[Vedtak]
) -> Ready:
    roles = myndighet.roles_that_count()
    deciders = myndighet.able(roles)
    impartial = habilitet.read(
        prioritering.cases(runde),
        people=[actor, *deciders],
        roles=roles,
    )
    mine, blocked = [], []
    for vedtak in waiting:
        why = _why_not(actor, vedtak, impartial)
        if why is None:
            mine.append(vedtak)
        else:
            blocked.append(Blocked(vedtak, why, myndighet.instead(vedtak, deciders, impartial)))
    return Ready(tuple(mine), tuple(blocked), tuple(_unexplained(mine, in_play)))


def _unexplained(mine: Sequence[Vedtak], in_play: Sequence[Vedtak]) -> Iterable[Vedtak]:
    """Yield the drafts whose place is another than the points', without a reason for it."""
    points = [poeng.mean(vedtak.given) for vedtak in in_play]  # type: ignore[attr-defined]
    out = {in_play[at].pk for at in rekkefolge.against_points(points)}
    for vedtak in mine:
        if vedtak.pk in out and not vedtak.soknad.rank_reason:
            yield vedtak


def _in_play(runde: Soknadsrunde) -> QuerySet[Vedtak]:
    """Return the drafts and the decisions in force on the list's cases, in its order."""
    in_play = Vedtak.objects.filter(
        soknad__runde=runde,
        soknad__status__in=prioritering.LISTED,
        status__in=prioritering.IN_PLAY,
    )
    return (
        in_play.select_related(
            "soknad__ansatt__enhet",
            "soknad__ansatt__kategori",
            "soknad__runde",
            "soknad__fokusomrade",
            "decided_by",
        )
        .annotate(**myndighet.named(), given=poeng.given("soknad"))
        .order_by("soknad__rank", "soknad__number")
    )


def undrafted(runde: Soknadsrunde) -> list[int]:
    """Return the numbers of the applications that have no draft yet."""
    numbers = _without_draft(runde).order_by(F("rank").asc(nulls_last=True), "number")
    return [n for n in numbers.values_list("number", flat=True) if n is not None]


def undrafted_count() -> Coalesce:
    """Return how many applications of the round in the outer query have no draft yet."""
    without = _without_draft(OuterRef("pk")).order_by().values("runde")
    return Coalesce(Subquery(without.annotate(number=Count("pk")).values("number")), 0)


def undrafted_numbers() -> ArraySubquery:
    """Return the numbers of the same applications, in order."""
    return ArraySubquery(_without_draft(OuterRef("pk")).order_by("number").values("number"))


def _without_draft(runde: Soknadsrunde | OuterRef) -> QuerySet[Soknad]:
    waiting = Soknad.objects.filter(runde=runde, status__in=prioritering.UNDECIDED)
    drafted = Vedtak.objects.filter(soknad=OuterRef("pk"), status=Vedtak.Status.DRAFT)
    return waiting.exclude(Exists(drafted))


def undecided_by(actor: Ansatt) -> QuerySet[Vedtak]:
    """Return the drafts in the actor's units on cases that are neither own nor declared."""
    declared = Soknad.objects.filter(habilitet.declared_by(actor.pk), pk=OuterRef("soknad"))
    waiting = in_scope(actor).filter(
        status=Vedtak.Status.DRAFT, soknad__status__in=prioritering.UNDECIDED
    )
    return waiting.exclude(soknad__ansatt=actor).exclude(Exists(declared))


def dissents(runde: Soknadsrunde, *, reader: Ansatt) -> QuerySet[Kommentar]:
    """Return what unions and safety representatives want in the minutes, but on own case."""
    entered = Kommentar.objects.filter(is_dissent=True, soknad__in=prioritering.cases(runde))
    return entered.exclude(soknad__ansatt=reader).select_related("soknad", "by").order_by("at")


def in_scope(actor: Ansatt) -> QuerySet[Vedtak]:
    """Return the decisions that the actor's role reaches."""
    reach = access.within(actor, Act.DECIDE, enhet="soknad__ansatt__enhet")
    named = Settestedfortreder.objects.filter(soknad=OuterRef("soknad"), ansatt=actor)
    return Vedtak.objects.filter(reach | Exists(named)).select_related(
        "soknad__ansatt__enhet", "soknad__runde"
    )


def _tallies(in_play: Iterable[Vedtak]) -> tuple[Tally, ...]:
    """Return every outcome with how many have it, as draft and decided, and what it costs."""
    found: dict[str, list[Vedtak]] = defaultdict(list)
    for vedtak in in_play:
        found[vedtak.outcome].append(vedtak)
    return tuple(_tally(str(label), found[value]) for value, label in prioritering.OUTCOMES.items())


def _tally(label: str, of_outcome: Sequence[Vedtak]) -> Tally:
    decided = sum(vedtak.status == Vedtak.Status.DECIDED for vedtak in of_outcome)
    amount = sum(vedtak.amount for vedtak in of_outcome)
    return Tally(label, len(of_outcome) - decided, decided, amount)


def _why_not(actor: Ansatt, vedtak: Vedtak, impartial: habilitet.Habilitet) -> str | Promise | None:
    if not rules.has_power(actor, vedtak.soknad) and vedtak.named_id != actor.pk:  # type: ignore[attr-defined]
        return OUTSIDE
    ground = impartial.ground(actor.pk, vedtak.soknad_id)
    return ground.value if ground else None
