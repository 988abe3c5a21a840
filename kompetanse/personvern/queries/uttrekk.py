"""Files that people have asked for."""

from datetime import datetime

from django.db.models import QuerySet

from kompetanse.kommuner import files
from kompetanse.kommuner.models import Fil
from kompetanse.organisasjon.models import Ansatt
from kompetanse.personvern.models import Uttrekk


def own(actor: Ansatt) -> QuerySet[Uttrekk]:
    """Return the files the actor has asked for; nobody else may have them."""
    return Uttrekk.objects.filter(ansatt=actor).select_related("fil")


def kept(fingerprint: str, at: datetime) -> Fil | None:
    """Return the file that was made last of the same content, whoever asked for it.

    Who asks has just been given that very content by the page, so nothing new is seen. None when
    its bytes are lost: then it is made anew.
    """
    made = Uttrekk.objects.filter(
        fingerprint=fingerprint, fil__isnull=False, expires_at__gt=at
    ).select_related("fil")
    last = made.order_by("-pk").first()
    return last.fil if last and last.fil and files.is_there(last.fil) else None


def ordered(pk: int) -> Uttrekk | None:
    """Return the document that was ordered, unless it is taken away."""
    found = Uttrekk.objects.filter(pk=pk).select_related("underlag", "kjoring", "fil")
    return found.first()
