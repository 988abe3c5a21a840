"""What the Kommune is guided by in a year."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt
from planer.models import Fokusomrade


class Styringssignal(TenantModel):
    """Guidance of the year, and what it asks of competence on short or long term."""

    class Horizon(models.TextChoices):
        SHORT = "short", _("Kort sikt")
        LONG = "long", _("Lang sikt")

    year = models.PositiveSmallIntegerField("år")
    horizon = models.CharField("sikt", max_length=5, choices=Horizon)
    source = models.CharField("føring", max_length=200)
    asks = models.TextField("hva det krever av kompetanse")
    fokusomrade = TenantForeignKey(
        Fokusomrade,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="fokusområde",
    )
    by = TenantForeignKey(Ansatt, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("skrevet", default=clock.now)
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "styringssignal"
        verbose_name_plural = "styringssignaler"
        ordering = ("-horizon", "pk")

    def __str__(self) -> str:
        return self.source
