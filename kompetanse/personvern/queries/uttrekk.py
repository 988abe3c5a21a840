"""Files that people have asked for."""

from django.db.models import QuerySet

from kompetanse.organisasjon.models import Ansatt
from kompetanse.personvern.models import Uttrekk


def own(actor: Ansatt) -> QuerySet[Uttrekk]:
    """Return the files the actor has asked for; nobody else may have them."""
    return Uttrekk.objects.filter(ansatt=actor).select_related("fil")
