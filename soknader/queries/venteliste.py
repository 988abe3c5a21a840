"""Places that were declined, and who stands next in line for them."""

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from soknader.models import Soknad, Soknadsrunde, Vedtak

Outcome, Status = Vedtak.Outcome, Vedtak.Status


def declined() -> QuerySet[Vedtak]:
    """Return the grants that were declined and still hold of the frame, of any round."""
    return Vedtak.objects.filter(
        status=Status.DECIDED,
        soknad__status=Soknad.Status.DECLINED,
        outcome__in=(Outcome.GRANTED, Outcome.PARTLY),
    )


def next_in_line() -> QuerySet[Vedtak]:
    """Return the first on the waiting list of each round where a place was given back.

    A place is given back when a declined grant is replaced and there is money left of the frame.
    """
    waiting = Vedtak.objects.filter(status=Status.DECIDED, outcome=Outcome.WAITING)
    first = waiting.filter(soknad__runde=OuterRef("soknad__runde")).order_by(
        F("soknad__rank").asc(nulls_last=True), "soknad__number"
    )
    given_back = Vedtak.objects.filter(
        soknad__runde=OuterRef("soknad__runde"),
        status=Status.REPLACED,
        outcome__in=(Outcome.GRANTED, Outcome.PARTLY),
        soknad__replied_at__isnull=False,
    )
    return waiting.filter(
        Exists(given_back),
        pk=Subquery(first.values("pk")[:1]),
        soknad__runde__status=Soknadsrunde.Status.ANSWERED,
        soknad__runde__granted__lt=F("soknad__runde__budget"),
    )
