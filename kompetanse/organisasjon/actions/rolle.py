"""Verbs on roles."""

from datetime import date, timedelta

from django.db import transaction

from kompetanse import clock
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt, Enhet, Rolle


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
