"""The ID token of a provider, read and held against what was asked.

Signature, issuer, audience, times and nonce are always checked; algorithms without a public key are
refused. Source: OpenID Connect Core 1.0, 3.1.3.7.
"""

# Joserfc takes long to import, and only a log-in needs it.
# ruff: noqa: PLC0415

from typing import Any

from django.core.cache import cache

from kompetanse.innlogging.attempt import Attempt, Claims, Description
from kompetanse.innlogging.models import Tilbyder
from kompetanse.innlogging.reach import read
from kompetanse.innlogging.refusals import WrongAnswerError, WrongDirectoryError, WrongLevelError

KEPT = 60 * 60  # seconds that a provider's description and keys are remembered


LEEWAY = 60  # seconds that clocks may differ


ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]


def verified(token: str, tilbyder: Tilbyder, attempt: Attempt, description: Description) -> Claims:
    """Return what the token says of the person.

    Raises:
        WrongAnswerError: it is not one that the provider made for us, now, for this question.
    """
    from joserfc import jwt
    from joserfc.errors import JoseError

    try:
        found = jwt.decode(token, _keys(description, token), algorithms=ALGORITHMS).claims
        jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": description.issuer},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": attempt.nonce},
        ).validate(found)
    except (JoseError, ValueError) as error:
        raise WrongAnswerError(type(error).__name__) from error
    claims: Claims = dict(found)
    _require_audience(tilbyder, claims)
    return claims


def _require_audience(tilbyder: Tilbyder, claims: Claims) -> None:
    named = claims.get("aud")
    audience = [named] if isinstance(named, str) else list(named or [])
    party = claims.get("azp", tilbyder.client_id if len(audience) == 1 else None)
    if tilbyder.client_id not in audience or party != tilbyder.client_id:
        raise WrongAnswerError("another audience")


def require_level(tilbyder: Tilbyder, claims: Claims) -> None:
    if tilbyder.levels and claims.get("acr") not in tilbyder.levels:
        raise WrongLevelError


def require_directory(tilbyder: Tilbyder, claims: Claims) -> None:
    if tilbyder.kind == Tilbyder.Kind.ENTRA and claims.get("tid") != tilbyder.directory:
        raise WrongDirectoryError


def _keys(description: Description, token: str) -> Any:
    """Return the provider's public keys; asked for anew when the token's key is not among them."""
    from joserfc.jwk import KeySet
    from joserfc.jws import extract_compact

    wanted = extract_compact(token.encode()).headers().get("kid")
    key = f"openid:keys:{description.jwks_uri}"
    known = cache.get(key)
    if known is None or wanted not in {each.get("kid") for each in known["keys"]}:
        known = {"keys": read(description.jwks_uri).get("keys", [])}
        cache.set(key, known, KEPT)
    return KeySet.import_key_set(known)
