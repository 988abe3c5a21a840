"""A colleague who looks through another's eyes, to help."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models.ansatt import Ansatt


class Innsyn(TenantModel):
    """Who sees the service as `ansatt` sees it, why, and until when. Nothing can be written.

    Every page that is opened is a line in the audit trail; the person finds them in «Mine data».
    """

    class Minutter(models.IntegerChoices):
        SHORT = 15, _("15 minutter")
        USUAL = 30, _("30 minutter")
        LONG = 60, _("1 time")

    ansatt = TenantForeignKey(Ansatt, models.CASCADE, related_name="innsyn")
    by = TenantForeignKey(Ansatt, models.CASCADE, related_name="+", verbose_name="hvem som ser")
    reason = models.CharField("grunn", max_length=200)
    started_at = models.DateTimeField("startet", default=clock.now)
    until = models.DateTimeField("senest til")
    ended_at = models.DateTimeField("avsluttet", null=True, blank=True)

    class Meta:
        verbose_name = "innsyn"
        verbose_name_plural = "innsyn"
        constraints = [
            models.CheckConstraint(name="innsyn_is_timed", condition=Q(until__gt=F("started_at"))),
            models.CheckConstraint(name="innsyn_in_another", condition=~Q(ansatt=F("by"))),
        ]
        indexes = [models.Index(name="innsyn_ansatt", fields=["kommune", "ansatt"])]

    def __str__(self) -> str:
        return f"innsyn {self.pk}"

    def is_running(self, at: datetime) -> bool:
        return self.ended_at is None and at < self.until
