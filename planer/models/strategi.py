"""The strategy plan: goals, focus areas, chapters, and who has adopted it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt, Enhet


class Strategiplan(TenantModel):
    """A strategy plan for some years and some units: vision, goals, focus areas, chapters."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Utkast")
        HEARING = "hearing", _("På høring")
        ADOPTED = "adopted", _("Vedtatt")
        IN_FORCE = "in_force", _("Gjelder")
        SUPERSEDED = "superseded", _("Erstattet")

    name = models.CharField("navn", max_length=160)
    first_year = models.PositiveSmallIntegerField("fra år")
    last_year = models.PositiveSmallIntegerField("til og med år")
    vision = models.CharField("visjon", max_length=300, blank=True)
    summary = models.TextField("sammendrag", blank=True)
    owner = models.CharField("eier", max_length=160, blank=True)
    responsible = TenantForeignKey(
        Ansatt, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ansvarlig"
    )
    status = models.CharField("status", max_length=12, choices=Status, default=Status.DRAFT)
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "strategiplan"
        verbose_name_plural = "strategiplaner"
        constraints = [
            models.CheckConstraint(
                name="strategiplan_years_in_order", condition=Q(last_year__gte=F("first_year"))
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Planomfang(TenantModel):
    """A unit that the plan holds for."""

    plan = TenantForeignKey(Strategiplan, models.CASCADE, related_name="omfang")
    enhet = TenantForeignKey(Enhet, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "enhet i planen"
        verbose_name_plural = "enheter i planen"
        constraints = [
            models.UniqueConstraint(name="planomfang_once", fields=["kommune", "plan", "enhet"]),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.enhet_id}"


class Kapittel(TenantModel):
    plan = TenantForeignKey(Strategiplan, models.CASCADE, related_name="kapitler")
    order = models.PositiveSmallIntegerField("rekkefølge")
    heading = models.CharField("overskrift", max_length=160)
    text = models.TextField("tekst", blank=True)

    class Meta:
        verbose_name = "kapittel"
        verbose_name_plural = "kapitler"
        ordering = ("order",)
        constraints = [
            models.UniqueConstraint(
                name="kapittel_order_once", fields=["kommune", "plan", "order"]
            ),
        ]

    def __str__(self) -> str:
        return self.heading


class Henvisning(TenantModel):
    """A law, a white paper or a plan of the Kommune's own that the plan refers to."""

    class Kind(models.TextChoices):
        NATIONAL = "national", _("Nasjonal føring")
        MUNICIPAL = "municipal", _("Kommunens egen plan")

    plan = TenantForeignKey(Strategiplan, models.CASCADE, related_name="henvisninger")
    kind = models.CharField("slag", max_length=10, choices=Kind)
    title = models.CharField("tittel", max_length=200)

    class Meta:
        verbose_name = "henvisning"
        verbose_name_plural = "henvisninger"

    def __str__(self) -> str:
        return self.title


class Planvedtak(TenantModel):
    """A body that has adopted the plan: when, and the case number."""

    plan = TenantForeignKey(Strategiplan, models.CASCADE, related_name="planvedtak")
    body = models.CharField("organ", max_length=120)
    adopted_on = models.DateField("dato", null=True, blank=True)
    case_number = models.CharField("saksnummer", max_length=40, blank=True)
    order = models.PositiveSmallIntegerField("rekkefølge", default=1)

    class Meta:
        verbose_name = "planvedtak"
        verbose_name_plural = "planvedtak"
        ordering = ("order",)

    def __str__(self) -> str:
        return self.body


class Hovedmal(TenantModel):
    plan = TenantForeignKey(Strategiplan, models.CASCADE, related_name="hovedmal")
    order = models.PositiveSmallIntegerField("rekkefølge")
    name = models.CharField("navn", max_length=80)
    text = models.TextField("beskrivelse", blank=True)

    class Meta:
        verbose_name = "hovedmål"
        verbose_name_plural = "hovedmål"
        ordering = ("order",)

    def __str__(self) -> str:
        return self.name


class Fokusomrade(TenantModel):
    """A focus area (level one) or one of its sub-areas (level two)."""

    plan = TenantForeignKey(Strategiplan, models.CASCADE, related_name="fokusomrader")
    parent = TenantForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    order = models.PositiveSmallIntegerField("rekkefølge")
    name = models.CharField("navn", max_length=120)
    text = models.TextField("beskrivelse", blank=True)

    class Meta:
        verbose_name = "fokusområde"
        verbose_name_plural = "fokusområder"
        ordering = ("order",)

    def __str__(self) -> str:
        return self.name
