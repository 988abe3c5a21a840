"""Who decides a case when nobody with the authority is impartial in it."""

from django.db import models
from django.db.models import Q

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt
from soknader.models.soknad import Soknad


class Settestedfortreder(TenantModel):
    """The advisor has asked for someone to decide the case; `ansatt` is the one who is named.

    `reference` is the resolution of a political body, when the one who names is not impartial.
    Source: forvaltningsloven § 9 (stedfortreder for en som er inhabil).
    """

    soknad = TenantForeignKey(Soknad, models.CASCADE, related_name="settestedfortredere")
    asked_by = TenantForeignKey(Ansatt, models.PROTECT, related_name="+", verbose_name="bedt om av")
    asked_at = models.DateTimeField("bedt om", default=clock.now)
    ansatt = TenantForeignKey(
        Ansatt, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="avgjør saken"
    )
    named_by = TenantForeignKey(
        Ansatt, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="pekt ut av"
    )
    named_at = models.DateTimeField("pekt ut", null=True, blank=True)
    reference = models.CharField("vedtak i folkevalgt organ", max_length=120, blank=True)

    class Meta:
        verbose_name = "settestedfortreder"
        verbose_name_plural = "settestedfortredere"
        constraints = [
            models.UniqueConstraint(name="settestedfortreder_once", fields=["kommune", "soknad"]),
            models.CheckConstraint(
                name="settestedfortreder_named_whole",
                condition=Q(ansatt__isnull=True, named_by__isnull=True, named_at__isnull=True)
                | Q(ansatt__isnull=False, named_by__isnull=False, named_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"settestedfortreder {self.pk}"
