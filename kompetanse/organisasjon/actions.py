"""Verbs on units, people and roles."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from kompetanse import clock
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt, Bruker, Enhet, Rolle


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


@transaction.atomic
def give(
    kode: Rolle.Kode,
    ansatt: Ansatt,
    *,
    enhet: Enhet,
    by: Ansatt | None,
    starts: date | None = None,
    union: str = "",
) -> Rolle:
    """Give the role for the unit and all below it; giving it again changes nothing."""
    rolle, is_new = Rolle.objects.get_or_create(
        ansatt=ansatt,
        kode=kode,
        enhet=enhet,
        starts=starts,
        defaults={"given_by": by, "union": union},
    )
    if is_new:
        audit.record("rolle.give", rolle, by=by, kode=kode, enhet_id=enhet.pk, ansatt_id=ansatt.pk)
    return rolle


@transaction.atomic
def take(rolle: Rolle, *, by: Ansatt) -> None:
    """End the role from today; it works at the holder's next request."""
    rolle.ends = clock.today() - timedelta(days=1)
    rolle.save(update_fields=["ends"])
    audit.record("rolle.take", rolle, by=by, kode=rolle.kode, ansatt_id=rolle.ansatt_id)


@transaction.atomic
def admit(ansatt: Ansatt, *, username: str, password: str, by: Ansatt | None) -> Bruker:
    """Let the employee log in with a password."""
    bruker = Bruker.objects.create_user(username=username, password=password, email=ansatt.email)
    ansatt.bruker = bruker
    ansatt.save(update_fields=["bruker"])
    audit.record("bruker.admit", ansatt, by=by)
    return bruker
