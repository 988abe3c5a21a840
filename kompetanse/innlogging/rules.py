"""What the Kommune asks of a log-in, and whether this session has given it."""

from enum import Enum, auto
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records

from kompetanse import clock
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Bruker, For

# Who may do one of these decides over others, or over the Kommune's own keys.
DECIDING = (Act.DECIDE, Act.SEND_LETTERS, Act.SETTLE_GAP, Act.EDIT_SETTINGS, Act.MANAGE_LOGIN)
OPENID = "openid"


class Demand(Enum):
    """What is missing before someone may go on, in the order it is asked for."""

    OWN_PASSWORD = auto()
    OPENID = auto()
    FACTOR = auto()


def demand(request: Any) -> Demand | None:
    """Return what the logged-in person must do first; no query unless the Kommune asks."""
    actor: Ansatt = request.user.actor
    records = get_authentication_records(request, request.user)
    if actor.bruker.is_one_time:
        return Demand.OWN_PASSWORD
    if _needs_openid(actor) and not any(r.get("method") == OPENID for r in records):
        return Demand.OPENID
    if needs_factor(actor) and not any(_is_factor(record) for record in records):
        return Demand.FACTOR
    return None


def needs_factor(actor: Ansatt) -> bool:
    """Return whether the Kommune asks for a second factor of this person."""
    return _holds(getattr(actor, "second_factor_for", None), actor) or (
        # Who may log in past OpenID, so that a provider that is down can be mended.
        _holds(getattr(actor, "openid_for", None), actor) and _keeps_password(actor)
    )


def is_decider(actor: Ansatt) -> bool:
    return any(access.may(actor, act) for act in DECIDING)


def has_expired(bruker: Bruker) -> bool:
    """Return whether the user's one-time password can no longer be used."""
    expires = bruker.one_time_expires
    return bruker.is_one_time and expires is not None and expires < clock.now()


def used_password(request: Any, bruker: Bruker) -> bool:
    """Return whether the log-in that is going on, or the session, was begun by a password."""
    records = get_authentication_records(request, bruker)
    return bool(records) and records[-1].get("method") == "password"


def _needs_openid(actor: Ansatt) -> bool:
    return _holds(getattr(actor, "openid_for", None), actor) and not _keeps_password(actor)


def _keeps_password(actor: Ansatt) -> bool:
    return access.may(actor, Act.MANAGE_LOGIN)


def _holds(whom: str | None, actor: Ansatt) -> bool:
    return whom == For.ALL or (whom == For.DECIDERS and is_decider(actor))


def _is_factor(record: dict[str, Any]) -> bool:
    return record.get("method") == "mfa" or bool(record.get("second_factor"))


def method_of(request: Any) -> str:
    """Return how the session was begun: `password`, `mfa`, `openid`, or nothing when unknown."""
    methods = [r.get("method", "") for r in get_authentication_records(request, request.user)]
    return "+".join(dict.fromkeys(methods))[:40]


def provider_of(request: Any) -> int | None:
    """Return the id of the log-in service that the session was begun at, or None."""
    records = get_authentication_records(request, request.user)
    found = (r.get("provider") for r in records if r.get("method") == OPENID)
    return next((int(pk) for pk in found if pk), None)
