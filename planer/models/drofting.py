"""Discussions with the unions (drøfting): what was discussed, what each said, and the result."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt
from planer.models.langplan import Langplan
from planer.models.mote import Mote
from planer.models.strategi import Strategiplan


class Drofting(TenantModel):
    """A discussion with the unions: asked for by someone, or held and recorded.

    Source: Hovedtariffavtalen 3.3 (plans for competence are made after discussion).
    """

    class Status(models.TextChoices):
        ASKED = "asked", _("Bedt om")
        HELD = "held", _("Drøftet")

    class Result(models.TextChoices):
        AGREED = "agreed", _("Enighet")
        PARTLY = "partly", _("Delvis enighet")
        DISAGREED = "disagreed", _("Uenighet")

    title = models.CharField("hva saken gjelder", max_length=160)
    status = models.CharField("status", max_length=6, choices=Status, default=Status.ASKED)
    held_on = models.DateField("dato", null=True, blank=True)
    mote = TenantForeignKey(
        Mote, models.SET_NULL, null=True, blank=True, related_name="droftinger", verbose_name="møte"
    )
    strategiplan = TenantForeignKey(
        Strategiplan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="droftinger",
        verbose_name="strategiplan",
    )
    langplan = TenantForeignKey(
        Langplan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="droftinger",
        verbose_name="langtidsplan",
    )
    year = models.PositiveSmallIntegerField("opplæringsplan for år", null=True, blank=True)
    result = models.CharField("resultat", max_length=10, choices=Result, blank=True)
    text = models.TextField("hva partene kom fram til", blank=True)
    asked_by = TenantForeignKey(
        Ansatt, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bedt om av"
    )
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "drøfting"
        verbose_name_plural = "drøftinger"
        ordering = ("-held_on", "-pk")
        constraints = [
            models.CheckConstraint(
                name="drofting_held_has_date_and_result",
                condition=Q(status="asked") | (Q(held_on__isnull=False) & ~Q(result="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Droftingspart(TenantModel):
    """A party of the discussion: the employer or a union, who spoke for it, and what it said."""

    drofting = TenantForeignKey(Drofting, models.CASCADE, related_name="parter")
    party = models.CharField("part", max_length=80)
    ansatt = TenantForeignKey(
        Ansatt, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ved"
    )
    said = models.TextField("hva parten sa", blank=True)
    order = models.PositiveSmallIntegerField("rekkefølge", default=1)

    class Meta:
        verbose_name = "part i drøftingen"
        verbose_name_plural = "parter i drøftingen"
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.party
