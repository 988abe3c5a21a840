"""What every page of the shell knows: whose it is, who is asking, and where they may go."""

from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost

from kompetanse import clock
from kompetanse.skall import beskjeder, navigation


def shell(request: Any) -> dict[str, Any]:
    """Give the base template its context. The navigation is asked for only when drawn."""
    actor, kommune = getattr(request, "actor", None), getattr(request, "kommune", None)
    return {
        "kommune": kommune,
        "actor": actor,
        "navigation": partial(navigation.menu, actor, path=request.path, kommune=kommune),
        "beskjeder": partial(beskjeder.for_request, request),
        "today": clock.today(),
        "address": partial(_address, request),
        "is_demo": settings.KOMPETANSE_DEMO,
        "idle_seconds": settings.SESSION_IDLE_SECONDS if actor else 0,
        "languages": settings.LANGUAGES,
    }


def _address(request: Any) -> str:
    """Return the page's full address, for paper; nothing when the host name is not ours."""
    try:
        return str(request.build_absolute_uri())
    except DisallowedHost:
        return ""
