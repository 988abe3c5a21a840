"""The decision on an application. Money is whole NOK."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt
from soknader.models.soknad import Soknad


class Vedtak(TenantModel):
    """The decision on an application. A draft may change; a decided one is only replaced."""

    class Outcome(models.TextChoices):
        GRANTED = "granted", _("Innvilget")
        PARTLY = "partly", _("Delvis innvilget")
        WAITING = "waiting", _("Venteliste")
        REFUSED = "refused", _("Avslag")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Utkast")
        DECIDED = "decided", _("Vedtatt")
        REPLACED = "replaced", _("Erstattet")

    soknad = TenantForeignKey(Soknad, models.PROTECT, related_name="vedtak")
    outcome = models.CharField("utfall", max_length=8, choices=Outcome)
    amount = models.PositiveIntegerField("beløp (kr)", default=0)
    leave_days = models.PositiveSmallIntegerField("dager fri med lønn", default=0)
    # When the employee has another day than the round's to say yes, as from the waiting list.
    accept_by = models.DateField("frist for å takke ja", null=True, blank=True)
    # What a no, or a deadline that passed, gave back to the frame.
    released = models.PositiveIntegerField("frigitt (kr)", default=0)
    reason = models.TextField("begrunnelse", blank=True)
    conditions = models.TextField("vilkår", blank=True)
    status = models.CharField("status", max_length=8, choices=Status, default=Status.DRAFT)
    decided_at = models.DateTimeField("vedtatt", null=True, blank=True)
    decided_by = TenantForeignKey(Ansatt, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField("i rollen", max_length=60, blank=True)
    supersedes = TenantForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    class Meta:
        verbose_name = "vedtak"
        verbose_name_plural = "vedtak"
        constraints = [
            models.UniqueConstraint(
                name="vedtak_one_draft", fields=["kommune", "soknad"], condition=Q(status="draft")
            ),
            models.UniqueConstraint(
                name="vedtak_one_in_force",
                fields=["kommune", "soknad"],
                condition=Q(status="decided"),
            ),
            models.CheckConstraint(
                name="vedtak_decided_has_moment_and_person",
                condition=Q(status="draft") | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="vedtak_money_only_when_granted",
                condition=Q(outcome__in=("granted", "partly")) | Q(amount=0, leave_days=0),
            ),
            models.CheckConstraint(
                name="vedtak_released_within_amount", condition=Q(released__lte=F("amount"))
            ),
            models.CheckConstraint(
                name="vedtak_refusal_has_reason",
                condition=Q(status="draft") | ~Q(outcome="refused") | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()

    @property
    def gives_support(self) -> bool:
        return self.outcome in {self.Outcome.GRANTED, self.Outcome.PARTLY}

    @property
    def held(self) -> int:
        """What the decision still holds of the frame, NOK."""
        return self.amount - self.released
