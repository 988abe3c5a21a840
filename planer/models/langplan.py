"""The long training plan: what each focus area shall reach in one to four years."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt
from planer.models.strategi import Fokusomrade, Strategiplan

MOST_YEARS = 4  # Source: Modum's plan, «langsiktig opplæringsplan», 1–4 years.


class Langplan(TenantModel):
    """A long training plan on a strategy plan's focus areas. Its measures are those of the years.

    `frozen` is the plan as it was adopted; an adopted plan is not edited, but rolled.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Utkast")
        HEARING = "hearing", _("På høring")
        ADOPTED = "adopted", _("Vedtatt")
        SUPERSEDED = "superseded", _("Erstattet")

    strategiplan = TenantForeignKey(
        Strategiplan, models.PROTECT, related_name="langplaner", verbose_name="strategiplan"
    )
    earlier = TenantForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="forrige"
    )
    name = models.CharField("navn", max_length=160)
    first_year = models.PositiveSmallIntegerField("fra år")
    last_year = models.PositiveSmallIntegerField("til og med år")
    status = models.CharField("status", max_length=12, choices=Status, default=Status.DRAFT)
    body = models.CharField("vedtatt av", max_length=120, blank=True)
    adopted_on = models.DateField("vedtatt", null=True, blank=True)
    case_number = models.CharField("saksnummer", max_length=40, blank=True)
    frozen = models.JSONField("slik den ble vedtatt", null=True, encoder=DjangoJSONEncoder)
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "langsiktig opplæringsplan"
        verbose_name_plural = "langsiktige opplæringsplaner"
        constraints = [
            models.CheckConstraint(
                name="langplan_one_to_four_years",
                condition=Q(last_year__gte=F("first_year"))
                & Q(last_year__lt=F("first_year") + MOST_YEARS),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def period(self) -> str:
        one = self.first_year == self.last_year
        return str(self.first_year) if one else f"{self.first_year}–{self.last_year}"


class Resultatmal(TenantModel):
    """A measurable goal of a focus area: from a baseline to a target by a date.

    `dropped_because` says why the next edition does not carry it on, when it is not reached.
    """

    plan = TenantForeignKey(Langplan, models.CASCADE, related_name="resultatmal")
    fokusomrade = TenantForeignKey(
        Fokusomrade, models.PROTECT, related_name="resultatmal", verbose_name="fokusområde"
    )
    earlier = TenantForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="forrige"
    )
    goal = models.CharField("mål", max_length=200)
    indicator = models.CharField("måles ved", max_length=160)
    unit = models.CharField("enhet", max_length=20, blank=True)
    baseline = models.DecimalField("utgangspunkt", max_digits=10, decimal_places=2)
    baseline_on = models.DateField("utgangspunkt målt")
    target = models.DecimalField("måltall", max_digits=10, decimal_places=2)
    deadline = models.DateField("frist")
    responsible = models.CharField("ansvarlig", max_length=120, blank=True)
    dropped_because = models.CharField("hvorfor ikke videre", max_length=300, blank=True)

    class Meta:
        verbose_name = "resultatmål"
        verbose_name_plural = "resultatmål"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="resultatmal_asks_for_change", condition=~Q(target=F("baseline"))
            ),
            models.CheckConstraint(
                name="resultatmal_deadline_after_baseline",
                condition=Q(deadline__gt=F("baseline_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.goal


class Maling(TenantModel):
    """One measurement of a goal on a date."""

    mal = TenantForeignKey(Resultatmal, models.CASCADE, related_name="malinger")
    on = models.DateField("dato")
    value = models.DecimalField("tall", max_digits=10, decimal_places=2)
    note = models.CharField("merknad", max_length=300, blank=True)
    by = TenantForeignKey(Ansatt, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField("registrert", default=clock.now)

    class Meta:
        verbose_name = "måling"
        verbose_name_plural = "målinger"
        ordering = ("on",)
        constraints = [
            models.UniqueConstraint(name="maling_once_a_day", fields=["kommune", "mal", "on"]),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.value}"
