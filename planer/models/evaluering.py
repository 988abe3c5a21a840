"""Evaluations of the plan work, and what they changed in the plan."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt, Enhet
from planer.models.mote import Mote
from planer.models.tiltak import Tiltak


class Evaluering(TenantModel):
    """An evaluation of a year's plan, along the way or once a year, with its three questions.

    `figures` are those of the day it was finished; from then on nothing of it is edited.
    """

    class Kind(models.TextChoices):
        ALONG = "underveis", _("Underveis")
        YEARLY = "arlig", _("Årlig")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Utkast")
        DONE = "done", _("Fullført")

    year = models.PositiveSmallIntegerField("plan for år")
    kind = models.CharField("slag", max_length=10, choices=Kind)
    enhet = TenantForeignKey(
        Enhet, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="enhet"
    )
    held_on = models.DateField("dato")
    mote = TenantForeignKey(
        Mote, models.SET_NULL, null=True, blank=True, related_name="evalueringer"
    )
    carried_out = models.TextField("gjennomført som planlagt", blank=True)
    goals_met = models.TextField("målene nådd", blank=True)
    must_change = models.TextField("hva må endres", blank=True)
    figures = models.JSONField("tall", null=True)
    status = models.CharField("status", max_length=8, choices=Status, default=Status.DRAFT)
    by = TenantForeignKey(Ansatt, models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "evaluering"
        verbose_name_plural = "evalueringer"
        ordering = ("-held_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                name="evaluering_one_yearly",
                fields=["kommune", "year", "enhet"],
                condition=Q(kind="arlig"),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} evaluering {self.year}"


class Planendring(TenantModel):
    """A change in the plan that an evaluation led to, with its reason."""

    class Kind(models.TextChoices):
        MOVED = "flyttet", _("Flyttet til neste halvår")
        POSTPONED = "utsatt", _("Utsatt")
        CANCELLED = "avlyst", _("Avlyst")
        NEW = "nytt", _("Nytt tiltak")

    evaluering = TenantForeignKey(Evaluering, models.PROTECT, related_name="endringer")
    tiltak = TenantForeignKey(Tiltak, models.PROTECT, related_name="planendringer")
    kind = models.CharField("endring", max_length=10, choices=Kind)
    before = models.CharField("før", max_length=120, blank=True)
    after = models.CharField("etter", max_length=120)
    reason = models.CharField("begrunnelse", max_length=500)
    at = models.DateTimeField("tid", default=clock.now)
    by = TenantForeignKey(Ansatt, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = "planendring"
        verbose_name_plural = "planendringer"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reason}"
