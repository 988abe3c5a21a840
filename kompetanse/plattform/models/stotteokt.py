"""When an operator looks into a Kommune."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantManager, TenantModel
from kompetanse.organisasjon.models import Ansatt
from kompetanse.plattform.models.operator import Operator


class Stotteokt(TenantModel):
    """A timed look into one Kommune by an operator: who, why, and from when to when.

    It is asked for, opens at once or when the Kommune has said yes, and ends by itself.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Venter på godkjenning")
        OPEN = "open", _("Pågår")
        ENDED = "ended", _("Avsluttet")
        REFUSED = "refused", _("Avvist")

    SHORTEST, LONGEST = 15, 120

    operator = models.ForeignKey(Operator, models.PROTECT, related_name="+")
    operator_name = models.CharField("hvem", max_length=120)
    reason = models.CharField("hvorfor", max_length=300)
    minutes = models.PositiveSmallIntegerField("varighet (minutter)")
    asked_at = models.DateTimeField("bedt om", default=clock.now)
    opened_at = models.DateTimeField("åpnet", null=True, blank=True)
    ends_at = models.DateTimeField("slutter", null=True, blank=True)
    ended_at = models.DateTimeField("avsluttet", null=True, blank=True)
    answered_by = TenantForeignKey(
        Ansatt, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="svart av"
    )
    ended_by = TenantForeignKey(
        Ansatt, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="stoppet av"
    )
    key_hash = models.CharField("nøkkel", max_length=64, blank=True)

    objects: ClassVar[TenantManager["Stotteokt"]] = TenantManager()
    # The policy shows an operator all Kommuner's rows; nobody else is shown more than their own.
    shared: ClassVar[models.Manager["Stotteokt"]] = models.Manager()

    class Meta:
        verbose_name = "støtteinnsyn"
        verbose_name_plural = "støtteinnsyn"
        base_manager_name = "objects"
        ordering = ("-asked_at",)
        constraints = [
            models.CheckConstraint(
                name="stotteokt_minutes_15_120", condition=Q(minutes__range=(15, 120))
            ),
            models.CheckConstraint(name="stotteokt_has_reason", condition=~Q(reason="")),
            models.UniqueConstraint(
                name="stotteokt_key_once",
                fields=["kommune", "key_hash"],
                condition=~Q(key_hash=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operator_id} {self.asked_at:%Y-%m-%d %H:%M}"

    def state(self, at: datetime) -> State:
        if self.opened_at is None:
            return self.State.REFUSED if self.ended_at else self.State.ASKED
        is_over = self.ended_at is not None or self.ends_at is None or at >= self.ends_at
        return self.State.ENDED if is_over else self.State.OPEN

    def is_open(self, at: datetime) -> bool:
        return self.state(at) == self.State.OPEN


class Stottevalg(TenantModel):
    """Whether the Kommune wants to be asked first; one row once it has chosen."""

    asks_first = models.BooleanField("driften skal spørre først", default=False)

    class Meta:
        verbose_name = "valg om innsyn fra driften"
        verbose_name_plural = "valg om innsyn fra driften"
        constraints = [models.UniqueConstraint(name="stottevalg_once", fields=["kommune"])]

    def __str__(self) -> str:
        return "spør først" if self.asks_first else "åpnes med det samme"
