"""Who has looked through whose eyes, read."""

from django.db.models import QuerySet

from kompetanse.organisasjon.models import Ansatt, Innsyn


def begun(pk: int, *, by: Ansatt) -> Innsyn | None:
    """Return the session that `by` has begun and not ended; its time may be over."""
    rows = Innsyn.objects.filter(pk=pk, by=by, ended_at__isnull=True)
    return rows.select_related("ansatt__enhet", "ansatt__bruker").first()


def innsyn() -> QuerySet[Innsyn]:
    """Return every session, the newest first."""
    return Innsyn.objects.select_related("ansatt", "by").order_by("-started_at", "-pk")
