"""How often a password may be wrong: counted by where the guesses come from.

allauth keeps the counts; the limits stand in ACCOUNT_RATE_LIMITS. Its own `login_failed` goes on
counting codes of the second step, which are asked for only after the right password.
Source: docs/adr/0024-guesses-are-counted-by-where-they-come-from.md.
"""

import unicodedata
from typing import Any

from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage

from kompetanse.innlogging import browser
from kompetanse.kommuner import tenancy


def name_of(login: str) -> str:
    """Return the one spelling under which guesses at a login of this Kommune are counted.

    What the database takes for the same name must count as one: the long s for s too.
    """
    return f"{tenancy.current_id()}:{unicodedata.normalize('NFKC', login).casefold()}"


def count(request: Any, name: str) -> RateLimitUsage | None:
    """Count one guess, until it shows to be right; None when there have been too many.

    A browser that the person has logged in with before has a count of its own, so that nobody
    else can use it up. All others share the name's, and one address may take but a part of it.
    """
    if known := browser.known(request, name):
        return _consume(request, "login_failed_known", f"{known}:{name}")
    here = _consume(request, "login_failed_here", f"{ratelimit.get_ip(request)}:{name}")
    everywhere = here and _consume(request, "login_failed_anywhere", name)
    return RateLimitUsage([*here.usage, *everywhere.usage]) if here and everywhere else None


def _consume(request: Any, action: str, key: str) -> RateLimitUsage | None:
    return ratelimit.consume(request, app="allauth.account", action=action, key=key)
