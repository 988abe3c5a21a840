"""Sessions, the Kommune's log-in services, and who someone is there."""

from kompetanse.innlogging.models.identitet import Identitet
from kompetanse.innlogging.models.okt import Okt
from kompetanse.innlogging.models.tilbyder import Tilbyder

__all__ = ["Identitet", "Okt", "Tilbyder"]
