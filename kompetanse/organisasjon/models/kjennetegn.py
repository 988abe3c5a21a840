"""What the HR system says of who someone is at the Kommune's log-in service."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models.ansatt import Ansatt


class Kjennetegn(TenantModel):
    """A mark by which a log-in service knows an employee; it comes from HR.

    Of a national identity number only a keyed fingerprint is kept (`kompetanse.sealing`).
    """

    class Kind(models.TextChoices):
        OID = "oid", _("Objekt-ID i Entra ID (oid)")
        UPN = "upn", _("Brukernavn i Entra ID (UPN)")
        PID = "pid", _("Fødselsnummer (bare fingeravtrykk)")

    ansatt = TenantForeignKey(Ansatt, models.CASCADE, related_name="kjennetegn")
    kind = models.CharField("type", max_length=3, choices=Kind)
    value = models.CharField("verdi", max_length=200)

    class Meta:
        verbose_name = "kjennetegn"
        verbose_name_plural = "kjennetegn"
        constraints = [
            models.UniqueConstraint(name="kjennetegn_once", fields=["kommune", "kind", "value"]),
            models.UniqueConstraint(
                name="kjennetegn_kind_once", fields=["kommune", "ansatt", "kind"]
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
