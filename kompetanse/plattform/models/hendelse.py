"""The platform's own trail."""

from django.db import models

from kompetanse import clock
from kompetanse.kommuner.models import Kommune
from kompetanse.plattform.models.operator import Operator


class Plattformhendelse(models.Model):
    """What an Operator did. The app's role may only insert. None is a command at the server.

    Holds ids and figures, never a name of anyone in a Kommune.
    """

    at = models.DateTimeField("tid", default=clock.now)
    operator = models.ForeignKey(Operator, models.PROTECT, null=True, related_name="+")
    action = models.CharField("handling", max_length=60)
    about = models.ForeignKey(Kommune, models.PROTECT, null=True, related_name="+")
    details = models.JSONField("detaljer", default=dict)

    class Meta:
        verbose_name = "plattformhendelse"
        verbose_name_plural = "plattformhendelser"
        indexes = [models.Index(name="plattformhendelse_at", fields=["-at"])]

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d %H:%M}"
