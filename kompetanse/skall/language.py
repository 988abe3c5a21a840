"""Which written Norwegian a page is in: the person's choice, the Kommune's målform, bokmål."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.utils import translation

from kompetanse.kommuner.models import Kommune
from kompetanse.organisasjon.models import Ansatt

DEFAULT = "nb"


def choose(*, actor: Ansatt | None, kommune: Kommune | None, cookie: str = "") -> str:
    """Return `nb` or `nn`. The cookie is the choice of someone who is not logged in."""
    own = actor.bruker.language if actor and actor.bruker else ""
    default = kommune.maalform if kommune else DEFAULT
    wishes = (own, cookie, default)
    return next((wish for wish in wishes if is_known(wish)), DEFAULT)


def is_known(code: str) -> bool:
    return code in dict(settings.LANGUAGES)


def on_paper(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let the view be in the Kommune's målform, whatever the one who reads has chosen.

    A paper goes from hand to hand. Its words come from queries as well as from its template, so
    both must be in the one language. Put it under `page`.
    """

    @wraps(view)
    def printed(request: Any, *args: Any, **kwargs: Any) -> Any:
        with translation.override(request.kommune.maalform):
            return view(request, *args, **kwargs)

    return printed
