"""Rounds, read: the one that takes applications, its lists, and the advisor's figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, OuterRef, Q, QuerySet

from kompetanse import clock
from kompetanse.kommuner.models import Kommune
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt, Enhet
from planer.models import Fokusomrade, Strategiplan
from soknader.models import Kriterium, Soknad, Soknadsrunde, Utlysning
from soknader.rules import frist

S = Soknadsrunde.Status

PLANS_TO_TIE_TO = (Strategiplan.Status.ADOPTED, Strategiplan.Status.IN_FORCE)


@dataclass(frozen=True, slots=True)
class Figures:
    """How many applications a round has, by where they stand."""

    drafts: int
    sent: int
    without_statement: int
    late: int


def rounds() -> QuerySet[Soknadsrunde]:
    """Return all rounds, the newest first."""
    return Soknadsrunde.objects.select_related("enhet").order_by("-deadline")


def taking(at: datetime, *, ansatt: Ansatt | None = None) -> Soknadsrunde | None:
    """Return the round that takes applications at `at`, in time before late; None if none does.

    Only a round for the unit of `ansatt`, when one is named.
    """
    rounds = taking_on(clock.local_date(at)).filter(_for(ansatt.enhet) if ansatt else Q())
    found = list(rounds.order_by("deadline"))
    in_time = (runde for runde in found if not frist.is_late(runde, at=at))
    return next(in_time, found[-1] if found else None)


def taking_on(on: date) -> QuerySet[Soknadsrunde]:
    """Return the rounds that take applications on the day, in time or late: rules.frist.takes."""
    running = Soknadsrunde.objects.filter(status__in=frist.TAKES_APPLICATIONS, opens__lte=on)
    return running.filter(Q(allows_late=True) | Q(deadline__gte=on))


def taking_from(ansatt: Ansatt, *, on: date) -> QuerySet[Soknadsrunde]:
    """Return the rounds that take applications from the employee on the day."""
    return taking_on(on).filter(_for(ansatt.enhet))


def covered(runde: Soknadsrunde) -> QuerySet[Ansatt]:
    """Return those who are employed today where the round holds: who may apply in it."""
    employed = organisasjon.current()
    return employed.filter(enhet__path__startswith=runde.enhet.path) if runde.enhet else employed


def _for(enhet: Enhet) -> Q:
    """Return the filter that keeps the rounds for the unit, one above it, or the whole Kommune."""
    return Q(enhet=None) | Q(enhet__in=organisasjon.ancestors(enhet))


def upcoming(on: date, *, ansatt: Ansatt | None = None) -> Soknadsrunde | None:
    """Return the next round that is being prepared; its opening day may be here or passed.

    Only a round for the unit of `ansatt`, when one is named.
    """
    prepared = Soknadsrunde.objects.filter(status=S.DRAFT, deadline__gte=on)
    return prepared.filter(_for(ansatt.enhet) if ansatt else Q()).order_by("opens").first()


def latest_closed() -> Soknadsrunde | None:
    """Return the newest round whose applications have come in."""
    return Soknadsrunde.objects.exclude(status=S.DRAFT).order_by("-deadline").first()


def previous(*, kind: str) -> Soknadsrunde | None:
    """Return the last round of the kind, whose dates and texts the next one begins from."""
    return Soknadsrunde.objects.filter(kind=kind).order_by("-year").first()


def language(before: Soknadsrunde | None, kommune: Kommune) -> str:
    """Return the målform of a new round's own text: that of the texts it is copied from."""
    return before.lang if before else kommune.maalform


def educations(runde: Soknadsrunde) -> QuerySet[Utlysning]:
    return Utlysning.objects.filter(runde=runde).select_related("fokusomrade")


def criteria(runde: Soknadsrunde) -> QuerySet[Kriterium]:
    return Kriterium.objects.filter(runde=runde)


def has_list(runde: Soknadsrunde) -> bool:
    """Return whether the round announces prioritised education."""
    return Utlysning.objects.filter(runde=runde).exists()


def figures(runde: Soknadsrunde) -> Figures:
    status = Soknad.Status
    sent = ~Q(status__in=(status.DRAFT, status.WITHDRAWN))
    counted = Soknad.objects.filter(runde=runde).aggregate(
        drafts=Count("pk", filter=Q(status=status.DRAFT)),
        sent=Count("pk", filter=sent),
        without_statement=Count("pk", filter=Q(status=status.SUBMITTED)),
        late=Count("pk", filter=sent & Q(is_late=True)),
    )
    return Figures(**counted)


def focus_areas() -> Sequence[Fokusomrade]:
    """Return the focus areas of the plan in force, each followed by its sub-areas; one query."""
    rows = list(
        Fokusomrade.objects.filter(plan__status__in=PLANS_TO_TIE_TO).order_by("plan_id", "order")
    )
    tops = [row for row in rows if row.parent_id is None]
    return [each for top in tops for each in (top, *_below(top, rows))]


def _below(top: Fokusomrade, rows: Sequence[Fokusomrade]) -> list[Fokusomrade]:
    return [row for row in rows if row.parent_id == top.pk]


def open_rounds() -> QuerySet[Soknadsrunde]:
    return Soknadsrunde.objects.filter(status=S.OPEN).select_related("enhet")


def has_applied(runde: Soknadsrunde | OuterRef) -> QuerySet[Soknad]:
    """Return everything begun or sent in the round that has not been withdrawn."""
    return Soknad.objects.filter(runde=runde).exclude(status=Soknad.Status.WITHDRAWN)


def deadline_moment(runde: Soknadsrunde) -> datetime:
    return clock.end_of(runde.deadline)


def year_later(day: date) -> date:
    """Return the same date a year later; 29 February becomes the 28th."""
    return clock.add_months(day, clock.MONTHS_IN_YEAR)


def drafts_of(actor: Ansatt) -> QuerySet[Soknad]:
    """Return the actor's drafts in rounds that still may take them, the nearest deadline first."""
    drafts = Soknad.objects.filter(ansatt=actor, status=Soknad.Status.DRAFT)
    taking_ones = drafts.filter(runde__status__in=frist.TAKES_APPLICATIONS)
    return taking_ones.select_related("runde").order_by("runde__deadline")
