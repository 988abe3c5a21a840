"""Places that were declined or not answered, and who stands next in line for them."""

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from soknader.models import Soknad, Soknadsrunde, Vedtak

Outcome, Status = Vedtak.Outcome, Vedtak.Status


def declined() -> QuerySet[Vedtak]:
    """Return the grants that were declined and still hold of the frame, of any round.

    Only where some is paid: else a no gives all of it back at once.
    """
    return Vedtak.objects.filter(
        status=Status.DECIDED,
        soknad__status=Soknad.Status.DECLINED,
        outcome__in=Vedtak.GIVES,
        released=0,
        released_days=0,
    )


def offered() -> QuerySet[Any]:
    """Return the grants that wait for a yes or a no, each with `until`, the last day for it."""
    waiting: QuerySet[Any] = Vedtak.objects.filter(
        status=Status.DECIDED, outcome__in=Vedtak.GIVES, soknad__status=Soknad.Status.ANSWERED
    )
    found: QuerySet[Any] = waiting.annotate(until=Coalesce("accept_by", "soknad__runde__accept_by"))
    return found


def overdue(on: date) -> QuerySet[Soknad]:
    """Return the applications whose offer nobody has answered in time, the oldest first."""
    late = offered().filter(until__lt=on)
    return Soknad.objects.filter(pk__in=late.values("soknad")).order_by("pk")


def next_in_line(on: date) -> QuerySet[Any]:
    """Return the first on the waiting list of each round where a place was given back.

    There must be money left of the frame; `left` tells how much, NOK. A study that is over on the
    day waits for nothing.
    """
    over = Q(soknad__ends__lt=on)
    waiting = Vedtak.objects.filter(status=Status.DECIDED, outcome=Outcome.WAITING).exclude(over)
    first = waiting.filter(soknad__runde=OuterRef("soknad__runde")).order_by(
        F("soknad__rank").asc(nulls_last=True), "soknad__number"
    )
    replaced = Q(status=Status.REPLACED, outcome__in=Vedtak.GIVES, soknad__replied_at__isnull=False)
    given_back = Vedtak.objects.filter(
        replaced | Q(released__gt=0) | Q(released_days__gt=0),
        soknad__runde=OuterRef("soknad__runde"),
    )
    found = waiting.filter(
        Exists(given_back),
        pk=Subquery(first.values("pk")[:1]),
        soknad__runde__status=Soknadsrunde.Status.ANSWERED,
        soknad__runde__granted__lt=F("soknad__runde__budget"),
    )
    return found.annotate(left=F("soknad__runde__budget") - F("soknad__runde__granted"))
