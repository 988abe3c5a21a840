"""Keys that are shown once: only their hashes are stored."""

import hashlib
import secrets


def new() -> str:
    """Return a key of 256 bits that fits in an address."""
    return secrets.token_urlsafe(32)


def hashed(key: str) -> str:
    """Return what is stored of a key; a key is long and random, so one hash is enough."""
    return hashlib.sha256(key.encode()).hexdigest()
