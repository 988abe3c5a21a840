"""Notices and running work, read."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Greatest

from kompetanse.kommuner.models import Kommune
from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler.models import Kalendernokkel, Kjoring, Varsel

S = Varsel.Status
LATE = timedelta(minutes=10)
# Kinds of notices whose being sent says nothing of the one they are sent to.
OF_NO_PERSON = (
    "arrangement", "arshjul", "behov", "fordeling", "handlingsplan", "hrimport", "mote",
    "omdisponering", "rapport", "tilskudd",
)  # fmt: skip


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


def sent_log(actor: Ansatt, *, status: str = "") -> QuerySet[Varsel]:
    """Return the notices the actor may see, newest first; of one status when it is named."""
    varsler = _told(actor).select_related("recipient").order_by("-created_at", "-pk")
    return varsler.filter(status=status) if status in S.values else varsler


def _told(actor: Ansatt) -> QuerySet[Varsel]:
    """Return what went to people of the actor's units, and to anyone what tells of no person.

    That someone was sent something can tell that they have applied, or broken off a study.
    """
    ours = access.within(actor, Act.SEE_MAIL, enhet="recipient__enhet")
    return Varsel.objects.filter(ours | Q(kind__regex=rf"^({'|'.join(OF_NO_PERSON)})(\.|$)"))


def counts(actor: Ansatt) -> list[tuple[str, str, int]]:
    """Return (status, its name, how many) for each status that occurs."""
    rows = _told(actor).values_list("status").annotate(n=Count("pk")).order_by("status")
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
