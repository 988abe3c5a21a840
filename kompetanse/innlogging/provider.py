"""The door to OpenID providers: people are sent there, and come back with an answer.

Authorization code flow with PKCE (S256), `state` and `nonce`. `reach` asks them and `tokens`
reads what they sign; nothing else in the product speaks to them.

Source: docs/adr/0014-login.md; OpenID Connect Core 1.0, 3.1.3.7; RFC 7636; RFC 9207.
"""

# Authlib and requests take a quarter of a second to import, and only a log-in needs them.
# ruff: noqa: PLC0415

import secrets
import time
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.core.cache import cache

from kompetanse.innlogging.attempt import Attempt, Claims, Description
from kompetanse.innlogging.models import Tilbyder
from kompetanse.innlogging.reach import TIMEOUT, read, require_reachable
from kompetanse.innlogging.refusals import (
    CancelledError,
    DownError,
    ExpiredError,
    MismatchError,
    WrongAnswerError,
)
from kompetanse.innlogging.tokens import KEPT, require_directory, require_level, verified

SCOPE = "openid profile"


def describe(issuer: str) -> Description:
    """Return the provider's description, at most an hour old.

    Raises:
        DownError: no answer, or one that is not of this issuer.
    """
    key = f"openid:description:{issuer}"
    known = cache.get(key)
    if known is None:
        known = _described(issuer, read(f"{issuer.rstrip('/')}/.well-known/openid-configuration"))
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
    claims = verified(token, tilbyder, attempt, description)
    require_level(tilbyder, claims)
    require_directory(tilbyder, claims)
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

    require_reachable(description.token_endpoint)
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


def _client(tilbyder: Tilbyder, redirect_uri: str) -> Any:
    from authlib.integrations.requests_client import OAuth2Session

    return OAuth2Session(
        tilbyder.client_id,
        tilbyder.secret,
        scope=SCOPE,
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic",  # noqa: S106
    )
