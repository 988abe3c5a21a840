"""The report on a grant: goals, årsverk, texts and accounts. Money is whole NOK."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import Fil, TenantModel
from rapporter.models.innsending import Innsending
from rapporter.models.svar import Svarlinje, Tilskuddssvar


class Tilskuddsrapport(Innsending):
    """The report on what was received. Merged Kommuner report each on their own.

    `texts` is by area. `workbook` is the county's prefilled file, `filled` the same with our
    cells in it, and `attestation` what the auditor wrote.
    """

    svar = TenantForeignKey(Tilskuddssvar, models.PROTECT, related_name="rapporter")
    texts: Any = models.JSONField("tekst for hvert område", default=dict, blank=True)
    workbook = TenantForeignKey(Fil, models.PROTECT, null=True, blank=True, related_name="+")
    filled = TenantForeignKey(Fil, models.PROTECT, null=True, blank=True, related_name="+")
    attestation = TenantForeignKey(Fil, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField("opprettet", default=clock.now)

    class Meta:
        verbose_name = _("tilskuddsrapport")
        verbose_name_plural = "tilskuddsrapporter"
        constraints = [
            models.UniqueConstraint(name="tilskuddsrapport_once", fields=["kommune", "svar"]),
            *Innsending.Meta.constraints,
        ]

    def __str__(self) -> str:
        return f"Tilskuddsrapport {self.pk}"


class Rapportlinje(TenantModel):
    """What the advisor writes of a line: corrections with their reason, and what is carried over.

    A figure that is None is counted from the education and the plan.
    """

    FIGURES = ("planned", "started", "in_education", "completed", "broken_off")

    rapport = TenantForeignKey(Tilskuddsrapport, models.CASCADE, related_name="linjer")
    svarlinje = TenantForeignKey(Svarlinje, models.PROTECT, related_name="+")
    planned = models.PositiveSmallIntegerField("planlagt", null=True, blank=True)
    started = models.PositiveSmallIntegerField("startet", null=True, blank=True)
    in_education = models.PositiveSmallIntegerField("under utdanning", null=True, blank=True)
    completed = models.PositiveSmallIntegerField("fullført", null=True, blank=True)
    broken_off = models.PositiveSmallIntegerField("avbrutt", null=True, blank=True)
    reason = models.CharField("grunn til rettelsen", max_length=500, blank=True)
    broken_off_because = models.CharField("hvorfor noen avbrøt", max_length=500, blank=True)
    comment = models.TextField("måloppnåelse", blank=True)
    carry_over = models.PositiveIntegerField("søkes overført (kr)", default=0)

    class Meta:
        verbose_name = "linje i tilskuddsrapporten"
        verbose_name_plural = "linjer i tilskuddsrapporten"
        ordering = ("svarlinje__linje__priority", "pk")
        constraints = [
            models.UniqueConstraint(
                name="rapportlinje_once", fields=["kommune", "rapport", "svarlinje"]
            ),
            models.CheckConstraint(
                name="rapportlinje_correction_has_reason",
                condition=~Q(reason="")
                | Q(
                    planned__isnull=True,
                    started__isnull=True,
                    in_education__isnull=True,
                    completed__isnull=True,
                    broken_off__isnull=True,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Rapportlinje {self.svarlinje_id}"
