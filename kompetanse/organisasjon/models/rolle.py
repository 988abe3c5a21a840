"""Who holds which role where, and when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models.ansatt import Ansatt
from kompetanse.organisasjon.models.enhet import Enhet


class Rolle(TenantModel):
    """Who holds which role, for a unit and all below it, from–to, and who gave it."""

    class Kode(models.TextChoices):
        ANSATT = "ansatt", _("Ansatt")
        LEDER = "leder", _("Leder")
        VIRKSOMHETSLEDER = "virksomhetsleder", _("Virksomhetsleder")
        FAGRADGIVER = "fagradgiver", _("Fagrådgiver")
        TILLITSVALGT = "tillitsvalgt", _("Tillitsvalgt")
        VERNEOMBUD = "verneombud", _("Verneombud")
        KOMPETANSETILLITSVALGT = "kompetansetillitsvalgt", _("Kompetansetillitsvalgt")
        STABSLEDER = "stabsleder", _("Stabsleder")
        KOMMUNALSJEF = "kommunalsjef", _("Kommunalsjef")
        KOMMUNEDIREKTOR = "kommunedirektor", _("Kommunedirektør")
        PERSONALSJEF = "personalsjef", _("Personalsjef")
        REGIONKOORDINATOR = "regionkoordinator", _("Regionkoordinator")
        SYSTEMANSVARLIG = "systemansvarlig", _("Systemansvarlig")

    ansatt = TenantForeignKey(Ansatt, models.CASCADE, related_name="roller")
    kode = models.CharField("rolle", max_length=24, choices=Kode)
    enhet = TenantForeignKey(Enhet, models.PROTECT, related_name="roller")
    union = models.CharField("organisasjon", max_length=60, blank=True)
    starts = models.DateField("fra", null=True, blank=True)
    ends = models.DateField("til", null=True, blank=True)
    given_by = TenantForeignKey(
        Ansatt, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="gitt av"
    )
    given_at = models.DateTimeField("gitt", null=True, blank=True, default=clock.now)
    ended_by = TenantForeignKey(
        Ansatt,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="avsluttet av",
    )

    class Meta:
        verbose_name = "rolle"
        verbose_name_plural = "roller"
        constraints = [
            models.UniqueConstraint(
                name="rolle_once",
                fields=["kommune", "ansatt", "kode", "enhet", "starts"],
                nulls_distinct=False,
            ),
        ]

    @property
    def is_self_given(self) -> bool:
        """Whether the holder gave the role to themself."""
        return self.given_by_id == self.ansatt_id

    def __str__(self) -> str:
        return self.get_kode_display()
