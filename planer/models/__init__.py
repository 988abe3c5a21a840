"""The strategy plan, its focus areas, the measures, the yearly wheel and the meetings."""

from planer.models.arrangement import FAGDAGER_A_YEAR, Arrangement, Kurssvar, Pamelding
from planer.models.arshjul import Aktivitet, Aktivitetsrolle
from planer.models.drofting import Drofting, Droftingspart
from planer.models.effekt import Effekt, Effekttall
from planer.models.evaluering import Evaluering, Planendring
from planer.models.fellesbehov import Fagsystem, Opplaringskrav
from planer.models.handlingsplan import (
    Handlingsplan,
    Handlingspunkt,
    Kontodel,
    Kontokode,
    Okonomiplan,
)
from planer.models.horing import Horing, Horingssvar
from planer.models.introduksjon import (
    Ansvar,
    Introduksjon,
    Introduksjonsmal,
    Introduksjonssteg,
    Malsteg,
)
from planer.models.kolonne import Plankolonne
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
from planer.models.offentlig import Offentligplan
from planer.models.opplaringsplan import Opplaringsplan, Planinnlevering, Tiltaksimport
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
from planer.models.tiltak import (
    MOST_LEVEL,
    Belopslinje,
    Laringsarena,
    Malgruppe,
    Tiltak,
    Tiltakskompetanse,
)

__all__ = [
    "FAGDAGER_A_YEAR",
    "MOST_LEVEL",
    "MOST_YEARS",
    "Aktivitet",
    "Aktivitetsrolle",
    "Ansvar",
    "Arrangement",
    "Belopslinje",
    "Drofting",
    "Droftingspart",
    "Effekt",
    "Effekttall",
    "Evaluering",
    "Fagsystem",
    "Fokusomrade",
    "Handlingsplan",
    "Handlingspunkt",
    "Henvisning",
    "Horing",
    "Horingssvar",
    "Hovedmal",
    "Innspill",
    "Introduksjon",
    "Introduksjonsmal",
    "Introduksjonssteg",
    "Kapittel",
    "Kontodel",
    "Kontokode",
    "Kurssvar",
    "Langplan",
    "Laringsarena",
    "Malgruppe",
    "Maling",
    "Malsteg",
    "Mote",
    "Motedeltaker",
    "Motepapir",
    "Motepunkt",
    "Nettverk",
    "Nettverksaktivitet",
    "Nettverksmedlem",
    "Offentligplan",
    "Okonomiplan",
    "Opplaringskrav",
    "Opplaringsplan",
    "Pamelding",
    "Planendring",
    "Planinnlevering",
    "Plankolonne",
    "Planomfang",
    "Planvedtak",
    "Protokoll",
    "Protokollmerknad",
    "Resultatmal",
    "Strategiplan",
    "Tiltak",
    "Tiltaksimport",
    "Tiltakskompetanse",
    "Visning",
]
