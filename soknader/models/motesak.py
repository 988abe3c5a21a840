"""What a point of a meeting's agenda shows of a round, and how the list stood."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from planer.models import Motepunkt
from soknader.models.runde import Soknadsrunde


class Motesak(TenantModel):
    """The applications that a point of an agenda is about.

    `before` and `after` are the list when the meeting began and when it rose, first place first:
    `[[application id, outcome or "", amount in NOK], …]`.
    """

    class Group(models.TextChoices):
        ALL = "alle", _("Alle søknadene")
        EXCEPTIONS = "unntak", _("Unntak fra prioriteringene")
        LATE = "sene", _("Kom etter fristen")
        UNSTATED = "uten", _("Uten uttalelse fra leder")

    punkt = TenantForeignKey(Motepunkt, models.CASCADE, related_name="motesaker")
    runde = TenantForeignKey(Soknadsrunde, models.CASCADE, related_name="motesaker")
    group = models.CharField("hvilke søknader", max_length=8, choices=Group, default=Group.ALL)
    before = models.JSONField("listen da møtet begynte", null=True)
    after = models.JSONField("listen da møtet ble hevet", null=True)

    class Meta:
        verbose_name = "søknader på sakslisten"
        verbose_name_plural = "søknader på sakslisten"
        constraints = [models.UniqueConstraint(name="motesak_once", fields=["kommune", "punkt"])]

    def __str__(self) -> str:
        return f"{self.punkt_id} {self.runde_id}"
