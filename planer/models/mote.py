"""Meetings on the competence work."""

from django.db import models

from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt
from planer.models.arshjul import Aktivitet


class Mote(TenantModel):
    """A meeting on the competence work: when, about what, and its minutes."""

    title = models.CharField("tittel", max_length=160)
    held_on = models.DateField("dato")
    place = models.CharField("sted", max_length=120, blank=True)
    minutes = models.TextField("referat", blank=True)
    version = models.PositiveIntegerField("versjon", default=1)
    aktivitet = TenantForeignKey(
        Aktivitet, models.SET_NULL, null=True, blank=True, related_name="moter"
    )

    class Meta:
        verbose_name = "møte"
        verbose_name_plural = "møter"
        ordering = ("held_on",)

    def __str__(self) -> str:
        return self.title


class Motedeltaker(TenantModel):
    mote = TenantForeignKey(Mote, models.CASCADE, related_name="deltakere")
    ansatt = TenantForeignKey(Ansatt, models.PROTECT, related_name="+")
    capacity = models.CharField("som", max_length=80, blank=True)

    class Meta:
        verbose_name = "møtedeltaker"
        verbose_name_plural = "møtedeltakere"
        constraints = [
            models.UniqueConstraint(name="motedeltaker_once", fields=["kommune", "mote", "ansatt"]),
        ]

    def __str__(self) -> str:
        return self.capacity
