"""Sessions, factors and log-in services, read."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet

from kompetanse.innlogging.models import Identitet, Okt, Tilbyder
from kompetanse.organisasjon.models import Ansatt, Bruker
from kompetanse.organisasjon.queries import current

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class Sted:
    """A place where someone is logged in, as they see it."""

    okt: Okt
    is_here: bool


def sessions_of(bruker: Bruker, *, here: str | None = None) -> list[Sted]:
    """Return where the user is logged in, last used first; two queries."""
    okter = list(Okt.objects.filter(bruker=bruker))
    # The session table runs on real time, also when the demonstration's clock is moved.
    now = datetime.fromtimestamp(time.time(), tz=UTC)
    rows = Session.objects.filter(
        session_key__in=[okt.session_key for okt in okter], expire_date__gt=now
    )
    alive = set(rows.values_list("session_key", flat=True))
    return [Sted(okt, okt.session_key == here) for okt in okter if okt.session_key in alive]


def has_factor(bruker_id: int) -> bool:
    return bool(Authenticator.objects.filter(user_id=bruker_id, type__in=FACTORS).exists())


def providers() -> QuerySet[Tilbyder]:
    """Return the log-in services in use."""
    return Tilbyder.objects.filter(is_active=True)


def people(*, text: str = "") -> QuerySet[Ansatt]:
    """Return employees with user, `has_factor` and `has_identity`, by name; one query."""
    found = current().select_related("enhet", "bruker").order_by("last_name", "first_name", "pk")
    for word in text.split():
        found = found.filter(
            Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(number=word)
        )
    factors = Authenticator.objects.filter(user_id=OuterRef("bruker_id"), type__in=FACTORS)
    return found.annotate(
        has_factor=Exists(factors),
        has_identity=Exists(Identitet.objects.filter(ansatt=OuterRef("pk"))),
    )


def marks_of(ansatt: Ansatt) -> dict[str, str]:
    """Return the employee's marks from HR by kind."""
    return dict(ansatt.kjennetegn.values_list("kind", "value"))


def identities_of(ansatt: Ansatt) -> Sequence[Identitet]:
    return list(Identitet.objects.filter(ansatt=ansatt).select_related("tilbyder"))
