"""The state grant from scheme to report. Money is whole NOK."""

from rapporter.models.forbruk import Omdisponering, Postering, Regnskapsinnlesing
from rapporter.models.fordeling import Fordeling, Fordelingspost, Tilskuddsbrev
from rapporter.models.innsending import Innsending
from rapporter.models.ordning import Tilskuddsordning
from rapporter.models.rapport import Rapportlinje, Tilskuddsrapport
from rapporter.models.soknad import Linjestudie, Tilskuddslinje, Tilskuddssoknad
from rapporter.models.svar import Svarlinje, Tilskuddssvar

__all__ = [
    "Fordeling",
    "Fordelingspost",
    "Innsending",
    "Linjestudie",
    "Omdisponering",
    "Postering",
    "Rapportlinje",
    "Regnskapsinnlesing",
    "Svarlinje",
    "Tilskuddsbrev",
    "Tilskuddslinje",
    "Tilskuddsordning",
    "Tilskuddsrapport",
    "Tilskuddssoknad",
    "Tilskuddssvar",
]
