"""Someone looks through other eyes: an administrator who helps a colleague, or a support session.

The request then has two people: `actor`, whose pages are shown, and `looking`, which says who
looks, why and until when. Whoever offers such a session registers a source:

    looking.register(source)          # source(request) -> Eyes | None, in AppConfig.ready()

The rest is the same for all: nothing can be written (skall.middleware.LookingMiddleware), a banner
stands on every page, each opened page is recorded, and pages that are the person's own
(`access.page`) stay closed.

Source: docs/adr/0015-deputies-and-other-eyes.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks, why, and until when; what is called when a page is opened, and at the end.

    `opened` gets the page's URL name and the ids in its address, and writes them to the audit
    trail. `end` is called when the time is over. `end_url` takes the POST that ends it before.
    """

    who: str
    why: str
    until: datetime
    end_url: str
    opened: Callable[[str, Mapping[str, Any]], None]
    end: Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class Eyes:
    """Whose eyes (an Ansatt), and who looks through them."""

    actor: Any
    looking: Looking


# A source gets the request: the session and the user behind it.
Source = Callable[[Any], Eyes | None]

_sources: list[Source] = []


def register(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def find(request: Any) -> Eyes | None:
    """Return through whose eyes this request looks, or None when through the user's own."""
    found = (source(request) for source in _sources)
    return next((eyes for eyes in found if eyes is not None), None)
