"""Verbs on units."""

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from kompetanse.organisasjon.models import Enhet


@transaction.atomic
def place(enhet: Enhet, *, parent: Enhet | None) -> Enhet:
    """Put the saved unit under `parent` (or at the top), with everything below it."""
    old, above = enhet.path, parent.path if parent else "/"
    enhet.parent, enhet.path = parent, f"{above}{enhet.pk}/"
    enhet.save(update_fields=["parent", "path"])
    if old and old != enhet.path:
        below = Enhet.objects.filter(path__startswith=old).exclude(pk=enhet.pk)
        below.update(path=Concat(Value(enhet.path), Substr(F("path"), len(old) + 1)))
    return enhet
