"""Who has said not to be impartial when it is about a certain other."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models.ansatt import Ansatt


class Habilitetserklaring(TenantModel):
    """`ansatt` takes no part in cases about `other`; said once, and good for every case.

    The ground is for the one who declares; others see only that it is declared.
    Source: forvaltningsloven § 6.
    """

    class Ground(models.TextChoices):
        FAMILY = "family", _("Familie eller samboer")
        CLOSE = "close", _("Nært vennskap eller åpen konflikt")
        OTHER = "other", _("Noe annet som kan svekke tilliten")

    ansatt = TenantForeignKey(Ansatt, models.CASCADE, related_name="habilitetserklaringer")
    other = TenantForeignKey(Ansatt, models.CASCADE, related_name="+", verbose_name="den andre")
    ground = models.CharField("grunn", max_length=10, choices=Ground)
    declared_at = models.DateTimeField("erklært", default=clock.now)
    ended_at = models.DateTimeField("trukket", null=True, blank=True)

    class Meta:
        verbose_name = "habilitetserklæring"
        verbose_name_plural = "habilitetserklæringer"
        constraints = [
            models.UniqueConstraint(
                name="habilitetserklaring_once",
                fields=["kommune", "ansatt", "other"],
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="habilitetserklaring_another", condition=~Q(ansatt=F("other"))
            ),
        ]

    def __str__(self) -> str:
        return f"habilitetserklæring {self.pk}"
