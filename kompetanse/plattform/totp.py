"""The second factor of operators: six digits that change every 30 seconds.

Source: RFC 6238 and 4226, in the variant that every authenticator app knows (SHA-1, 6 digits).
"""

import base64
import hashlib
import hmac
import struct
from datetime import datetime
from urllib.parse import quote, urlencode

from django.conf import settings

SECONDS = 30
DIGITS = 6
# A code of the step before and after is taken too: clocks differ and people type slowly.
SLACK = 1
ISSUER = "Kompetanse drift"


def secret(salt: str) -> bytes:
    """Return the 20 bytes of the one with that salt; they are stored nowhere."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"plattform.totp:{salt}".encode(), hashlib.sha256).digest()[:20]


def step_at(moment: datetime) -> int:
    return int(moment.timestamp()) // SECONDS


def code(key: bytes, step: int) -> str:
    """Return the six digits of the step."""
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def matching_step(key: bytes, given: str, *, at: datetime, after: int) -> int | None:
    """Return the step whose code was given, later than `after`; None when it is no such code."""
    now = step_at(at)
    wanted = "".join(given.split())
    steps = (step for step in range(now - SLACK, now + SLACK + 1) if step > after)
    return next((step for step in steps if hmac.compare_digest(code(key, step), wanted)), None)


def readable(key: bytes) -> str:
    """Return the secret as an authenticator app takes it, in groups of four."""
    letters = base64.b32encode(key).decode().rstrip("=")
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def address(key: bytes, *, account: str) -> str:
    """Return the `otpauth:` address that an app opens."""
    letters = readable(key).replace(" ", "")
    query = urlencode({"secret": letters, "issuer": ISSUER}, quote_via=quote)
    return f"otpauth://totp/{quote(ISSUER)}:{quote(account)}?{query}"
