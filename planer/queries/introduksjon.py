"""Introductions, read."""

from datetime import datetime

from django.db.models import Q, QuerySet

from planer.models import Introduksjon


def finished_before(moment: datetime) -> QuerySet[Introduksjon]:
    """Return the introductions that ended, or were declined, before the moment."""
    ended = Q(done_on__lt=moment.date()) | Q(
        status=Introduksjon.Status.DECLINED, started_at__lt=moment
    )
    return Introduksjon.objects.filter(ended)
