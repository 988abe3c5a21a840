"""What is needed and what there is: guidance, requirements, stock, needs forms, GAP."""

from kartlegging.models.beholdning import Beholdning, Kompetanseforslag
from kartlegging.models.behov import Behov, Behovsskjema, Onske, UnderUtdanning
from kartlegging.models.gap import Gapanalyse, Gapprioritet
from kartlegging.models.krav import Kompetansekrav
from kartlegging.models.styring import Styringssignal

__all__ = [
    "Beholdning",
    "Behov",
    "Behovsskjema",
    "Gapanalyse",
    "Gapprioritet",
    "Kompetanseforslag",
    "Kompetansekrav",
    "Onske",
    "Styringssignal",
    "UnderUtdanning",
]
