"""Professional networks and working groups: mandate, contact persons, members, activity."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt, Enhet


class Nettverk(TenantModel):
    """A network or a working group that all employees can find."""

    class Kind(models.TextChoices):
        NETWORK = "nettverk", _("Fagnettverk")
        GROUP = "gruppe", _("Arbeidsgruppe")

    class Status(models.TextChoices):
        ACTIVE = "aktiv", _("Aktivt")
        RESTING = "hviler", _("Hviler")
        ENDED = "avsluttet", _("Avsluttet")

    name = models.CharField("navn", max_length=120)
    kind = models.CharField("slag", max_length=8, choices=Kind, default=Kind.NETWORK)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.ACTIVE)
    mandate = models.TextField("mandat")
    enhet = TenantForeignKey(
        Enhet, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="for enhet"
    )
    rhythm = models.CharField("hvor ofte det møtes", max_length=80, blank=True)
    starts = models.DateField("fra", null=True, blank=True)
    ends = models.DateField("til", null=True, blank=True)
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "nettverk"
        verbose_name_plural = "nettverk"
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(name="nettverk_name_once", fields=["kommune", "name"]),
            models.CheckConstraint(
                name="nettverk_days_in_order",
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=F("starts")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Nettverksmedlem(TenantModel):
    """An employee in the network; a contact person leads it and is whom others ask."""

    nettverk = TenantForeignKey(Nettverk, models.CASCADE, related_name="medlemmer")
    ansatt = TenantForeignKey(Ansatt, models.CASCADE, related_name="+")
    is_contact = models.BooleanField("kontaktperson", default=False)
    since = models.DateField("med fra", default=clock.today)

    class Meta:
        verbose_name = "nettverksmedlem"
        verbose_name_plural = "nettverksmedlemmer"
        constraints = [
            models.UniqueConstraint(
                name="nettverksmedlem_once", fields=["kommune", "nettverk", "ansatt"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nettverk_id} {self.ansatt_id}"


class Nettverksaktivitet(TenantModel):
    """What the network has done or plans on a day; `present` is how many came."""

    nettverk = TenantForeignKey(Nettverk, models.CASCADE, related_name="aktiviteter")
    on = models.DateField("dato")
    title = models.CharField("hva", max_length=160)
    text = models.TextField("beskrivelse", blank=True)
    present = models.PositiveSmallIntegerField("antall til stede", null=True, blank=True)
    by = TenantForeignKey(Ansatt, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = "aktivitet i nettverket"
        verbose_name_plural = "aktiviteter i nettverket"
        ordering = ("-on", "-pk")

    def __str__(self) -> str:
        return self.title
