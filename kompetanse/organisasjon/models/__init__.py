"""Units, people and positions, who holds which role where, and the catalogue of competence."""

from kompetanse.organisasjon.models.ansatt import (
    Ansatt,
    Fellesgruppe,
    Stilling,
    Stillingskategori,
)
from kompetanse.organisasjon.models.bruker import Bruker, BrukerManager
from kompetanse.organisasjon.models.enhet import ALWAYS, Enhet, Enhetsversjon
from kompetanse.organisasjon.models.habilitet import Habilitetserklaring
from kompetanse.organisasjon.models.hrimport import Hrimport, Hrlinje, Hrnokkel, Hrspor
from kompetanse.organisasjon.models.innsyn import Innsyn
from kompetanse.organisasjon.models.kjennetegn import Kjennetegn
from kompetanse.organisasjon.models.kompetanse import Kompetanse, Niva
from kompetanse.organisasjon.models.oppsett import For, Oppsett
from kompetanse.organisasjon.models.permisjon import Permisjon
from kompetanse.organisasjon.models.rolle import Rolle
from kompetanse.organisasjon.models.sorting import NORWEGIAN
from kompetanse.organisasjon.models.stedfortreder import Stedfortreder

__all__ = [
    "ALWAYS",
    "NORWEGIAN",
    "Ansatt",
    "Bruker",
    "BrukerManager",
    "Enhet",
    "Enhetsversjon",
    "Fellesgruppe",
    "For",
    "Habilitetserklaring",
    "Hrimport",
    "Hrlinje",
    "Hrnokkel",
    "Hrspor",
    "Innsyn",
    "Kjennetegn",
    "Kompetanse",
    "Niva",
    "Oppsett",
    "Permisjon",
    "Rolle",
    "Stedfortreder",
    "Stilling",
    "Stillingskategori",
]
