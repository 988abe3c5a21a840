"""A real OpenID provider over HTTP, on a port of its own: what the tests log in against.

It has discovery, keys, an authorization page and a token endpoint that holds client secret, code,
redirect URI and PKCE against what was asked. A test tells it whom the next log-in is of and what
shall be wrong with the answer.
"""

import hashlib
import json
import secrets
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "kompetanse", "en hemmelighet / med tegn"
LASTS = 300


def new_key() -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": secrets.token_hex(4)}, auto_kid=False)


@dataclass
class Leverandor:
    """The provider: where it is, whom it lets in next, and how it misbehaves."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    spoil: dict[str, Any] = field(default_factory=dict)
    error: str = ""
    is_unsigned: bool = False
    is_down: bool = False
    lets_out: bool = True
    left: int = 0
    has_button: bool = False
    key: RSAKey = field(default_factory=new_key)
    signs_with: RSAKey | None = None
    asked: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def answer(self, question: dict[str, str]) -> str:
        """Return the address to send the browser back to."""
        self.asked.append(question)
        back = {"state": question["state"], "iss": self.issuer}
        if self.error:
            return f"{question['redirect_uri']}?{urlencode(back | {'error': self.error})}"
        code = secrets.token_urlsafe(16)
        self.codes[code] = question
        return f"{question['redirect_uri']}?{urlencode(back | {'code': code})}"

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """Return the tokens for a code, once; None when anything does not fit."""
        question = self.codes.pop(form.get("code", ""), None)
        if question is None or not _is_client(authorization) or not _proves(form, question):
            return None
        if form.get("redirect_uri") != question["redirect_uri"]:
            return None
        return {
            "access_token": secrets.token_urlsafe(8),
            "token_type": "Bearer",
            "expires_in": LASTS,
            "id_token": self.id_token(question),
        }

    def id_token(self, question: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + LASTS,
            "nonce": question["nonce"],
        }
        claims |= self.claims | self.spoil
        if self.is_unsigned:
            return f"{_part({'alg': 'none'})}.{_part(claims)}."
        header = {"alg": "RS256", "kid": self.key.kid}
        return jwt.encode(header, claims, self.signs_with or self.key)

    def description(self) -> dict[str, Any]:
        told = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
        }
        return told | ({"end_session_endpoint": f"{self.issuer}/logout"} if self.lets_out else {})


@contextmanager
def running() -> Iterator[Leverandor]:
    """Run a provider on a free port."""
    leverandor = Leverandor()

    class Handler(_Handler):
        provider = leverandor

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    leverandor.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield leverandor
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    provider: Leverandor

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        question = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if self.provider.is_down:
            self._json({"error": "down"}, status=503)
        elif parts.path == "/.well-known/openid-configuration":
            self._json(self.provider.description())
        elif parts.path == "/jwks":
            self._json({"keys": [self.provider.key.as_dict(private=False)]})
        elif parts.path == "/logout" and question.get("client_id") == CLIENT:
            self.provider.left += 1
            self._to(question["post_logout_redirect_uri"])
        elif parts.path == "/authorize" and self.provider.has_button:
            self._page(f'<h1>Logg inn</h1><a href="/yes?{escape(parts.query)}">Fortsett</a>')
        elif parts.path in {"/authorize", "/yes"}:
            self._to(self.provider.answer(question))
        else:
            self._json({}, status=404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        tokens = self.provider.token(form, self.headers.get("Authorization", ""))
        if tokens is None:
            self._json({"error": "invalid_grant"}, status=400)
        else:
            self._json(tokens)

    def _json(self, content: dict[str, Any], *, status: int = 200) -> None:
        self._send(json.dumps(content).encode(), "application/json", status)

    def _page(self, html: str) -> None:
        head = '<html lang="nb"><link rel="icon" href="data:,"><title>Logg inn'
        page = f"<!doctype html>{head}</title><main>{html}</main></html>"
        self._send(page.encode(), "text/html; charset=utf-8", 200)

    def _send(self, body: bytes, content_type: str, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _to(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Stay silent."""


def _is_client(authorization: str) -> bool:
    """Return whether the header carries the client's id and secret (RFC 6749, 2.3.1)."""
    pair = b64decode(authorization.removeprefix("Basic ")).decode()
    client, _, secret = pair.partition(":")
    return (unquote(client), unquote(secret)) == (CLIENT, SECRET)


def _proves(form: dict[str, str], question: dict[str, str]) -> bool:
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    challenge = urlsafe_b64encode(digest).rstrip(b"=").decode()
    return question.get("code_challenge_method") == "S256" and challenge == question.get(
        "code_challenge"
    )


def _part(content: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()
