"""Erasures, how long things are kept, what the night removed, and files that were asked for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import Fil, TenantModel
from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler.models import Kjoring


class Sletting(TenantModel):
    """That a person is to be erased, or has been; never removed.

    `due_on` is the first night it may be done. What is held waits until someone lets it go.
    """

    class Ground(models.TextChoices):
        LEFT = "left", _("Lagringstiden er ute")
        ASKED = "asked", _("Den ansatte har bedt om det")
        RESTORED = "restored", _("Gjentatt etter gjenoppretting")

    ansatt = TenantForeignKey(Ansatt, models.PROTECT, related_name="slettinger")
    ground = models.CharField("grunn", max_length=8, choices=Ground)
    planned_at = models.DateTimeField("planlagt", default=clock.now)
    due_on = models.DateField("tidligst", null=True, blank=True)
    decided_by = TenantForeignKey(Ansatt, models.PROTECT, null=True, blank=True, related_name="+")
    held_reason = models.CharField("holdt tilbake fordi", max_length=300, blank=True)
    refused_at = models.DateTimeField("avslått", null=True, blank=True)
    answer = models.CharField("svar", max_length=500, blank=True)
    done_at = models.DateTimeField("slettet", null=True, blank=True)
    figures = models.JSONField("antall rader", default=dict)

    class Meta:
        verbose_name = "sletting"
        verbose_name_plural = "slettinger"
        ordering = ("due_on", "pk")
        constraints = [
            models.UniqueConstraint(
                name="sletting_one_open",
                fields=["kommune", "ansatt"],
                condition=Q(refused_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Sletting {self.pk}"


class Lagringstid(TenantModel):
    """How many months the Kommune keeps one kind of row, when it is not as proposed."""

    rule = models.CharField("regel", max_length=40)
    months = models.PositiveSmallIntegerField("måneder")

    class Meta:
        verbose_name = "lagringstid"
        verbose_name_plural = "lagringstider"
        constraints = [
            models.UniqueConstraint(name="lagringstid_once", fields=["kommune", "rule"]),
            models.CheckConstraint(
                name="lagringstid_months_1_240", condition=Q(months__range=(1, 240))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.months}"


class Rydding(TenantModel):
    """What a night erased: how many people, and how many rows of each kind."""

    on = models.DateField("natt til")
    at = models.DateTimeField("kjørt", default=clock.now)
    figures = models.JSONField("antall", default=dict)

    class Meta:
        verbose_name = "nattlig sletting"
        verbose_name_plural = "nattlige slettinger"
        ordering = ("-on",)
        constraints = [
            models.UniqueConstraint(name="rydding_once_a_night", fields=["kommune", "on"]),
        ]

    def __str__(self) -> str:
        return f"{self.on}"


class Uttrekk(TenantModel):
    """A file that someone asked for and a worker made; gone after a week.

    A document has the `fingerprint` of its content, and `underlag`, what it is made of, until it is
    made. `wanted` then says where it was asked for: to be fetched, that page must still be open.
    """

    class Kind(models.TextChoices):
        EVENTS = "events", _("Hendelser")
        PERSON = "person", _("Mine data")
        DOCUMENT = "document", _("Dokument")

    ansatt = TenantForeignKey(Ansatt, models.CASCADE, related_name="+")
    kind = models.CharField("slag", max_length=8, choices=Kind)
    wanted = models.JSONField("utvalg", default=dict)
    fil = TenantForeignKey(Fil, models.PROTECT, null=True, blank=True, related_name="+")
    underlag = TenantForeignKey(Fil, models.PROTECT, null=True, blank=True, related_name="+")
    fingerprint = models.CharField("fingeravtrykk", max_length=64, blank=True)
    kjoring = TenantForeignKey(Kjoring, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField("bedt om", default=clock.now)
    expires_at = models.DateTimeField("slettes")

    class Meta:
        verbose_name = "uttrekk"
        verbose_name_plural = "uttrekk"
        ordering = ("-asked_at",)
        constraints = [
            models.UniqueConstraint(
                name="uttrekk_one_of_a_document",
                fields=["kommune", "ansatt", "fingerprint"],
                condition=~Q(fingerprint=""),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
