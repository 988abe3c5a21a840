"""A log-in on its way: what the provider says of itself, and what was asked of it."""

import time
from dataclasses import dataclass
from typing import Any

LASTS = 10 * 60  # seconds from leaving for the provider to coming back


Claims = dict[str, Any]


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
