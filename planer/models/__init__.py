"""The strategy plan, its focus areas, the measures, the yearly wheel and the meetings."""

from planer.models.arshjul import Aktivitet, Aktivitetsrolle
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
    "Aktivitet",
    "Aktivitetsrolle",
    "Belopslinje",
    "Fokusomrade",
    "Henvisning",
    "Hovedmal",
    "Kapittel",
    "Laringsarena",
    "Mote",
    "Motedeltaker",
    "Planomfang",
    "Planvedtak",
    "Strategiplan",
    "Tiltak",
]
