"""The costed proposal of a year's measures, what the leader group decides, and the budget's codes.

Source: Siljan's plan, chapter 3.2.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt, Enhet
from planer.models.mote import Mote
from planer.models.tiltak import Tiltak


class Okonomiplan(TenantModel):
    """The four-year economic plan whose period the competence plans follow."""

    name = models.CharField("navn", max_length=160)
    first_year = models.PositiveSmallIntegerField("fra år")
    last_year = models.PositiveSmallIntegerField("til og med år")
    case_number = models.CharField("saksnummer", max_length=40, blank=True)

    class Meta:
        verbose_name = "økonomiplan"
        verbose_name_plural = "økonomiplaner"
        ordering = ("-first_year",)
        constraints = [
            models.UniqueConstraint(name="okonomiplan_once", fields=["kommune", "first_year"]),
            models.CheckConstraint(
                name="okonomiplan_years_in_order", condition=Q(last_year__gte=F("first_year"))
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Handlingsplan(TenantModel):
    """A year's proposal to the leader group. Once decided, nothing of it is changed."""

    class Status(models.TextChoices):
        DRAFT = "utkast", _("Utkast")
        PROPOSED = "forslag", _("Hos ledergruppa")
        DECIDED = "vedtatt", _("Vedtatt")

    year = models.PositiveSmallIntegerField("år")
    status = models.CharField("status", max_length=8, choices=Status, default=Status.DRAFT)
    mote = TenantForeignKey(
        Mote,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="møte med tillitsvalgte og verneombud",
    )
    comment = models.TextField("følgeskriv", blank=True)
    proposed_at = models.DateTimeField("lagt fram", null=True, blank=True)
    proposed_by = TenantForeignKey(Ansatt, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("vedtatt", null=True, blank=True)
    decided_by = TenantForeignKey(Ansatt, models.PROTECT, null=True, blank=True, related_name="+")
    capacity = models.CharField("vedtatt som", max_length=60, blank=True)
    case_number = models.CharField("saksnummer", max_length=40, blank=True)
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "handlingsplan"
        verbose_name_plural = "handlingsplaner"
        ordering = ("-year",)
        constraints = [
            models.UniqueConstraint(name="handlingsplan_once", fields=["kommune", "year"]),
            models.CheckConstraint(
                name="handlingsplan_decided_has_moment",
                condition=~Q(status="vedtatt")
                | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Handlingsplan {self.year}"


class Handlingspunkt(TenantModel):
    """A measure in the proposal, and what the leader group decided on it; NOK.

    `costs` is the measure's costs by Belopslinje.Kind and the texts are its own, as they were when
    the proposal was laid before the leader group.
    """

    class Verdict(models.TextChoices):
        APPROVED = "godkjent", _("Godkjent")
        CHANGED = "endret", _("Godkjent med endret beløp")
        POSTPONED = "utsatt", _("Utsatt")
        REFUSED = "avslatt", _("Ikke godkjent")

    plan = TenantForeignKey(Handlingsplan, models.CASCADE, related_name="punkter")
    tiltak = TenantForeignKey(Tiltak, models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField("rekkefølge", default=1)
    theme = models.CharField("tiltak", max_length=200)
    enhet = TenantForeignKey(
        Enhet, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="enhet"
    )
    fokus = models.CharField("fokusområde", max_length=120, blank=True)
    costs = models.JSONField("kostnader", default=dict)
    proposed = models.PositiveIntegerField("foreslått (kr)", default=0)
    verdict = models.CharField("vedtak", max_length=8, choices=Verdict, blank=True)
    approved = models.PositiveIntegerField("godkjent (kr)", default=0)
    reason = models.CharField("begrunnelse", max_length=400, blank=True)

    class Meta:
        verbose_name = "punkt i handlingsplan"
        verbose_name_plural = "punkter i handlingsplaner"
        ordering = ("order", "pk")
        constraints = [
            models.UniqueConstraint(
                name="handlingspunkt_once", fields=["kommune", "plan", "tiltak"]
            ),
            models.CheckConstraint(
                name="handlingspunkt_approved_as_said",
                condition=Q(verdict="godkjent", approved=F("proposed"))
                | Q(verdict="endret") & ~Q(approved=F("proposed"))
                | Q(verdict__in=("", "utsatt", "avslatt"), approved=0),
            ),
            models.CheckConstraint(
                name="handlingspunkt_other_than_proposed_has_reason",
                condition=Q(verdict__in=("", "godkjent")) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.theme


class Kontodel(TenantModel):
    """A part of the budget's account string, `ansvar`, and where its code is from."""

    class Source(models.TextChoices):
        KIND = "kostnad", _("Slag kostnad")
        UNIT = "enhet", _("Enhet")
        FOCUS = "fokus", _("Fokusområde")
        FIXED = "fast", _("Samme kode for alt")

    order = models.PositiveSmallIntegerField("rekkefølge")
    name = models.CharField("navn", max_length=40)
    source = models.CharField("koden følger", max_length=8, choices=Source)
    default = models.CharField("kode når ingen annen er satt", max_length=20, blank=True)

    class Meta:
        verbose_name = "del av kontostrengen"
        verbose_name_plural = "deler av kontostrengen"
        ordering = ("order", "pk")
        constraints = [
            models.UniqueConstraint(name="kontodel_once", fields=["kommune", "name"]),
        ]

    def __str__(self) -> str:
        return self.name


class Kontokode(TenantModel):
    """The code of one kind of cost, unit or focus area: `key` is its value, code or name."""

    part = TenantForeignKey(Kontodel, models.CASCADE, related_name="koder")
    key = models.CharField("for", max_length=120)
    code = models.CharField("kode", max_length=20)

    class Meta:
        verbose_name = "kontokode"
        verbose_name_plural = "kontokoder"
        ordering = ("key",)
        constraints = [
            models.UniqueConstraint(name="kontokode_once", fields=["kommune", "part", "key"]),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.code}"
