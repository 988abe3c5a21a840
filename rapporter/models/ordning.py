"""A county's grant scheme as one year announces it."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner.models import TenantModel

# Source: the counties say «over» or «from» 200 000 kr, so at exactly that it is required.
ATTESTED_FROM = 200_000


class Tilskuddsordning(TenantModel):
    """A grant scheme by year and county, as data: deadlines, head, columns, warnings, report.

    `columns`, `goal_columns` and `staff_columns` are lists of {"field": …, "heading": …} in the
    order of the county's form; `head` and `parts` likewise. `warnings` says by code how strictly
    a rule is taken. Empty means the usual. What is sent has its own copy and never changes.
    """

    class Strictness(models.TextChoices):
        OFF = "off", _("Sies ikke")
        ADVICE = "advice", _("Råd")
        FAULT = "fault", _("Må rettes")

    year = models.PositiveSmallIntegerField("tilskuddsår")
    name = models.CharField("navn", max_length=160)
    county = models.CharField("statsforvalter", max_length=120)
    ready_by = models.DateField("klar hos oss")
    deadline = models.DateField("statsforvalterens frist")
    distribute_by = models.DateField("fordeles innen", null=True, blank=True)
    report_by = models.DateField("rapport innen", null=True, blank=True)
    head: Any = models.JSONField("hodet", default=list, blank=True)
    columns: Any = models.JSONField("kolonner", default=list, blank=True)
    warnings: Any = models.JSONField("regler det sies fra om", default=dict, blank=True)
    parts: Any = models.JSONField("rapportens deler", default=list, blank=True)
    goal_columns: Any = models.JSONField("kolonner for måloppnåelse", default=list, blank=True)
    staff_columns: Any = models.JSONField("kolonner for årsverk", default=list, blank=True)
    attested_from = models.PositiveIntegerField(
        "revisors attestasjon kreves fra (kr)", default=ATTESTED_FROM
    )
    may_carry = models.BooleanField("ubrukte midler kan overføres ett år", default=True)
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "tilskuddsordning"
        verbose_name_plural = "tilskuddsordninger"
        ordering = ("-year", "name")
        constraints = [
            models.UniqueConstraint(
                name="tilskuddsordning_once", fields=["kommune", "year", "name"]
            ),
            models.CheckConstraint(
                name="tilskuddsordning_ready_in_time", condition=Q(ready_by__lte=F("deadline"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"
