"""Adopted plans as anyone may read them."""

from django.db import models
from django.db.models import Q

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from planer.models.horing import ONE_PLAN
from planer.models.langplan import Langplan
from planer.models.opplaringsplan import Opplaringsplan
from planer.models.strategi import Strategiplan


class Offentligplan(TenantModel):
    """An adopted plan as anyone may read it, without persons. Its id is its address for good.

    `content` is all that the public page and its PDF are made from; nothing else is read there.
    """

    strategiplan = TenantForeignKey(
        Strategiplan, models.PROTECT, null=True, blank=True, related_name="+"
    )
    langplan = TenantForeignKey(Langplan, models.PROTECT, null=True, blank=True, related_name="+")
    opplaringsplan = TenantForeignKey(
        Opplaringsplan, models.PROTECT, null=True, blank=True, related_name="+"
    )
    replaced_by = TenantForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="erstattet av"
    )
    title = models.CharField("tittel", max_length=250)
    adopted_on = models.DateField("vedtatt")
    content = models.JSONField("innhold")
    published_at = models.DateTimeField("publisert", default=clock.now)

    class Meta:
        verbose_name = "offentlig plan"
        verbose_name_plural = "offentlige planer"
        ordering = ("-adopted_on", "-pk")
        constraints = [
            models.CheckConstraint(name="offentligplan_of_one_plan", condition=ONE_PLAN),
            *(
                models.UniqueConstraint(
                    name=f"offentligplan_{kind}_once",
                    fields=["kommune", kind],
                    condition=Q(**{f"{kind}__isnull": False}),
                )
                for kind in ("strategiplan", "langplan", "opplaringsplan")
            ),
        ]

    def __str__(self) -> str:
        return self.title
