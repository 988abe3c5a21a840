"""What the leader says of an application."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt
from soknader.models.soknad import Soknad


class Uttalelse(TenantModel):
    """The leader's recommendation. A new one replaces the old as long as nothing is decided.

    `condition` is what must be in place for «Støtter hvis»; `substitutes` how many shifts somebody
    must be found for, in all.
    """

    class Verdict(models.TextChoices):
        SUPPORTS = "supports", _("Støtter")
        OPPOSES = "opposes", _("Støtter ikke")
        CONDITIONAL = "conditional", _("Støtter hvis")

    soknad = TenantForeignKey(Soknad, models.CASCADE, related_name="uttalelser")
    verdict = models.CharField("uttalelse", max_length=12, choices=Verdict)
    text = models.TextField("begrunnelse")
    condition = models.TextField("vilkår for å støtte", blank=True)
    staffing = models.TextField("følger for bemanningen", blank=True)
    substitutes = models.PositiveSmallIntegerField(
        "vakter som trenger vikar", null=True, blank=True
    )
    by = TenantForeignKey(Ansatt, models.PROTECT, related_name="+")
    at = models.DateTimeField("gitt", default=clock.now)

    class Meta:
        verbose_name = "lederuttalelse"
        verbose_name_plural = "lederuttalelser"
        constraints = [
            models.UniqueConstraint(name="uttalelse_once", fields=["kommune", "soknad"]),
        ]

    def __str__(self) -> str:
        return self.get_verdict_display()
