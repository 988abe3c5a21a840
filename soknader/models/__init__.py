"""Rounds, applications, their order, the decisions and the letters. Money is whole NOK."""

from soknader.models.avtale import Avtale, Avtalepause, Tilbakebetaling
from soknader.models.bindingsregel import Bindingsregel
from soknader.models.brev import Svarbrev
from soknader.models.brevmal import Brevmal
from soknader.models.framdrift import Framdrift
from soknader.models.motesak import Motesak
from soknader.models.ordning import Enhetsramme, Rundeordning, Stotteordning
from soknader.models.prioritering import Endring, Inhabilitet, Kommentar, Poeng
from soknader.models.runde import Kriterium, Soknadsrunde, Utlysning
from soknader.models.settestedfortreder import Settestedfortreder
from soknader.models.soknad import Soknad, Vedlegg
from soknader.models.sporsmal import Sporsmal
from soknader.models.utbetaling import Kostnad, Tilsagn, Utbetaling
from soknader.models.uttalelse import Uttalelse
from soknader.models.vedtak import Vedtak

__all__ = [
    "Avtale",
    "Avtalepause",
    "Bindingsregel",
    "Brevmal",
    "Endring",
    "Enhetsramme",
    "Framdrift",
    "Inhabilitet",
    "Kommentar",
    "Kostnad",
    "Kriterium",
    "Motesak",
    "Poeng",
    "Rundeordning",
    "Settestedfortreder",
    "Soknad",
    "Soknadsrunde",
    "Sporsmal",
    "Stotteordning",
    "Svarbrev",
    "Tilbakebetaling",
    "Tilsagn",
    "Utbetaling",
    "Utlysning",
    "Uttalelse",
    "Vedlegg",
    "Vedtak",
]
