"""The strategy plan, its focus areas, the measures, the yearly wheel and the meetings."""

from planer.models.arrangement import FAGDAGER_A_YEAR, Arrangement, Kurssvar, Pamelding
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
    "FAGDAGER_A_YEAR",
    "MOST_YEARS",
    "Aktivitet",
    "Aktivitetsrolle",
    "Arrangement",
    "Belopslinje",
    "Evaluering",
    "Fokusomrade",
    "Henvisning",
    "Hovedmal",
    "Kapittel",
    "Kurssvar",
    "Langplan",
    "Laringsarena",
    "Maling",
    "Mote",
    "Motedeltaker",
    "Pamelding",
    "Planendring",
    "Planomfang",
    "Planvedtak",
    "Resultatmal",
    "Strategiplan",
    "Tiltak",
]
