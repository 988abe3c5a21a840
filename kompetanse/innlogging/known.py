"""Who in the Kommune someone is, by what the log-in service vouches for and HR says.

Never by e-mail. Source: docs/adr/0014-login.md.
"""

from django.db import transaction

from kompetanse import clock
from kompetanse.innlogging import actions
from kompetanse.innlogging.attempt import Claims
from kompetanse.innlogging.models import Identitet, Tilbyder
from kompetanse.innlogging.refusals import ProviderError
from kompetanse.organisasjon.actions.kjennetegn import stored_value
from kompetanse.organisasjon.models import Ansatt, Bruker, Kjennetegn
from kompetanse.organisasjon.queries import current


class UnlinkedError(ProviderError):
    """HR knows nobody here by what the service vouches for."""

    code = "unlinked"


class LeftError(ProviderError):
    """HR says that the person is not employed now."""

    code = "left"


class ContradictedError(ProviderError):
    """The account is tied to one person, and HR says that it is another's."""

    code = "contradicted"


@transaction.atomic
def user_of(claims: Claims, tilbyder: Tilbyder) -> Bruker:
    """Return the user whom the claims are of; the first time they are tied to the account.

    Raises:
        UnlinkedError, LeftError, ContradictedError: nobody may log in by these claims.
    """
    subject = _subject(claims, tilbyder)
    identitet = (
        Identitet.objects.select_related("ansatt__bruker")
        .filter(tilbyder=tilbyder, subject=subject)
        .first()
    )
    by_mark = _by_mark(claims, tilbyder)
    if identitet is None:
        return _first_time(by_mark, tilbyder, subject)
    if by_mark is not None and by_mark.pk != identitet.ansatt_id:
        raise ContradictedError
    _require_employed(identitet.ansatt)
    Identitet.objects.filter(pk=identitet.pk).update(used_at=clock.now())
    bruker: Bruker = identitet.ansatt.bruker or actions.new_user(identitet.ansatt)
    return bruker


def _first_time(ansatt: Ansatt | None, tilbyder: Tilbyder, subject: str) -> Bruker:
    if ansatt is None:
        raise UnlinkedError
    _require_employed(ansatt)
    if Identitet.objects.filter(tilbyder=tilbyder, ansatt=ansatt).exists():
        raise ContradictedError
    return actions.tie(ansatt, tilbyder, subject=subject)


def _subject(claims: Claims, tilbyder: Tilbyder) -> str:
    """Return the lasting name of the account: an Entra ID `sub` differs from app to app."""
    if tilbyder.kind == Tilbyder.Kind.ENTRA:
        if not claims.get("oid"):
            raise UnlinkedError
        return f"{claims['oid']}@{claims['tid']}".lower()
    return str(claims["sub"])


def _by_mark(claims: Claims, tilbyder: Tilbyder) -> Ansatt | None:
    """Return the employee whom HR knows by the claim that the Kommune has chosen."""
    value = str(claims.get(tilbyder.claim) or "").strip()
    if not value:
        return None
    people = Ansatt.objects.select_related("bruker")
    if tilbyder.match == Tilbyder.Match.NUMBER:
        return people.filter(number=value).first()
    kind = Kjennetegn.Kind(tilbyder.match)
    return people.filter(kjennetegn__kind=kind, kjennetegn__value=stored_value(kind, value)).first()


def _require_employed(ansatt: Ansatt) -> None:
    if not current().filter(pk=ansatt.pk).exists():
        raise LeftError
