"""How often one may try something secret, counted in the cache for all processes."""

from django.core.cache import cache

WINDOW_SECONDS = 300
TRIES = 5
TRIES_FROM_ADDRESS = 20


def allows(*, email: str, address: str) -> bool:
    """Count one more try; False when the account or the caller's address has had too many."""
    mine = count(f"plattform:forsok:{email.lower()}")
    theirs = count(f"plattform:forsok-fra:{address}")
    return mine <= TRIES and theirs <= TRIES_FROM_ADDRESS


def forget(*, email: str) -> None:
    """Let the account start anew after a log-in that went well."""
    cache.delete(f"plattform:forsok:{email.lower()}")


def count(key: str) -> int:
    """Count one more try, and return how many there have been within the window."""
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return int(cache.incr(key))
    except ValueError:  # It ran out between the two.
        cache.add(key, 1, WINDOW_SECONDS)
        return 1
