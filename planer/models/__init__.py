"""The strategy plan, its focus areas, the measures, the yearly wheel and the meetings."""

from planer.models.arrangement import FAGDAGER_A_YEAR, Arrangement, Kurssvar, Pamelding
from planer.models.arshjul import Aktivitet, Aktivitetsrolle
from planer.models.drofting import Drofting, Droftingspart
from planer.models.evaluering import Evaluering, Planendring
from planer.models.langplan import MOST_YEARS, Langplan, Maling, Resultatmal
from planer.models.mote import (
    Innspill,
    Mote,
    Motedeltaker,
    Motepapir,
    Motepunkt,
    Visning,
)
from planer.models.nettverk import Nettverk, Nettverksaktivitet, Nettverksmedlem
from planer.models.protokoll import Protokoll, Protokollmerknad
from planer.models.strategi import (
    Fokusomrade,
    Henvisning,
    Hovedmal,
    Kapittel,
    Planomfang,
    Planvedtak,
    Strategiplan,
)
from planer.models.tiltak import Belopslinje, Laringsarena, Tiltak

__all__ = [
    "FAGDAGER_A_YEAR",
    "MOST_YEARS",
    "Aktivitet",
    "Aktivitetsrolle",
    "Arrangement",
    "Belopslinje",
    "Drofting",
    "Droftingspart",
    "Evaluering",
    "Fokusomrade",
    "Henvisning",
    "Hovedmal",
    "Innspill",
    "Kapittel",
    "Kurssvar",
    "Langplan",
    "Laringsarena",
    "Maling",
    "Mote",
    "Motedeltaker",
    "Motepapir",
    "Motepunkt",
    "Nettverk",
    "Nettverksaktivitet",
    "Nettverksmedlem",
    "Pamelding",
    "Planendring",
    "Planomfang",
    "Planvedtak",
    "Protokoll",
    "Protokollmerknad",
    "Resultatmal",
    "Strategiplan",
    "Tiltak",
    "Visning",
]
