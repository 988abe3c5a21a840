"""Notices and running work, read."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Greatest

from kompetanse.kommuner.models import Kommune
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler.models import Kalendernokkel, Kjoring, Varsel

S = Varsel.Status
LATE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many notices of the active Kommune wait, and how many have waited too long.

    One that was written after its time, as after a stop, has waited since it was written.
    """

    pending: int
    overdue: int


def waiting(at: datetime) -> Waiting:
    open_ones = Varsel.objects.filter(status__in=(S.PENDING, S.SENDING), not_before__lte=at)
    since = open_ones.annotate(since=Greatest("not_before", "created_at"))
    counted = since.aggregate(
        pending=Count("pk"),
        overdue=Count("pk", filter=Q(since__lt=at - LATE, attempts=0)),
    )
    return Waiting(**counted)


def sent_log(*, status: str = "") -> QuerySet[Varsel]:
    """Return the notices, newest first; of one status when it is named."""
    varsler = Varsel.objects.select_related("recipient").order_by("-created_at", "-pk")
    return varsler.filter(status=status) if status in S.values else varsler


def counts() -> list[tuple[str, str, int]]:
    """Return (status, its name, how many) for each status that occurs."""
    rows = Varsel.objects.values_list("status").annotate(n=Count("pk")).order_by("status")
    return [(status, str(S(status).label), n) for status, n in rows]


def visible_runs(actor: Ansatt) -> QuerySet[Kjoring]:
    """Return the pieces of work that the actor started."""
    return Kjoring.objects.filter(by=actor)


def address(kommune: Kommune) -> str:
    """Return the written address of the service, for people to type; never a link with a token."""
    return kommune.host or f"{settings.SITE_ADDRESS}/{kommune.slug}"


def calendar_key(actor: Ansatt) -> Kalendernokkel | None:
    return Kalendernokkel.objects.filter(ansatt=actor).first()


def owner_of_calendar(mark: str) -> Ansatt | None:
    """Return whose calendar the fingerprint opens, if they still work here."""
    keys = Kalendernokkel.objects.filter(digest=mark).values("ansatt")
    return organisasjon.current().filter(pk__in=keys).select_related("enhet").first()
