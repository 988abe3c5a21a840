"""The strategy plan, its focus areas, the measures, the yearly wheel and the meetings."""

from planer.models.arshjul import Aktivitet, Aktivitetsrolle
from planer.models.evaluering import Evaluering, Planendring
from planer.models.langplan import MOST_YEARS, Langplan, Maling, Resultatmal
from planer.models.mote import Mote, Motedeltaker
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
    "MOST_YEARS",
    "Aktivitet",
    "Aktivitetsrolle",
    "Belopslinje",
    "Evaluering",
    "Fokusomrade",
    "Henvisning",
    "Hovedmal",
    "Kapittel",
    "Langplan",
    "Laringsarena",
    "Maling",
    "Mote",
    "Motedeltaker",
    "Planendring",
    "Planomfang",
    "Planvedtak",
    "Resultatmal",
    "Strategiplan",
    "Tiltak",
]
