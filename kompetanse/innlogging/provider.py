"""The door to OpenID providers: the only module that speaks to them and reads their tokens.

Authorization code flow with PKCE (S256), `state` and `nonce`. The ID token's signature, issuer,
audience, times and nonce are always checked; algorithms without a public key are refused.

Source: docs/adr/0014-login.md; OpenID Connect Core 1.0, 3.1.3.7; RFC 7636; RFC 9207.
"""

# Authlib and requests take a quarter of a second to import, and only a log-in needs them.
# ruff: noqa: PLC0415

import ipaddress
import json
import secrets
import socket
import time
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.cache import cache

from kompetanse.innlogging.models import Tilbyder

TIMEOUT = 5  # seconds, for each call
LARGEST = 512 * 1024  # bytes of an answer
KEPT = 60 * 60  # seconds that a provider's description and keys are remembered
LEEWAY = 60  # seconds that clocks may differ
LASTS = 10 * 60  # seconds from leaving for the provider to coming back
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
SCOPES = {
    Tilbyder.Kind.ENTRA: "openid profile",
    Tilbyder.Kind.IDPORTEN: "openid profile",
    Tilbyder.Kind.OTHER: "openid profile",
}

Claims = dict[str, Any]


class ProviderError(Exception):
    """The log-in at the provider did not end well; `code` names the page that tells why."""

    code = "wrong_answer"


class DownError(ProviderError):
    """The provider does not answer, or not as a provider does."""

    code = "down"


class CancelledError(ProviderError):
    """The person, or the provider, said no."""

    code = "cancelled"


class MismatchError(ProviderError):
    """The answer is not to a question that this browser asked, or it came twice."""

    code = "mismatch"


class ExpiredError(ProviderError):
    """It took too long."""

    code = "expired"


class WrongAnswerError(ProviderError):
    """The token is not one that the provider made for us, now, for this question."""


class WrongLevelError(ProviderError):
    """The log-in was weaker than the Kommune asks for (`acr`)."""

    code = "wrong_level"


class WrongDirectoryError(ProviderError):
    """The account belongs to another organisation (`tid`)."""

    code = "wrong_directory"


@dataclass(frozen=True, slots=True)
class Description:
    """What the provider says of itself at its well-known address."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    end_session_endpoint: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A question on its way, kept in the session until the answer comes."""

    tilbyder: int
    state: str
    nonce: str
    verifier: str
    at: float
    to: str = ""

    @property
    def is_old(self) -> bool:
        return time.time() - self.at > LASTS


def describe(issuer: str) -> Description:
    """Return the provider's description, at most an hour old.

    Raises:
        DownError: no answer, or one that is not of this issuer.
    """
    key = f"openid:description:{issuer}"
    known = cache.get(key)
    if known is None:
        known = _described(issuer, _read(f"{issuer.rstrip('/')}/.well-known/openid-configuration"))
        cache.set(key, asdict(known), KEPT)
        return known
    return Description(**known)


def begin(tilbyder: Tilbyder, *, redirect_uri: str, to: str) -> tuple[str, Attempt]:
    """Return the provider's address to send the person to, and what to keep until they return.

    Raises:
        DownError: the provider does not describe itself.
    """
    description = describe(tilbyder.issuer)
    attempt = Attempt(
        tilbyder=tilbyder.pk,
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        at=time.time(),
        to=to,
    )
    extra = {"acr_values": " ".join(tilbyder.levels), "ui_locales": "nb nn no"}
    address, _state = _client(tilbyder, redirect_uri).create_authorization_url(
        description.authorization_endpoint,
        state=attempt.state,
        nonce=attempt.nonce,
        code_verifier=attempt.verifier,
        **{name: value for name, value in extra.items() if value},
    )
    return address, attempt


def finish(
    tilbyder: Tilbyder, attempt: Attempt, answer: dict[str, str], *, redirect_uri: str
) -> Claims:
    """Return what the provider vouches for about the person who came back.

    Raises:
        ProviderError: one of its kinds, by what was wrong.
    """
    _require_ours(tilbyder, attempt, answer)
    description = describe(tilbyder.issuer)
    token = _exchange(tilbyder, attempt, answer, description, redirect_uri)
    claims = _verified(token, tilbyder, attempt, description)
    _require_level(tilbyder, claims)
    _require_directory(tilbyder, claims)
    return claims


def leave(tilbyder: Tilbyder, *, return_uri: str) -> str:
    """Return the provider's address to log out at; nothing when it has none.

    No ID token is kept, so the provider is told which client asks, and may ask the person.
    Source: OpenID Connect RP-Initiated Logout 1.0, 2.

    Raises:
        DownError: the provider does not describe itself.
    """
    address = describe(tilbyder.issuer).end_session_endpoint
    if not address:
        return ""
    question = {"client_id": tilbyder.client_id, "post_logout_redirect_uri": return_uri}
    mark = "&" if urlsplit(address).query else "?"
    return f"{address}{mark}{urlencode(question)}"


def _described(issuer: str, found: dict[str, Any]) -> Description:
    wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    addresses = {name: str(found.get(name, "")) for name in (*wanted, "end_session_endpoint")}
    if found.get("issuer") != issuer or not all(addresses[name] for name in wanted):
        raise DownError("the description is not of this issuer")
    return Description(issuer=issuer, **addresses)


def _require_ours(tilbyder: Tilbyder, attempt: Attempt, answer: dict[str, str]) -> None:
    if not secrets.compare_digest(attempt.state, answer.get("state", "")):
        raise MismatchError
    if attempt.tilbyder != tilbyder.pk or answer.get("iss", tilbyder.issuer) != tilbyder.issuer:
        raise MismatchError
    if attempt.is_old:
        raise ExpiredError
    if "error" in answer:
        is_no = answer["error"] in {"access_denied", "login_required", "interaction_required"}
        raise (CancelledError if is_no else WrongAnswerError)(answer["error"][:60])
    if not answer.get("code"):
        raise MismatchError


def _exchange(
    tilbyder: Tilbyder,
    attempt: Attempt,
    answer: dict[str, str],
    description: Description,
    redirect_uri: str,
) -> str:
    """Return the ID token that the provider gives for the code."""
    from authlib.common.errors import AuthlibBaseError
    from requests import RequestException

    _require_reachable(description.token_endpoint)
    try:
        found = _client(tilbyder, redirect_uri).fetch_token(
            description.token_endpoint,
            grant_type="authorization_code",
            code=answer["code"],
            code_verifier=attempt.verifier,
            timeout=TIMEOUT,
            allow_redirects=False,
        )
    except AuthlibBaseError as error:
        raise WrongAnswerError("the code was refused") from error
    except (RequestException, ValueError) as error:
        raise DownError("no answer to the code") from error
    token = found.get("id_token")
    if not isinstance(token, str):
        raise WrongAnswerError("no ID token")
    return token


def _verified(token: str, tilbyder: Tilbyder, attempt: Attempt, description: Description) -> Claims:
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


def _require_level(tilbyder: Tilbyder, claims: Claims) -> None:
    if tilbyder.levels and claims.get("acr") not in tilbyder.levels:
        raise WrongLevelError


def _require_directory(tilbyder: Tilbyder, claims: Claims) -> None:
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
        known = {"keys": _read(description.jwks_uri).get("keys", [])}
        cache.set(key, known, KEPT)
    return KeySet.import_key_set(known)


def _client(tilbyder: Tilbyder, redirect_uri: str) -> Any:
    from authlib.integrations.requests_client import OAuth2Session

    return OAuth2Session(
        tilbyder.client_id,
        tilbyder.secret,
        scope=SCOPES[Tilbyder.Kind(tilbyder.kind)],
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic",  # noqa: S106
    )


def _read(address: str) -> dict[str, Any]:
    """Return the JSON at the address.

    Raises:
        DownError: it does not answer in time, answers too much, redirects, or is not JSON.
    """
    import requests

    _require_reachable(address)
    try:
        with requests.get(address, timeout=TIMEOUT, allow_redirects=False, stream=True) as answer:
            body = answer.raw.read(LARGEST + 1, decode_content=True)
            if answer.status_code != requests.codes.ok or len(body) > LARGEST:
                raise DownError(f"answered {answer.status_code}")
        found = json.loads(body)
    except (requests.RequestException, ValueError, OSError) as error:
        raise DownError(type(error).__name__) from error
    if not isinstance(found, dict):
        raise DownError("not an object")
    return found


def _require_reachable(address: str) -> None:
    """Hold that the address is on the open internet by https: the administrator chooses it."""
    if settings.OPENID_ALLOW_PRIVATE:
        return
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        raise DownError("not https")
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, proto=socket.IPPROTO_TCP)
    except OSError as error:
        raise DownError("no such host") from error
    if not all(ipaddress.ip_address(place[4][0]).is_global for place in found):
        raise DownError("not a public address")
