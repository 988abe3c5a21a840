"""Those who run the platform, what they have done, and what they have looked at."""

from kompetanse.plattform.models.hendelse import Plattformhendelse
from kompetanse.plattform.models.kommunetall import Kommunetall
from kompetanse.plattform.models.operator import Operator, Operatorokt
from kompetanse.plattform.models.region import Regionkontakt, Regionoppslag
from kompetanse.plattform.models.stotteokt import Stotteokt, Stottevalg
from kompetanse.plattform.models.velkomst import Velkomst

__all__ = [
    "Kommunetall",
    "Operator",
    "Operatorokt",
    "Plattformhendelse",
    "Regionkontakt",
    "Regionoppslag",
    "Stotteokt",
    "Stottevalg",
    "Velkomst",
]
