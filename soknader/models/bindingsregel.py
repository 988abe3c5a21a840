"""The municipality's rules of binding time, as parameters. Money is whole NOK, time is months."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner.models import TenantModel


class Falls(models.TextChoices):
    """How the debt falls while the binding time runs."""

    MONTHLY = "monthly", _("Like mye for hver hele måned")
    WHOLE = "whole", _("Ikke før bindingstiden er over")


class Begins(models.TextChoices):
    """When the binding time begins to run."""

    COMPLETED = "completed", _("Når studiet er fullført")
    SIGNED = "signed", _("Når begge har signert avtalen")


class Fravar(models.TextChoices):
    """Leave that can stop the clock."""

    PARENTAL = "parental", _("Foreldrepermisjon")
    SICK = "sick", _("Sykefravær")
    UNPAID = "unpaid", _("Ulønnet permisjon")


def usual_pauses() -> list[str]:
    return [Fravar.PARENTAL, Fravar.SICK]


class Bindingsregel(TenantModel):
    """What the municipality asks in return for support, as parameters that the advisor edits.

    A rule asks for a contract from `from_amount` (NOK) or from `from_leave_days`; where several
    do, the one with most months counts. No law gives binding time: it must be proportionate, so
    a rule binds for two years at most. Contracts keep the rule as it was when they were made.
    """

    MOST_MONTHS = 24

    name = models.CharField("navn", max_length=80)
    from_amount = models.PositiveIntegerField("gjelder fra (kr)", null=True, blank=True)
    from_leave_days = models.PositiveSmallIntegerField(
        "gjelder fra (dager fri med lønn)", null=True, blank=True
    )
    months = models.PositiveSmallIntegerField("bindingstid (måneder)")
    follows_study = models.BooleanField(
        "så lenge som studiet varer, til høyst dette", default=False
    )
    begins = models.CharField("løper fra", max_length=9, choices=Begins, default=Begins.COMPLETED)
    falls = models.CharField("gjelden faller", max_length=7, choices=Falls, default=Falls.MONTHLY)
    share = models.PositiveSmallIntegerField("andel som kan kreves tilbake (%)", default=100)
    ceiling = models.PositiveIntegerField("høyeste krav (kr)", null=True, blank=True)
    leave_rate = models.PositiveIntegerField("verdi av en dag fri (kr)", default=0)
    scales = models.BooleanField("kravet følger stillingsprosenten", default=False)
    pauses = models.JSONField("fravær som stopper tiden", default=usual_pauses)
    exceptions = models.TextField("når kommunen ikke krever noe tilbake", blank=True)
    is_active = models.BooleanField("i bruk", default=True)
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "regel for bindingstid"
        verbose_name_plural = "regler for bindingstid"
        ordering = ("months", "name")
        constraints = [
            models.UniqueConstraint(name="bindingsregel_name_once", fields=["kommune", "name"]),
            models.CheckConstraint(
                name="bindingsregel_months_1_24", condition=Q(months__range=(1, 24))
            ),
            models.CheckConstraint(
                name="bindingsregel_share_1_100", condition=Q(share__range=(1, 100))
            ),
            models.CheckConstraint(
                name="bindingsregel_asks_from_something",
                condition=Q(from_amount__isnull=False) | Q(from_leave_days__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name
