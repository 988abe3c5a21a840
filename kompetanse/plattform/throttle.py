"""How often one may try something secret, counted in the cache for all processes."""

from django.core.cache import cache

WINDOW_SECONDS = 300
TRIES = 5
TRIES_AT_ACCOUNT = 50
TRIES_FROM_ADDRESS = 20


def allows(*, email: str, address: str) -> bool:
    """Count one more try; False when there have been too many.

    The account is counted from each address by itself, so that one stranger does not close it for
    its owner; over all addresses it takes ten times as many.
    """
    mine = count(_mine(email, address))
    theirs = count(f"plattform:forsok-fra:{address}")
    if mine > TRIES or theirs > TRIES_FROM_ADDRESS:
        return False
    return count(f"plattform:forsok:{email.lower()}") <= TRIES_AT_ACCOUNT


def forget(*, email: str, address: str) -> None:
    """Let the account start anew from the address after a log-in that went well."""
    cache.delete(_mine(email, address))


def _mine(email: str, address: str) -> str:
    return f"plattform:forsok:{email.lower()}:{address}"


def count(key: str) -> int:
    """Count one more try, and return how many there have been within the window."""
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return int(cache.incr(key))
    except ValueError:  # It ran out between the two.
        cache.add(key, 1, WINDOW_SECONDS)
        return 1
