"""The first way in for someone who has no password yet."""

from django.db import models

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt


class Velkomst(TenantModel):
    """An address where an employee sets the first password: works once, and not for long.

    Handed over by a person, never sent by e-mail; only its hash is stored.
    """

    ansatt = TenantForeignKey(Ansatt, models.CASCADE, related_name="+")
    key_hash = models.CharField("nøkkel", max_length=64)
    valid_until = models.DateTimeField("gjelder til")
    made_at = models.DateTimeField("laget", default=clock.now)
    used_at = models.DateTimeField("brukt", null=True, blank=True)

    class Meta:
        verbose_name = "engangsadresse"
        verbose_name_plural = "engangsadresser"
        constraints = [
            models.UniqueConstraint(name="velkomst_key_once", fields=["kommune", "key_hash"]),
        ]

    def __str__(self) -> str:
        return f"{self.ansatt_id} {self.valid_until:%Y-%m-%d %H:%M}"
