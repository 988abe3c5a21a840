"""The effect of measures, unit by unit: a baseline before, and repeated measurements after.

Source: the plan of the Gjøvik region, chapter 4.3.
"""

from django.db import models

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt, Enhet
from planer.models.tiltak import Tiltak


class Effekt(TenantModel):
    """What a measure shall change in the units, and how often that is measured."""

    tiltak = TenantForeignKey(Tiltak, models.CASCADE, related_name="effekter")
    indicator = models.CharField("måles ved", max_length=160)
    unit = models.CharField("måleenhet", max_length=30, blank=True)
    is_lower_better = models.BooleanField("lavere er bedre", default=False)
    every_months = models.PositiveSmallIntegerField("måneder mellom målingene", default=6)
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "effekt"
        verbose_name_plural = "effekter"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(name="effekt_once", fields=["kommune", "tiltak", "indicator"]),
        ]

    def __str__(self) -> str:
        return self.indicator


class Effekttall(TenantModel):
    """One measurement in one unit. The unit's first is its baseline."""

    effekt = TenantForeignKey(Effekt, models.CASCADE, related_name="tall")
    enhet = TenantForeignKey(Enhet, models.PROTECT, related_name="+")
    on = models.DateField("dato")
    value = models.DecimalField("tall", max_digits=10, decimal_places=2)
    note = models.CharField("merknad", max_length=200, blank=True)
    by = TenantForeignKey(Ansatt, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField("registrert", default=clock.now)

    class Meta:
        verbose_name = "effekttall"
        verbose_name_plural = "effekttall"
        ordering = ("on", "pk")
        constraints = [
            models.UniqueConstraint(
                name="effekttall_once_a_day", fields=["kommune", "effekt", "enhet", "on"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.value}"
