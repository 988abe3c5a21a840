"""The letter on a decision."""

from django.db import models

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import Fil, TenantModel
from kompetanse.organisasjon.models import Ansatt
from soknader.models.vedtak import Vedtak


class Svarbrev(TenantModel):
    """The letter on a decision: a PDF frozen when it was made."""

    vedtak = TenantForeignKey(Vedtak, models.PROTECT, related_name="svarbrev")
    fil = TenantForeignKey(Fil, models.PROTECT, related_name="+")
    heading = models.CharField("overskrift", max_length=200)
    made_at = models.DateTimeField("laget", default=clock.now)
    sent_at = models.DateTimeField("sendt", null=True, blank=True)
    sent_by = TenantForeignKey(Ansatt, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField("åpnet", null=True, blank=True)

    class Meta:
        verbose_name = "svarbrev"
        verbose_name_plural = "svarbrev"
        constraints = [
            models.UniqueConstraint(name="svarbrev_once", fields=["kommune", "vedtak"]),
        ]

    def __str__(self) -> str:
        return self.heading
