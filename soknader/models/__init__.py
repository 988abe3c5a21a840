"""Rounds, applications, their order, the decisions and the letters. Money is whole NOK."""

from soknader.models.brev import Svarbrev
from soknader.models.prioritering import Endring, Inhabilitet, Kommentar, Poeng
from soknader.models.runde import Kriterium, Soknadsrunde, Utlysning
from soknader.models.soknad import Soknad, Vedlegg
from soknader.models.uttalelse import Uttalelse
from soknader.models.vedtak import Vedtak

__all__ = [
    "Endring",
    "Inhabilitet",
    "Kommentar",
    "Kriterium",
    "Poeng",
    "Soknad",
    "Soknadsrunde",
    "Svarbrev",
    "Utlysning",
    "Uttalelse",
    "Vedlegg",
    "Vedtak",
]
