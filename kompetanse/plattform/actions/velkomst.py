"""Verbs on the first way in: make the address, and use it."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kompetanse import clock
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt, Bruker
from kompetanse.plattform import nokler
from kompetanse.plattform.models import Velkomst

VALID = timedelta(hours=24)


@transaction.atomic
def welcome(ansatt: Ansatt) -> str:
    """Return the key of an address where the employee sets a password; older ones stop working."""
    Velkomst.objects.filter(ansatt=ansatt, used_at__isnull=True).delete()
    key = nokler.new()
    velkomst = Velkomst.objects.create(
        ansatt=ansatt, key_hash=nokler.hashed(key), valid_until=clock.now() + VALID
    )
    audit.record("velkomst.make", velkomst, by=None)
    return key


def awaited(key: str) -> Velkomst | None:
    """Return the welcome that the key opens, while it is unused and not too old."""
    unused = Velkomst.objects.filter(used_at__isnull=True, valid_until__gt=clock.now())
    rows = unused.select_related("ansatt__bruker")
    return rows.filter(key_hash=nokler.hashed(key)).first()


@transaction.atomic
def accept(key: str, *, password: str) -> Bruker:
    """Set the employee's password; the address does not work again.

    Raises:
        DomainError: the address is used or too old.
    """
    found = awaited(key)
    velkomst = found and Velkomst.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if velkomst is None or velkomst.used_at is not None:
        raise DomainError(_("Adressen er brukt eller for gammel. Be om en ny."))
    bruker: Bruker = velkomst.ansatt.bruker
    bruker.set_password(password)
    bruker.save(update_fields=["password"])
    velkomst.used_at = clock.now()
    velkomst.save(update_fields=["used_at"])
    audit.record("velkomst.accept", velkomst, by=velkomst.ansatt)
    return bruker
