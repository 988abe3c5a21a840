"""The distribution of a received grant to units. Money is whole NOK."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import Fil, TenantModel
from kompetanse.organisasjon.models import Ansatt, Enhet
from kompetanse.varsler.models import Kjoring
from rapporter.models.svar import Svarlinje, Tilskuddssvar


class Fordeling(TenantModel):
    """Who gets what of the grant. When it is approved, `snapshot` keeps every word and figure."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Under arbeid")
        PROPOSED = "proposed", _("Til godkjenning")
        APPROVED = "approved", _("Godkjent")

    svar = TenantForeignKey(Tilskuddssvar, models.PROTECT, related_name="fordelinger")
    status = models.CharField("status", max_length=8, choices=Status, default=Status.DRAFT)
    reason = models.CharField("grunn til å sende tilbake", max_length=500, blank=True)
    version = models.PositiveIntegerField("versjon", default=1)
    snapshot = models.JSONField("som godkjent", null=True, blank=True)
    approved_at = models.DateTimeField("godkjent", null=True, blank=True)
    approved_by = TenantForeignKey(Ansatt, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField("i rollen", max_length=60, blank=True)
    fil = TenantForeignKey(Fil, models.PROTECT, null=True, blank=True, related_name="+")
    kjoring = TenantForeignKey(Kjoring, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("fordeling av tilskudd")
        verbose_name_plural = "fordelinger av tilskudd"
        constraints = [
            models.UniqueConstraint(name="fordeling_once", fields=["kommune", "svar"]),
            models.CheckConstraint(
                name="fordeling_approved_is_whole",
                condition=~Q(status="approved")
                | Q(approved_at__isnull=False, approved_by__isnull=False, snapshot__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Fordeling {self.pk}"


class Fordelingspost(TenantModel):
    """What one unit gets of one line."""

    fordeling = TenantForeignKey(Fordeling, models.CASCADE, related_name="poster")
    svarlinje = TenantForeignKey(Svarlinje, models.PROTECT, related_name="poster")
    enhet = TenantForeignKey(Enhet, models.PROTECT, related_name="+")
    amount = models.PositiveIntegerField("beløp (kr)")

    class Meta:
        verbose_name = "post i fordelingen"
        verbose_name_plural = "poster i fordelingen"
        constraints = [
            models.UniqueConstraint(
                name="fordelingspost_once", fields=["kommune", "fordeling", "svarlinje", "enhet"]
            ),
            models.CheckConstraint(name="fordelingspost_gives", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.enhet_id}: {self.amount}"


class Tilskuddsbrev(TenantModel):
    """The letter to one unit on what it gets of an approved distribution; made once."""

    fordeling = TenantForeignKey(Fordeling, models.PROTECT, related_name="brev")
    enhet = TenantForeignKey(Enhet, models.PROTECT, related_name="+")
    fil = TenantForeignKey(Fil, models.PROTECT, related_name="+")
    at = models.DateTimeField("laget", default=clock.now)

    class Meta:
        verbose_name = "tilskuddsbrev"
        verbose_name_plural = "tilskuddsbrev"
        ordering = ("enhet__name", "pk")
        constraints = [
            models.UniqueConstraint(
                name="tilskuddsbrev_once", fields=["kommune", "fordeling", "enhet"]
            ),
        ]

    def __str__(self) -> str:
        return f"Brev til {self.enhet_id}"
