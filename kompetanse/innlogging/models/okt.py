"""Where someone is logged in."""

from django.db import models

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Bruker


class Okt(TenantModel):
    """A session as its owner sees it: which device, since when, last used; no address.

    `session_key` names the row of Django's own session table, so that it can be ended.
    """

    bruker = TenantForeignKey(Bruker, models.CASCADE, related_name="okter")
    session_key = models.CharField("øktnøkkel", max_length=40)
    device = models.CharField("enhet", max_length=80, blank=True)
    method = models.CharField("måte", max_length=40, blank=True)
    started_at = models.DateTimeField("startet", default=clock.now)
    seen_at = models.DateTimeField("sist brukt", default=clock.now)

    class Meta:
        verbose_name = "økt"
        verbose_name_plural = "økter"
        ordering = ("-seen_at",)
        constraints = [
            models.UniqueConstraint(name="okt_session_once", fields=["kommune", "session_key"]),
        ]
        indexes = [models.Index(name="okt_bruker", fields=["kommune", "bruker"])]

    def __str__(self) -> str:
        return self.device
