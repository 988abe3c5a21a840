"""The sending of a round's letters: how many are made, wait and are sent, and which go when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.db.models import CharField, Count, Exists, Max, Min, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from kompetanse.varsler.models import Varsel
from soknader.models import Soknad, Soknadsrunde, Svarbrev, Vedtak
from soknader.queries.brev import in_force

# How many minutes the advisor may stop a sending.
PAUSE_MINUTES = 15


@dataclass(frozen=True, slots=True)
class Group:
    """The letters of one outcome: how many decisions, letters made, waiting to go out, and sent.

    `sample` is the id of one made letter, to be read before all are sent; `due_at` is when the
    last of those that wait goes out.
    """

    outcome: str
    label: str
    decided: int
    made: int
    queued: int
    sent: int
    sample: int | None
    due_at: datetime | None

    @property
    def unsent(self) -> int:
        """How many are made and nothing more."""
        return self.made - self.sent - self.queued


@dataclass(frozen=True, slots=True)
class Sending:
    """Letters on their way: how many, when they go, and whole minutes left, rounded up."""

    count: int
    due_at: datetime
    minutes: int

    @property
    def passed(self) -> int:
        """How many whole minutes of the fifteen are gone."""
        return max(0, PAUSE_MINUTES - self.minutes)


@dataclass(frozen=True, slots=True)
class Overview:
    """The letters of a round, by outcome."""

    groups: tuple[Group, ...]

    @property
    def decided(self) -> int:
        return sum(group.decided for group in self.groups)

    @property
    def made(self) -> int:
        return sum(group.made for group in self.groups)

    @property
    def sent(self) -> int:
        return sum(group.sent for group in self.groups)

    @property
    def unmade(self) -> int:
        return self.decided - self.made

    @property
    def queued(self) -> int:
        """How many wait for their fifteen minutes to pass."""
        return sum(group.queued for group in self.groups)

    @property
    def unsent(self) -> int:
        return sum(group.unsent for group in self.groups)

    @property
    def due_at(self) -> datetime | None:
        return max((group.due_at for group in self.groups if group.due_at), default=None)

    def sending(self, at: datetime) -> Sending | None:
        """Return how it stands with those that wait, seen from `at`."""
        if self.due_at is None:
            return None
        left = max(self.due_at - at, timedelta(0))
        return Sending(self.queued, self.due_at, ceil(left / timedelta(minutes=1)))


def overview(runde: Soknadsrunde) -> Overview:
    """Return the state of the round's letters, one query."""
    waits = Q(svarbrev__due_at__isnull=False, svarbrev__sent_at__isnull=True)
    rows = (
        in_force(runde)
        .order_by()
        .values("outcome")
        .annotate(
            decided=Count("pk"),
            made=Count("svarbrev"),
            queued=Count("svarbrev", filter=waits),
            sent=Count("svarbrev", filter=Q(svarbrev__sent_at__isnull=False)),
            sample=Min("svarbrev"),
            due_at=Max("svarbrev__due_at", filter=waits),
        )
    )
    found = {
        row["outcome"]: Group(label=str(Vedtak.Outcome(row["outcome"]).label), **row)
        for row in rows
    }
    return Overview(tuple(found[value] for value in Vedtak.Outcome.values if value in found))


def made_only(runde: Soknadsrunde) -> QuerySet[Svarbrev]:
    """Return the letters on decisions in force that have not gone out, waiting or not."""
    return Svarbrev.objects.filter(
        vedtak__soknad__runde=runde, vedtak__status=Vedtak.Status.DECIDED, sent_at__isnull=True
    )


def unsent(runde: Soknadsrunde) -> QuerySet[Svarbrev]:
    """Return the letters that are made and not on their way."""
    return (
        made_only(runde)
        .filter(due_at__isnull=True)
        .select_related("vedtak__soknad__ansatt__enhet", "vedtak__soknad__runde")
    )


def queued(runde: Soknadsrunde) -> QuerySet[Svarbrev]:
    """Return the letters that wait for their time; one whose decision is replaced never goes."""
    return made_only(runde).filter(due_at__isnull=False)


def to_release(runde: Soknadsrunde, *, at: datetime | None = None) -> list[Svarbrev]:
    """Return the letters that wait, of those due at `at` if named, under lock with their cases."""
    waiting = queued(runde).filter(vedtak__soknad__status=Soknad.Status.DECIDED)
    if at is not None:
        waiting = waiting.filter(due_at__lte=at)
    return list(
        waiting.select_for_update(of=("self", "vedtak", "vedtak__soknad"))
        .select_related("sent_by", "vedtak__soknad__ansatt__enhet", "vedtak__soknad__runde")
        .order_by("pk")
    )


def rounds_to_release(at: datetime) -> list[int]:
    """Return the ids of the rounds with letters whose time has come."""
    due = Svarbrev.objects.filter(
        due_at__lte=at,
        sent_at__isnull=True,
        vedtak__status=Vedtak.Status.DECIDED,
        vedtak__soknad__status=Soknad.Status.DECIDED,
    )
    return list(due.order_by().values_list("vedtak__soknad__runde", flat=True).distinct())


def undelivered(runde: Soknadsrunde) -> QuerySet[Varsel]:
    """Return the notices of the round's letters that did not arrive, or that nobody knows of.

    The letter itself lies on the employee's front page all the same.
    """
    letters = Svarbrev.objects.filter(vedtak__soknad__runde=runde, sent_at__isnull=False)
    keys = letters.annotate(
        key=Concat(
            Value("brev:"), Cast("pk", CharField()),
            Value(":"), Cast("vedtak__soknad__ansatt", CharField()),
        )
    )  # fmt: skip
    lost = Q(status__in=(Varsel.Status.FAILED, Varsel.Status.UNCERTAIN))
    nowhere = Q(status=Varsel.Status.SKIPPED, address="")
    return (
        Varsel.objects.filter(lost | nowhere, kind="svarbrev", key__in=keys.values("key"))
        .select_related("recipient")
        .order_by("recipient__last_name", "recipient__first_name", "pk")
    )


def rounds_to_send() -> QuerySet[Soknadsrunde]:
    """Return the rounds with decisions whose letters nobody has ordered sent.

    Also answered rounds, when a decision was replaced since.
    """
    queued = Svarbrev.objects.filter(
        vedtak__soknad__runde=OuterRef("pk"), due_at__isnull=False, sent_at__isnull=True
    )
    replaced = Soknad.objects.filter(runde=OuterRef("pk"), status=Soknad.Status.DECIDED)
    decided = Q(status=Soknadsrunde.Status.DECIDED)
    since = Q(Exists(replaced), status=Soknadsrunde.Status.ANSWERED)
    return Soknadsrunde.objects.filter(decided | since).filter(~Exists(queued))
