"""Verbs on the marks by which log-in services know people."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kompetanse import sealing
from kompetanse.errors import DomainError
from kompetanse.kommuner import audit, tenancy
from kompetanse.organisasjon.models import Ansatt, Kjennetegn

Kind = Kjennetegn.Kind


@transaction.atomic
def recognise(ansatt: Ansatt, kind: Kjennetegn.Kind, value: str, *, by: Ansatt | None) -> None:
    """Remember by what a log-in service knows the employee; an empty value forgets it.

    Raises:
        DomainError: another employee has the same mark.
    """
    stored = stored_value(kind, value)
    mine = Kjennetegn.objects.filter(ansatt=ansatt, kind=kind)
    if mine.filter(value=stored).exists():
        return
    gone, _rows = mine.delete()
    if stored:
        _create(ansatt, kind, stored)
    if stored or gone:
        audit.record("kjennetegn.recognise", ansatt, by=by, kind=kind, is_set=bool(stored))


def stored_value(kind: Kjennetegn.Kind, value: str) -> str:
    """Return how a mark is kept: small letters, and a fingerprint of an identity number."""
    plain = value.strip().lower()
    if kind != Kind.PID or not plain:
        return plain
    digits = plain.replace(" ", "")
    return sealing.fingerprint(digits, purpose=f"pid:{tenancy.require_id()}")


def _create(ansatt: Ansatt, kind: Kjennetegn.Kind, stored: str) -> None:
    try:
        with transaction.atomic():
            Kjennetegn.objects.create(ansatt=ansatt, kind=kind, value=stored)
    except IntegrityError:
        raise DomainError(_("En annen ansatt har det samme kjennetegnet.")) from None
