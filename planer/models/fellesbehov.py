"""Needs that are common: the municipality's systems, laws, and who must have been trained in what.

Source: Siljan's plan, chapter 4.1.
"""

from django.db import models
from django.db.models import Q

from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt, Enhet, Fellesgruppe, Kompetanse, Rolle


class Fagsystem(TenantModel):
    """A system that the municipality works in: what for, who owns it, and who is responsible."""

    name = models.CharField("navn", max_length=120)
    purpose = models.CharField("brukes til", max_length=200, blank=True)
    enhet = TenantForeignKey(
        Enhet, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="brukes av"
    )
    owner = TenantForeignKey(
        Ansatt, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="systemeier"
    )
    responsible = TenantForeignKey(
        Ansatt,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="systemansvarlig",
    )
    upgrade = models.CharField("oppgradering neste år", max_length=200, blank=True)
    is_active = models.BooleanField("i bruk", default=True)
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "fagsystem"
        verbose_name_plural = "fagsystemer"
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(name="fagsystem_once", fields=["kommune", "name"]),
        ]

    def __str__(self) -> str:
        return self.name


class Opplaringskrav(TenantModel):
    """What a group of people must have been trained in, at which level (1–4).

    Those who hold a role, those of a common group, or all; in a unit and below, or everywhere.
    With a system it is the training that the system asks for; without, a law or the like.
    """

    fagsystem = TenantForeignKey(
        Fagsystem, models.CASCADE, null=True, blank=True, related_name="krav"
    )
    kompetanse = TenantForeignKey(Kompetanse, models.PROTECT, related_name="opplaringskrav")
    level = models.PositiveSmallIntegerField("nivå", default=1)
    role = models.CharField("rolle", max_length=24, choices=Rolle.Kode, blank=True)
    group = models.CharField("stillingsgruppe", max_length=80, choices=Fellesgruppe, blank=True)
    enhet = TenantForeignKey(
        Enhet, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="i enhet"
    )
    text = models.CharField("merknad", max_length=200, blank=True)

    class Meta:
        verbose_name = "opplæringskrav"
        verbose_name_plural = "opplæringskrav"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                name="opplaringskrav_once",
                fields=["kommune", "fagsystem", "kompetanse", "role", "group", "enhet"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="opplaringskrav_level_1_4", condition=Q(level__range=(1, 4))
            ),
            models.CheckConstraint(
                name="opplaringskrav_role_or_group", condition=Q(role="") | Q(group="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kompetanse_id} nivå {self.level}"
