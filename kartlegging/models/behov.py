"""The needs form of a unit and its rows."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt, Enhet, Kompetanse
from planer.models import Fokusomrade


class Behovsskjema(TenantModel):
    """A unit's needs form for a year."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Kladd")
        SUBMITTED = "submitted", _("Sendt inn")

    enhet = TenantForeignKey(Enhet, models.PROTECT, related_name="behovsskjema")
    year = models.PositiveSmallIntegerField("år")
    status = models.CharField("status", max_length=10, choices=Status, default=Status.DRAFT)
    goals = models.TextField("mål for enheten", blank=True)
    strengths = models.TextField("hva vi kan", blank=True)
    surplus = models.TextField("kompetanse andre kan låne", blank=True)
    version = models.PositiveIntegerField("versjon", default=1)
    saved_at = models.DateTimeField("lagret", default=clock.now)
    submitted_at = models.DateTimeField("sendt inn", null=True, blank=True)
    submitted_by = TenantForeignKey(Ansatt, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "behovsskjema"
        verbose_name_plural = "behovsskjema"
        constraints = [
            models.UniqueConstraint(name="behovsskjema_once", fields=["kommune", "enhet", "year"]),
            models.CheckConstraint(
                name="behovsskjema_submitted_has_moment",
                condition=Q(status="draft")
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Behovsskjema {self.year}"


class Behov(TenantModel):
    """One need in the form: what, how it should be met, how many, how urgent."""

    class Kind(models.TextChoices):
        MOBILISE = "mobilise", _("Mobilisere (bruke det vi har)")
        LEARN = "learn", _("Lære")
        ACQUIRE = "acquire", _("Anskaffe (rekruttere eller leie)")

    class Urgency(models.IntegerChoices):
        NOW = 1, _("Haster – i år")
        NEXT = 2, _("Neste år")
        LATER = 3, _("Innen fire år")

    skjema = TenantForeignKey(Behovsskjema, models.CASCADE, related_name="behov")
    what = models.CharField("hva trenger dere", max_length=200)
    reason = models.TextField("hvorfor", blank=True)
    kind = models.CharField("hvordan", max_length=10, choices=Kind)
    number = models.PositiveSmallIntegerField("antall personer")
    urgency = models.PositiveSmallIntegerField("hvor mye haster det", choices=Urgency)
    fokusomrade = TenantForeignKey(
        Fokusomrade,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="behov",
        verbose_name="fokusområde",
    )
    kompetanse = TenantForeignKey(
        Kompetanse, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_lifted = models.BooleanField("løftes til felles plan", default=True)

    class Meta:
        verbose_name = "behov"
        verbose_name_plural = "behov"
        ordering = ("urgency", "pk")

    def __str__(self) -> str:
        return self.what


class Onske(TenantModel):
    """A wish for what should be a priority area next year."""

    skjema = TenantForeignKey(Behovsskjema, models.CASCADE, related_name="onsker")
    fokusomrade = TenantForeignKey(Fokusomrade, models.PROTECT, related_name="onsker")
    text = models.CharField("begrunnelse", max_length=300, blank=True)

    class Meta:
        verbose_name = "ønske om satsningsområde"
        verbose_name_plural = "ønsker om satsningsområder"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text


class UnderUtdanning(TenantModel):
    """An employee who is under education, and when it should be completed."""

    skjema = TenantForeignKey(Behovsskjema, models.CASCADE, related_name="under_utdanning")
    ansatt = TenantForeignKey(Ansatt, models.CASCADE, related_name="under_utdanning")
    study = models.CharField("utdanning", max_length=200)
    kompetanse = TenantForeignKey(
        Kompetanse, models.PROTECT, null=True, blank=True, related_name="+"
    )
    expected_on = models.DateField("forventet ferdig")

    class Meta:
        verbose_name = "ansatt under utdanning"
        verbose_name_plural = "ansatte under utdanning"
        ordering = ("expected_on", "pk")

    def __str__(self) -> str:
        return self.study
