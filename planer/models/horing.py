"""Hearings on plans, and what units and unions answer."""

from django.db import models
from django.db.models import F, Q

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt, Enhet
from planer.models.langplan import Langplan
from planer.models.opplaringsplan import Opplaringsplan
from planer.models.strategi import Strategiplan

# A row that belongs to one plan, of whichever kind.
ONE_PLAN = (
    Q(strategiplan__isnull=False, langplan__isnull=True, opplaringsplan__isnull=True)
    | Q(strategiplan__isnull=True, langplan__isnull=False, opplaringsplan__isnull=True)
    | Q(strategiplan__isnull=True, langplan__isnull=True, opplaringsplan__isnull=False)
)


class Horing(TenantModel):
    """A plan is out for comments until a day, that day included."""

    strategiplan = TenantForeignKey(
        Strategiplan, models.CASCADE, null=True, blank=True, related_name="horinger"
    )
    langplan = TenantForeignKey(
        Langplan, models.CASCADE, null=True, blank=True, related_name="horinger"
    )
    opplaringsplan = TenantForeignKey(
        Opplaringsplan, models.CASCADE, null=True, blank=True, related_name="horinger"
    )
    begun_on = models.DateField("sendt")
    until = models.DateField("frist")
    text = models.TextField("hva vi vil vite", blank=True)

    class Meta:
        verbose_name = "høring"
        verbose_name_plural = "høringer"
        ordering = ("-begun_on", "-pk")
        constraints = [
            models.CheckConstraint(name="horing_of_one_plan", condition=ONE_PLAN),
            models.CheckConstraint(
                name="horing_until_after_begun", condition=Q(until__gte=F("begun_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.until}"

    @property
    def plan(self) -> Strategiplan | Langplan | Opplaringsplan:
        plan: Strategiplan | Langplan | Opplaringsplan = (
            self.strategiplan or self.langplan or self.opplaringsplan
        )
        return plan


class Horingssvar(TenantModel):
    """What one person answers for a unit or a union; answered again, the last one counts."""

    horing = TenantForeignKey(Horing, models.CASCADE, related_name="svar")
    by = TenantForeignKey(Ansatt, models.SET_NULL, null=True, related_name="+")
    capacity = models.CharField("som", max_length=160)
    enhet = TenantForeignKey(Enhet, models.PROTECT, related_name="+", verbose_name="enhet")
    text = models.TextField("uttalelse")
    at = models.DateTimeField("tid", default=clock.now)

    class Meta:
        verbose_name = "høringssvar"
        verbose_name_plural = "høringssvar"
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(name="horingssvar_once", fields=["kommune", "horing", "by"]),
        ]

    def __str__(self) -> str:
        return f"{self.horing_id} {self.capacity}"
