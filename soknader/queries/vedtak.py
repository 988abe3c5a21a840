"""What stands before a decision: counts, what is missing, and who may not decide which case."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import ALLOWED, Act
from kompetanse.organisasjon.models import Ansatt, Rolle
from soknader.models import Inhabilitet, Kommentar, Soknad, Soknadsrunde, Vedtak
from soknader.queries import prioritering
from soknader.rules import habilitet
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

    @property
    def unreasoned(self) -> tuple[Vedtak, ...]:
        """Those that wait for a reason; none is decided before all have theirs."""
        return tuple(v for v in self.mine if rules.lacks_reason(v, v.soknad))

    @property
    def amount(self) -> int:
        """What deciding them takes of the frame, NOK."""
        return sum(vedtak.amount for vedtak in self.mine)


def drafts(runde: Soknadsrunde) -> QuerySet[Vedtak]:
    """Return the drafts on applications that wait for a decision, in the order of the list."""
    return (
        Vedtak.objects.filter(
            status=Vedtak.Status.DRAFT,
            soknad__runde=runde,
            soknad__status__in=prioritering.UNDECIDED,
        )
        .select_related(
            "soknad__ansatt__enhet",
            "soknad__ansatt__kategori",
            "soknad__runde",
            "soknad__fokusomrade",
        )
        .order_by("soknad__rank", "soknad__number")
    )


def ready(runde: Soknadsrunde, *, actor: Ansatt) -> Ready:
    """Return what the actor can decide of the drafts, and what habilitet or role keeps away."""
    waiting = list(drafts(runde))
    deciders = _deciders()
    impartial = habilitet.read(prioritering.cases(runde), people=[actor, *deciders])
    mine, blocked = [], []
    for vedtak in waiting:
        why = _why_not(actor, vedtak, impartial)
        if why is None:
            mine.append(vedtak)
        else:
            blocked.append(Blocked(vedtak, why, _instead(vedtak, deciders, impartial)))
    return Ready(tuple(mine), tuple(blocked))


def undrafted(runde: Soknadsrunde) -> list[int]:
    """Return the numbers of the applications that have no draft yet."""
    waiting = prioritering.cases(runde).filter(status__in=prioritering.UNDECIDED)
    numbers = waiting.exclude(vedtak__status="draft").values_list("number", flat=True)
    return [number for number in numbers if number is not None]


def undrafted_count() -> Coalesce:
    """Return how many applications of the round in the outer query have no draft yet."""
    waiting = Soknad.objects.filter(runde=OuterRef("pk"), status__in=prioritering.UNDECIDED)
    without = waiting.exclude(Exists(Vedtak.objects.filter(soknad=OuterRef("pk"), status="draft")))
    counted = without.order_by().values("runde").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def undecided_by(actor: Ansatt) -> QuerySet[Vedtak]:
    """Return the drafts in the actor's units on cases that are neither own nor declared."""
    declared = Inhabilitet.objects.filter(ansatt=actor, soknad=OuterRef("soknad"))
    waiting = in_scope(actor).filter(
        status=Vedtak.Status.DRAFT, soknad__status__in=prioritering.UNDECIDED
    )
    return waiting.exclude(soknad__ansatt=actor).exclude(Exists(declared))


def tallies(runde: Soknadsrunde) -> list[Tally]:
    """Return every outcome with how many have it, as draft and decided, and what it costs."""
    in_play = Vedtak.objects.filter(
        soknad__runde=runde,
        soknad__status__in=prioritering.LISTED,
        status__in=prioritering.IN_PLAY,
    )
    rows = (
        in_play.order_by()
        .values("outcome")
        .annotate(
            drafted=Count("pk", filter=Q(status=Vedtak.Status.DRAFT)),
            decided=Count("pk", filter=Q(status=Vedtak.Status.DECIDED)),
            amount=Sum("amount"),
        )
    )
    found = {row["outcome"]: row for row in rows}
    return [_tally(str(label), found.get(value)) for value, label in prioritering.OUTCOMES.items()]


def decided(runde: Soknadsrunde) -> QuerySet[Vedtak]:
    """Return the decisions in force, in the order of the list."""
    in_force = Vedtak.objects.filter(status=Vedtak.Status.DECIDED, soknad__runde=runde)
    return in_force.select_related("soknad", "decided_by").order_by("soknad__rank")


def dissents(runde: Soknadsrunde, *, reader: Ansatt) -> QuerySet[Kommentar]:
    """Return what unions and safety representatives want in the minutes, but on own case."""
    entered = Kommentar.objects.filter(is_dissent=True, soknad__in=prioritering.cases(runde))
    return entered.exclude(soknad__ansatt=reader).select_related("soknad", "by").order_by("at")


def in_scope(actor: Ansatt) -> QuerySet[Vedtak]:
    """Return the decisions that the actor's role reaches."""
    reach = access.within(actor, Act.DECIDE, enhet="soknad__ansatt__enhet")
    return Vedtak.objects.filter(reach).select_related("soknad__ansatt__enhet", "soknad__runde")


def _tally(label: str, row: Mapping[str, Any] | None) -> Tally:
    if row is None:
        return Tally(label, 0, 0, 0)
    return Tally(label, row["drafted"], row["decided"], row["amount"])


def _why_not(actor: Ansatt, vedtak: Vedtak, impartial: habilitet.Habilitet) -> str | Promise | None:
    if not rules.has_power(actor, vedtak.soknad):
        return OUTSIDE
    ground = impartial.ground(actor.pk, vedtak.soknad_id)
    return ground.value if ground else None


def _deciders() -> dict[Ansatt, list[Rolle]]:
    """Return everyone who holds a role that decides, with those roles."""
    roles = organisasjon.roles_in_force().filter(
        kode__in=ALLOWED[Act.DECIDE], ansatt__in=organisasjon.current()
    )
    held: dict[Ansatt, list[Rolle]] = defaultdict(list)
    for role in roles.select_related("ansatt__enhet", "enhet").order_by("ansatt__last_name"):
        held[role.ansatt].append(role)
    return held


def _instead(
    vedtak: Vedtak, deciders: dict[Ansatt, list[Rolle]], impartial: habilitet.Habilitet
) -> tuple[str, ...]:
    """Return those who may decide the case, with name and role."""
    free = (
        (person, roles)
        for person, roles in deciders.items()
        if impartial.ground(person.pk, vedtak.soknad_id) is None
    )
    found = ((person, _reaching(vedtak, roles)) for person, roles in free)
    return tuple(f"{person.full_name} ({role})" for person, role in found if role)


def _reaching(vedtak: Vedtak, roles: Sequence[Rolle]) -> Rolle | None:
    enhet = vedtak.soknad.ansatt.enhet
    return next((role for role in roles if enhet.is_within(role.enhet.path)), None)
