"""What stands before a decision: counts, what is missing, and who may not decide which case."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import ALLOWED, Act, Held
from kompetanse.organisasjon.models import Ansatt, Rolle
from soknader.models import Kommentar, Settestedfortreder, Soknad, Soknadsrunde, Vedtak
from soknader.queries import prioritering
from soknader.queries.prioritering import Ramme
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

    @property
    def needs_someone(self) -> bool:
        """Whether nobody is impartial, so that someone must be named for the case."""
        return not self.instead


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
    return _ready(list(drafts(runde)), runde, actor)


def decisions(runde: Soknadsrunde, *, actor: Ansatt) -> Decisions:
    """Return what is drafted and decided in the round; three queries."""
    in_play = list(_in_play(runde))
    drafted = [vedtak for vedtak in in_play if vedtak.status == Vedtak.Status.DRAFT]
    waiting = [v for v in drafted if v.soknad.status in prioritering.UNDECIDED]
    return Decisions(
        ramme=Ramme(runde.budget, runde.granted, sum(vedtak.amount for vedtak in drafted)),
        tallies=_tallies(in_play),
        decided=tuple(v for v in in_play if v.status == Vedtak.Status.DECIDED),
        ready=_ready(waiting, runde, actor),
    )


def _ready(waiting: Sequence[Vedtak], runde: Soknadsrunde, actor: Ansatt) -> Ready:
    roles = _roles_that_count()
    deciders = able(roles)
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
            blocked.append(Blocked(vedtak, why, _instead(vedtak, deciders, impartial)))
    return Ready(tuple(mine), tuple(blocked))


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
        .annotate(**_named())
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


def _named() -> dict[str, Subquery | Exists]:
    """Return who is named to decide the case, and whether someone has asked for it."""
    rows = Settestedfortreder.objects.filter(soknad=OuterRef("soknad"))
    return {"named_id": Subquery(rows.values("ansatt")[:1]), "is_asked": Exists(rows)}


def _roles_that_count() -> list[Rolle]:
    """Return the roles that decide, and those that put someone above others; one query."""
    roles = organisasjon.roles_in_force().filter(
        kode__in=ALLOWED[Act.DECIDE] | habilitet.LEVEL.keys() | access.DEPUTISED
    )
    people = roles.select_related("ansatt__enhet", "enhet").order_by("ansatt__last_name")
    return list(habilitet.with_deputies(people))


def able(roles: Iterable[Rolle] | None = None) -> dict[Ansatt, list[Held]]:
    """Return everyone who is employed and decides, with those roles; deputies with whom for."""
    known = _roles_that_count() if roles is None else list(roles)
    on = clock.today()
    held: dict[Ansatt, list[Held]] = defaultdict(list)
    deciding = [role for role in known if role.kode in ALLOWED[Act.DECIDE]]
    stand_ins = _stand_ins(deciding)
    for role in deciding:
        if role.ansatt.left_on is not None and role.ansatt.left_on <= on:
            continue
        kode, path, unit = Rolle.Kode(role.kode), role.enhet.path, role.enhet.name
        held[role.ansatt].append(Held(kode, path, unit))
        for pk in role.deputies:  # type: ignore[attr-defined]
            if pk in stand_ins:
                away = Held(kode, path, unit, role.ansatt_id, role.ansatt.full_name)
                held[stand_ins[pk]].append(away)
    return held


def _stand_ins(roles: Iterable[Rolle]) -> dict[int, Ansatt]:
    """Return those who stand in for a holder, by id; no query when nobody is away."""
    ids = {pk for role in roles for pk in role.deputies}  # type: ignore[attr-defined]
    if not ids:
        return {}
    return organisasjon.current().select_related("enhet").in_bulk(list(ids))


def _instead(
    vedtak: Vedtak, deciders: dict[Ansatt, list[Held]], impartial: habilitet.Habilitet
) -> tuple[str, ...]:
    """Return those who may decide the case, with name and role: the next in line first."""
    found = []
    for person, roles in deciders.items():
        role = _reaching(vedtak, roles)
        is_named = vedtak.named_id == person.pk  # type: ignore[attr-defined]
        if (role is None and not is_named) or impartial.ground(person.pk, vedtak.soknad_id):
            continue
        found.append((_distance(role), person.full_name, role.label if role else _("utpekt")))
    return tuple(f"{name} ({role})" for _far, name, role in sorted(found, key=lambda f: f[:2]))


def _distance(role: Held | None) -> tuple[int, int]:
    """Return how far up the line a role stands: the nearest unit first, then the lowest level."""
    if role is None:
        return (0, 0)
    return (-role.path.count("/"), habilitet.LEVEL.get(role.kode, 0))


def _reaching(vedtak: Vedtak, roles: Sequence[Held]) -> Held | None:
    enhet = vedtak.soknad.ansatt.enhet
    return next((role for role in roles if enhet.is_within(role.path)), None)
