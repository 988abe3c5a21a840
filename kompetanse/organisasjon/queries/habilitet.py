"""Declared habilitet, read by the one who declared."""

from django.db.models import QuerySet

from kompetanse.organisasjon.models import Ansatt, Habilitetserklaring


def declared_by(actor: Ansatt) -> QuerySet[Habilitetserklaring]:
    rows = Habilitetserklaring.objects.filter(ansatt=actor, ended_at__isnull=True)
    return rows.select_related("other__enhet").order_by("-declared_at")
