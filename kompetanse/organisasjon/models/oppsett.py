"""What a Kommune has chosen for itself."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner.models import TenantModel


class For(models.TextChoices):
    """For whom a rule of logging in holds."""

    NONE = "none", _("Ingen")
    DECIDERS = "deciders", _("De som vedtar eller styrer")
    ALL = "all", _("Alle ansatte")


class Oppsett(TenantModel):
    """The Kommune's settings: one row, made at the first change; until then the defaults.

    The goal for full-time culture is 75 per cent in Modum's plan for health and social services.
    """

    fulltime_goal = models.PositiveSmallIntegerField(
        "mål for gjennomsnittlig stillingsstørrelse (%)", default=75
    )
    second_factor = models.CharField(
        "krav om to trinn ved innlogging", max_length=8, choices=For, default=For.NONE
    )
    openid_for = models.CharField(
        "krav om innlogging med OpenID", max_length=8, choices=For, default=For.NONE
    )
    hr_leavers_limit = models.PositiveSmallIntegerField(
        "hvor mange prosent som kan slutte uten ekstra bekreftelse", default=5
    )
    asks_for_discussion = models.BooleanField(
        "planer skal drøftes med de tillitsvalgte før de vedtas", default=True
    )
    version = models.PositiveIntegerField("versjon", default=0)

    class Meta:
        verbose_name = "oppsett"
        verbose_name_plural = "oppsett"
        constraints = [
            models.UniqueConstraint(name="oppsett_once", fields=["kommune"]),
            models.CheckConstraint(
                name="oppsett_fulltime_goal_1_100", condition=Q(fulltime_goal__range=(1, 100))
            ),
            models.CheckConstraint(
                name="oppsett_hr_leavers_limit_0_100",
                condition=Q(hr_leavers_limit__range=(0, 100)),
            ),
        ]

    def __str__(self) -> str:
        return "oppsett"
