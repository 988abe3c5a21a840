"""What the grant is spent on through the year, and what is moved between its lines. Whole NOK."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import Fil, TenantModel
from kompetanse.organisasjon.models import Ansatt
from rapporter.models.svar import Svarlinje, Tilskuddssvar


class Regnskapsinnlesing(TenantModel):
    """A file from the ledger on its way in: its columns, and what each row would become.

    `columns` are remembered for the next file. `rows` are emptied when it is done with.
    """

    class Status(models.TextChoices):
        MAPPING = "mapping", _("Venter på kolonner")
        CHECKED = "checked", _("Venter på bekreftelse")
        WRITTEN = "written", _("Ført")
        DISCARDED = "discarded", _("Forkastet")

    svar = TenantForeignKey(Tilskuddssvar, models.CASCADE, related_name="innlesinger")
    status = models.CharField("status", max_length=9, choices=Status, default=Status.MAPPING)
    file_name = models.CharField("fil", max_length=200)
    headings: Any = models.JSONField("overskrifter", default=list)
    columns: Any = models.JSONField("kolonner", default=dict)
    rows: Any = models.JSONField("rader", default=list)
    figures: Any = models.JSONField("tall", default=dict)
    version = models.PositiveIntegerField("versjon", default=1)
    at = models.DateTimeField("lastet opp", default=clock.now)
    by = TenantForeignKey(Ansatt, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "innlesing fra regnskapet"
        verbose_name_plural = "innlesinger fra regnskapet"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.file_name


class Postering(TenantModel):
    """A line of the accounts that belongs to a line of the grant; a credit note is negative.

    `part` counts the rows of one voucher. Only what the grant pays counts against the line.
    """

    class Payer(models.TextChoices):
        GRANT = "grant", _("Tilskuddet")
        OWN = "own", _("Egenandel")
        OTHER = "other", _("Annen finansiering")

    svar = TenantForeignKey(Tilskuddssvar, models.PROTECT, related_name="posteringer")
    svarlinje = TenantForeignKey(Svarlinje, models.PROTECT, related_name="posteringer")
    voucher = models.CharField("bilagsnummer", max_length=40)
    part = models.PositiveSmallIntegerField("rad i bilaget", default=1)
    posted_on = models.DateField("bilagsdato")
    account = models.CharField("konto", max_length=60, blank=True)
    text = models.CharField("tekst", max_length=200, blank=True)
    amount = models.IntegerField("beløp (kr)")
    payer = models.CharField("betales av", max_length=5, choices=Payer, default=Payer.GRANT)
    innlesing = TenantForeignKey(
        Regnskapsinnlesing, models.PROTECT, null=True, blank=True, related_name="posteringer"
    )
    at = models.DateTimeField("ført", default=clock.now)
    by = TenantForeignKey(Ansatt, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "postering"
        verbose_name_plural = "posteringer"
        ordering = ("-posted_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                name="postering_voucher_once", fields=["kommune", "svar", "voucher", "part"]
            ),
            models.CheckConstraint(name="postering_of_something", condition=~Q(amount=0)),
        ]
        indexes = [models.Index(name="postering_voucher", fields=["kommune", "voucher"])]

    def __str__(self) -> str:
        return f"{self.voucher}: {self.amount}"


class Omdisponering(TenantModel):
    """Money moved from one line to another, with the county's written consent. Never edited."""

    svar = TenantForeignKey(Tilskuddssvar, models.PROTECT, related_name="omdisponeringer")
    source = TenantForeignKey(Svarlinje, models.PROTECT, related_name="+", verbose_name="fra linje")
    target = TenantForeignKey(Svarlinje, models.PROTECT, related_name="+", verbose_name="til linje")
    amount = models.PositiveIntegerField("beløp (kr)")
    consented_by = models.CharField("hvem hos Statsforvalteren", max_length=120)
    consented_on = models.DateField("samtykkets dato")
    fil = TenantForeignKey(Fil, models.PROTECT, related_name="+", verbose_name="samtykket")
    at = models.DateTimeField("ført", default=clock.now)
    by = TenantForeignKey(Ansatt, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "omdisponering"
        verbose_name_plural = "omdisponeringer"
        ordering = ("consented_on", "pk")
        constraints = [
            models.CheckConstraint(name="omdisponering_gives", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="omdisponering_between_two", condition=~Q(source=F("target"))
            ),
            models.CheckConstraint(name="omdisponering_has_consent", condition=~Q(consented_by="")),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}: {self.amount}"
