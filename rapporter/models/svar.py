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
    """What the county granted to one line, what of it is given to units, and what is spent.

    `moved` is what was moved to (or from) the line with the county's consent, `carried` what was
    carried over from the year before. `account` is how the ledger names the line.
    """

    svar = TenantForeignKey(Tilskuddssvar, models.CASCADE, related_name="linjer")
    linje = TenantForeignKey(Tilskuddslinje, models.PROTECT, related_name="+")
    granted = models.PositiveIntegerField("innvilget (kr)", default=0)
    distributed = models.PositiveIntegerField("fordelt (kr)", default=0)
    carried = models.PositiveIntegerField("overført fra i fjor (kr)", default=0)
    moved = models.IntegerField("omdisponert (kr)", default=0)
    spent = models.PositiveIntegerField("brukt (kr)", default=0)
    account = models.CharField("konto eller prosjekt i regnskapet", max_length=60, blank=True)

    class Meta:
        verbose_name = "linje i svaret"
        verbose_name_plural = "linjer i svaret"
        ordering = ("linje__priority", "pk")
        constraints = [
            models.UniqueConstraint(name="svarlinje_once", fields=["kommune", "svar", "linje"]),
            models.UniqueConstraint(
                name="svarlinje_account_once",
                fields=["kommune", "svar", "account"],
                condition=~Q(account=""),
            ),
            models.CheckConstraint(
                name="svarlinje_never_negative", condition=Q(distributed__lte=F("granted"))
            ),
            models.CheckConstraint(
                name="svarlinje_spent_within",
                condition=Q(spent__lte=F("granted") + F("carried") + F("moved")),
            ),
        ]

    def __str__(self) -> str:
        return f"Linje {self.linje_id}"

    @property
    def left(self) -> int:
        """What is not given to a unit, NOK."""
        return self.granted - self.distributed

    @property
    def available(self) -> int:
        """What may be spent in all, NOK."""
        return self.granted + self.carried + self.moved

    @property
    def remaining(self) -> int:
        """What is not spent, NOK."""
        return self.available - self.spent
