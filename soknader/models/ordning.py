"""Support schemes, which of them a round applies, and the frames that grants count against.

Money is whole NOK, leave is whole days.
"""

from django.db import models
from django.db.models import F, Q

from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import Kommune, TenantModel
from kompetanse.organisasjon.models import Enhet
from soknader.enums import Slag
from soknader.models.bindingsregel import Bindingsregel
from soknader.models.runde import Soknadsrunde


class Stotteordning(TenantModel):
    """One version of a support scheme: what is covered, by which rates, from when.

    A version is never changed, so that a round keeps those it applied. The newest of a name that
    is in use on a day is the one that a new round is offered. `share` is per cent of the cost,
    `ceiling` NOK (days for leave), `rate` NOK: for a substitute each day of leave, else the most
    for each credit. Leave is counted from exams: `exam_days` and `study_days` for each. The name
    and the text are in the målform `lang`; `name_other` and `text_other` say them in the other.

    Source: HTA 14 (leave with pay for exams, and two study days before each) for the usual days.
    """

    kind = models.CharField("slag", max_length=10, choices=Slag)
    name = models.CharField("navn", max_length=80)
    version = models.PositiveIntegerField("versjon", default=1)
    in_use_from = models.DateField("i bruk fra")
    text = models.CharField("hva den dekker", max_length=400, blank=True)
    lang = models.CharField(
        "målform", max_length=2, choices=Kommune.Maalform, default=Kommune.Maalform.BOKMAAL
    )
    name_other = models.CharField("navn, andre målform", max_length=80, blank=True)
    text_other = models.CharField("hva den dekker, andre målform", max_length=400, blank=True)
    source = models.CharField("hjemmel", max_length=120, blank=True)
    share = models.PositiveSmallIntegerField("andel som dekkes (%)", default=100)
    ceiling = models.PositiveIntegerField("tak", null=True, blank=True)
    per_year = models.BooleanField("taket gjelder for hvert studieår", default=False)
    rate = models.PositiveIntegerField("sats (kr)", null=True, blank=True)
    exam_days = models.PositiveSmallIntegerField("eksamensdager per eksamen", default=1)
    study_days = models.PositiveSmallIntegerField("lesedager før hver eksamen", default=2)
    regel = TenantForeignKey(
        Bindingsregel,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="regel for bindingstid",
    )
    is_active = models.BooleanField("i bruk", default=True)

    class Meta:
        verbose_name = "støtteordning"
        verbose_name_plural = "støtteordninger"
        ordering = ("kind", "name", "-version")
        constraints = [
            models.UniqueConstraint(
                name="stotteordning_once", fields=["kommune", "name", "version"]
            ),
            models.CheckConstraint(
                name="stotteordning_share_1_100", condition=Q(share__range=(1, 100))
            ),
            models.CheckConstraint(
                name="stotteordning_substitute_has_rate",
                condition=~Q(kind="substitute") | Q(rate__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Rundeordning(TenantModel):
    """A scheme that the round applies; one of each kind. `frame` is NOK, or days for leave.

    `granted` is what the decisions in force take of it; it moves only by a conditional UPDATE and
    can never exceed `frame`. Without a frame of its own the round's alone counts.
    """

    runde = TenantForeignKey(Soknadsrunde, models.CASCADE, related_name="ordninger")
    ordning = TenantForeignKey(Stotteordning, models.PROTECT, related_name="runder")
    kind = models.CharField("slag", max_length=10, choices=Slag)
    frame = models.PositiveIntegerField("ramme", null=True, blank=True)
    granted = models.PositiveIntegerField("innvilget", default=0)

    class Meta:
        verbose_name = "ordning i runden"
        verbose_name_plural = "ordninger i runden"
        constraints = [
            models.UniqueConstraint(name="rundeordning_once", fields=["kommune", "runde", "kind"]),
            models.CheckConstraint(
                name="rundeordning_granted_within_frame",
                condition=Q(frame__isnull=True) | Q(granted__lte=F("frame")),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Enhetsramme(TenantModel):
    """A frame of the round, NOK, for those who work in a unit and below it.

    `granted` is moved as that of Rundeordning. A decision keeps which frames it counts against,
    so that what is given back goes back where it was taken from, though people and units move.
    """

    runde = TenantForeignKey(Soknadsrunde, models.CASCADE, related_name="enhetsrammer")
    enhet = TenantForeignKey(Enhet, models.PROTECT, related_name="+", verbose_name="enhet")
    frame = models.PositiveIntegerField("ramme (kr)")
    granted = models.PositiveIntegerField("innvilget (kr)", default=0)

    class Meta:
        verbose_name = "ramme for en enhet"
        verbose_name_plural = "rammer for enheter"
        constraints = [
            models.UniqueConstraint(name="enhetsramme_once", fields=["kommune", "runde", "enhet"]),
            models.CheckConstraint(
                name="enhetsramme_granted_within_frame", condition=Q(granted__lte=F("frame"))
            ),
        ]

    def __str__(self) -> str:
        return f"Ramme {self.pk}"
