"""What a Kommune lets the operator see of itself."""

from typing import ClassVar

from django.db import models

from kompetanse import clock
from kompetanse.kommuner.models import TenantManager, TenantModel


class Kommunetall(TenantModel):
    """How many rows the Kommune has of what: counted inside it, read by operators too."""

    figures = models.JSONField("tall", default=dict)
    at = models.DateTimeField("talt", default=clock.now)

    objects: ClassVar[TenantManager["Kommunetall"]] = TenantManager()
    # The policy shows an operator all Kommuner's rows; nobody else is shown more than one.
    shared: ClassVar[models.Manager["Kommunetall"]] = models.Manager()

    class Meta:
        verbose_name = "kommunetall"
        verbose_name_plural = "kommunetall"
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(name="kommunetall_once", fields=["kommune"])]

    def __str__(self) -> str:
        return f"{self.kommune_id} {self.at:%Y-%m-%d %H:%M}"
