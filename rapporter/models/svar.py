"""What the county answered: the sum, its conditions, and what it decided for each line. NOK."""

from django.db import models
from django.db.models import F, Q

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt
from rapporter.models.soknad import Tilskuddslinje, Tilskuddssoknad


class Tilskuddssvar(TenantModel):
    """The county's answer to an application. Its lines add up to `amount`."""

    soknad = TenantForeignKey(Tilskuddssoknad, models.PROTECT, related_name="svar")
    amount = models.PositiveIntegerField("mottatt (kr)")
    received_on = models.DateField("svarets dato")
    case_number = models.CharField("Statsforvalterens saksnummer", max_length=40)
    conditions = models.TextField("vilkår", blank=True)
    at = models.DateTimeField("ført", default=clock.now)
    by = TenantForeignKey(Ansatt, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "svar på tilskuddssøknad"
        verbose_name_plural = "svar på tilskuddssøknader"
        constraints = [
            models.UniqueConstraint(name="tilskuddssvar_once", fields=["kommune", "soknad"]),
        ]

    def __str__(self) -> str:
        return f"Svar {self.case_number}"


class Svarlinje(TenantModel):
    """What the county granted to one line, and how much of it is given to units."""

    svar = TenantForeignKey(Tilskuddssvar, models.CASCADE, related_name="linjer")
    linje = TenantForeignKey(Tilskuddslinje, models.PROTECT, related_name="+")
    granted = models.PositiveIntegerField("innvilget (kr)", default=0)
    distributed = models.PositiveIntegerField("fordelt (kr)", default=0)

    class Meta:
        verbose_name = "linje i svaret"
        verbose_name_plural = "linjer i svaret"
        ordering = ("linje__priority", "pk")
        constraints = [
            models.UniqueConstraint(name="svarlinje_once", fields=["kommune", "svar", "linje"]),
            models.CheckConstraint(
                name="svarlinje_never_negative", condition=Q(distributed__lte=F("granted"))
            ),
        ]

    def __str__(self) -> str:
        return f"Linje {self.linje_id}"

    @property
    def left(self) -> int:
        """What is not given to a unit, NOK."""
        return self.granted - self.distributed
