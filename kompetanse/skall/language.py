"""Which written Norwegian a page is in: the person's choice, the Kommune's målform, bokmål."""

from django.conf import settings

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
