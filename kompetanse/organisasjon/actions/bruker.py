"""Verbs on those who can log in."""

from django.db import transaction

from kompetanse.kommuner import audit
from kompetanse.organisasjon.models import Ansatt, Bruker


@transaction.atomic
def admit(ansatt: Ansatt, *, username: str, password: str | None, by: Ansatt | None) -> Bruker:
    """Let the employee log in with a password; None is one to be set by themselves."""
    bruker = Bruker.objects.create_user(username=username, password=password, email=ansatt.email)
    ansatt.bruker = bruker
    ansatt.save(update_fields=["bruker"])
    audit.record("bruker.admit", ansatt, by=by)
    return bruker
