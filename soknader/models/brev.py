"""The letter on a decision."""

from django.db import models
from django.db.models import Q

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import Fil, TenantModel
from kompetanse.organisasjon.models import Ansatt
from soknader.models.brevmal import Brevmal
from soknader.models.vedtak import Vedtak


class Svarbrev(TenantModel):
    """The letter on a decision: a PDF frozen when it was made.

    With `due_at` it is on its way, and can be stopped until it goes; `sent_by` ordered it.
    """

    vedtak = TenantForeignKey(Vedtak, models.PROTECT, related_name="svarbrev")
    fil = TenantForeignKey(Fil, models.PROTECT, related_name="+")
    mal = TenantForeignKey(
        Brevmal, models.PROTECT, null=True, blank=True, related_name="svarbrev", verbose_name="mal"
    )
    heading = models.CharField("overskrift", max_length=200)
    made_at = models.DateTimeField("laget", default=clock.now)
    due_at = models.DateTimeField("skal sendes", null=True, blank=True)
    sent_at = models.DateTimeField("sendt", null=True, blank=True)
    sent_by = TenantForeignKey(Ansatt, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField("åpnet", null=True, blank=True)

    class Meta:
        verbose_name = "svarbrev"
        verbose_name_plural = "svarbrev"
        constraints = [
            models.UniqueConstraint(name="svarbrev_once", fields=["kommune", "vedtak"]),
        ]
        indexes = [
            models.Index(
                name="svarbrev_waiting",
                fields=["kommune", "due_at"],
                condition=Q(due_at__isnull=False, sent_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.heading
