"""The second factor of operators: six digits that change every 30 seconds.

Source: RFC 6238 and 4226, in the variant that every authenticator app knows (SHA-1, 6 digits).
"""

import base64
import hashlib
import hmac
import secrets
import struct
from datetime import datetime
from urllib.parse import quote, urlencode

import qrcode
from qrcode.image.svg import SvgPathImage

from kompetanse import sealing

SECONDS = 30
DIGITS = 6
SECRET_BYTES = 20
# A code of the step before and after is taken too: clocks differ and people type slowly.
SLACK = 1
ISSUER = "Kompetanse drift"


def new_sealed() -> str:
    """Return a new secret of 20 bytes, sealed as it is stored."""
    return sealing.seal(secrets.token_hex(SECRET_BYTES))


def secret(sealed: str) -> bytes:
    """Return the bytes of a sealed secret.

    Raises:
        DomainError: the installation's sealing keys have been changed or lost.
    """
    return bytes.fromhex(sealing.unseal(sealed))


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


def picture(key: bytes, *, account: str) -> str:
    """Return the address as a QR code: an SVG as a `data:` address, made here and nowhere else."""
    image = qrcode.make(address(key, account=account), image_factory=SvgPathImage)
    svg = base64.b64encode(image.to_string()).decode()
    return f"data:image/svg+xml;base64,{svg}"


def address(key: bytes, *, account: str) -> str:
    """Return the `otpauth:` address that an app opens."""
    letters = readable(key).replace(" ", "")
    query = urlencode({"secret": letters, "issuer": ISSUER}, quote_via=quote)
    return f"otpauth://totp/{quote(ISSUER)}:{quote(account)}?{query}"
