"""The state grant: scheme, application, answer and distribution. Money is whole NOK."""

from rapporter.models.fordeling import Fordeling, Fordelingspost
from rapporter.models.ordning import Tilskuddsordning
from rapporter.models.soknad import Tilskuddslinje, Tilskuddssoknad
from rapporter.models.svar import Svarlinje, Tilskuddssvar

__all__ = [
    "Fordeling",
    "Fordelingspost",
    "Svarlinje",
    "Tilskuddslinje",
    "Tilskuddsordning",
    "Tilskuddssoknad",
    "Tilskuddssvar",
]
