"""Looks into a Kommune, read from inside it and by those who run the platform."""

from datetime import datetime

from django.db.models import Q, QuerySet

from kompetanse.kommuner.models import Kommune
from kompetanse.plattform.models import Operator, Stotteokt, Stottevalg


def entered(key_hash: str, *, at: datetime) -> Stotteokt | None:
    """Return the running session with that key, in the active Kommune."""
    return _running(Stotteokt.objects.filter(key_hash=key_hash), at=at).first()


def running(*, at: datetime) -> Stotteokt | None:
    """Return the session that looks into the active Kommune now, if any."""
    return _running(Stotteokt.objects.all(), at=at).first()


def asks_first() -> bool:
    """Return whether the active Kommune wants to be asked before an operator looks."""
    return Stottevalg.objects.filter(asks_first=True).exists()


def all_of_us() -> QuerySet[Stotteokt]:
    """Return every session in the active Kommune, the newest first."""
    return Stotteokt.objects.select_related("answered_by", "ended_by").order_by("-asked_at")


def of_kommune(kommune: Kommune) -> QuerySet[Stotteokt]:
    """Return the Kommune's sessions, for an operator."""
    return Stotteokt.shared.filter(kommune=kommune).order_by("-asked_at")


def asked_by(operator: Operator, kommune: Kommune) -> QuerySet[Stotteokt]:
    return of_kommune(kommune).filter(operator=operator)


def _running(rows: QuerySet[Stotteokt], *, at: datetime) -> QuerySet[Stotteokt]:
    return rows.filter(Q(opened_at__lte=at), Q(ends_at__gt=at), ended_at__isnull=True)
