"""Who stands in for whom while someone is away."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models.ansatt import Ansatt


class Stedfortreder(TenantModel):
    """`stedfortreder` has the roles of `ansatt` from–to, both days included.

    Why someone is away is told in kinds that say nothing of health.
    """

    class Grunn(models.TextChoices):
        FERIE = "ferie", _("Ferie")
        PERMISJON = "permisjon", _("Permisjon")
        KURS = "kurs", _("Kurs eller reise")
        ANNET = "annet", _("Annet fravær")

    ansatt = TenantForeignKey(Ansatt, models.CASCADE, related_name="stedfortredere")
    stedfortreder = TenantForeignKey(Ansatt, models.CASCADE, related_name="+")
    reason = models.CharField("grunn", max_length=10, choices=Grunn, default=Grunn.FERIE)
    starts = models.DateField("fra")
    ends = models.DateField("til og med")
    by = TenantForeignKey(
        Ansatt, models.SET_NULL, null=True, related_name="+", verbose_name="registrert av"
    )
    registered_at = models.DateTimeField("registrert", default=clock.now)
    ended_at = models.DateTimeField("avsluttet før tiden", null=True, blank=True)

    class Meta:
        verbose_name = "stedfortreder"
        verbose_name_plural = "stedfortredere"
        constraints = [
            models.CheckConstraint(
                name="stedfortreder_starts_before_ends", condition=Q(ends__gte=F("starts"))
            ),
            models.CheckConstraint(
                name="stedfortreder_is_another", condition=~Q(ansatt=F("stedfortreder"))
            ),
        ]
        indexes = [
            models.Index(name="stedfortreder_of", fields=["kommune", "stedfortreder"]),
        ]

    def __str__(self) -> str:
        return f"stedfortreder {self.pk}"
