"""Who someone is at a log-in service."""

from django.db import models

from kompetanse import clock
from kompetanse.innlogging.models.tilbyder import Tilbyder
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt


class Identitet(TenantModel):
    """The tie between an employee and a subject there, made at the first log-in by HR's mark.

    `subject` is `oid@tid` for Entra ID and `sub` for others; never a national identity number.
    """

    ansatt = TenantForeignKey(Ansatt, models.CASCADE, related_name="identiteter")
    tilbyder = TenantForeignKey(Tilbyder, models.CASCADE, related_name="identiteter")
    subject = models.CharField("ID hos tjenesten", max_length=255)
    linked_at = models.DateTimeField("koblet", default=clock.now)
    used_at = models.DateTimeField("sist brukt", default=clock.now)

    class Meta:
        verbose_name = "identitet"
        verbose_name_plural = "identiteter"
        constraints = [
            models.UniqueConstraint(
                name="identitet_subject_once", fields=["kommune", "tilbyder", "subject"]
            ),
            models.UniqueConstraint(
                name="identitet_ansatt_once", fields=["kommune", "tilbyder", "ansatt"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tilbyder_id}"
