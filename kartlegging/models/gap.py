"""The settled GAP analysis."""

from django.db import models
from django.db.models import Q

from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt
from planer.models import Fokusomrade


class Gapanalyse(TenantModel):
    """The year's GAP analysis, frozen: the figures as they were, and what was concluded.

    `figures` is a list of rows with names and counts, as queries.gap.FIGURES names them. A new
    analysis of the year supersedes the one before it; none is ever changed.
    """

    year = models.PositiveSmallIntegerField("år")
    comment = models.TextField("vurdering", blank=True)
    figures = models.JSONField("tall", default=list)
    settled_at = models.DateTimeField("låst")
    settled_by = TenantForeignKey(Ansatt, models.PROTECT, related_name="+")
    supersedes = TenantForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    class Meta:
        verbose_name = "GAP-analyse"
        verbose_name_plural = "GAP-analyser"
        ordering = ("-settled_at",)
        constraints = [
            models.UniqueConstraint(
                name="gapanalyse_first_once",
                fields=["kommune", "year"],
                condition=Q(supersedes__isnull=True),
            ),
            models.UniqueConstraint(
                name="gapanalyse_supersedes_once",
                fields=["kommune", "supersedes"],
                condition=Q(supersedes__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"GAP-analyse {self.year}"


class Gapprioritet(TenantModel):
    """A focus area that the GAP analysis ends in, in order."""

    gapanalyse = TenantForeignKey(Gapanalyse, models.CASCADE, related_name="prioriteter")
    fokusomrade = TenantForeignKey(Fokusomrade, models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField("plass")
    reason = models.CharField("begrunnelse", max_length=300, blank=True)

    class Meta:
        verbose_name = "prioritert fokusområde"
        verbose_name_plural = "prioriterte fokusområder"
        ordering = ("rank",)
        constraints = [
            models.UniqueConstraint(
                name="gapprioritet_rank_once", fields=["kommune", "gapanalyse", "rank"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank} {self.fokusomrade_id}"
