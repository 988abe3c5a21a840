"""What is promised and paid of a grant, kind by kind. Money is whole NOK."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import Fil, TenantModel
from kompetanse.organisasjon.models import Ansatt
from soknader.models.soknad import Soknad


class Kostnad(models.TextChoices):
    """What support is given for, in the application's own order."""

    TUITION = "tuition", _("Studieavgift og eksamensavgift")
    BOOKS = "books", _("Bøker")
    TRAVEL = "travel", _("Reise")
    OTHER = "other_cost", _("Annet")


class Tilsagn(TenantModel):
    """What the employee can get for one kind of cost, and what of it is approved.

    `paid` moves only by a conditional UPDATE and can never exceed `amount`.
    """

    soknad = TenantForeignKey(Soknad, models.PROTECT, related_name="tilsagn")
    kind = models.CharField("gjelder", max_length=10, choices=Kostnad)
    amount = models.PositiveIntegerField("innvilget (kr)")
    paid = models.PositiveIntegerField("godkjent (kr)", default=0)

    class Meta:
        verbose_name = "tilsagn"
        verbose_name_plural = "tilsagn"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(name="tilsagn_once", fields=["kommune", "soknad", "kind"]),
            models.CheckConstraint(
                name="tilsagn_paid_within_amount", condition=Q(paid__lte=F("amount"))
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def left(self) -> int:
        """What can still be approved, NOK."""
        return self.amount - self.paid


class Utbetaling(TenantModel):
    """A receipt that the employee asks to have paid. `approved` is what was granted of it."""

    class Status(models.TextChoices):
        SENT = "sent", _("Til godkjenning")
        APPROVED = "approved", _("Godkjent")
        REFUSED = "refused", _("Avslått")
        PAID = "paid", _("Overført til lønn")

    tilsagn = TenantForeignKey(Tilsagn, models.PROTECT, related_name="utbetalinger")
    status = models.CharField("status", max_length=8, choices=Status, default=Status.SENT)
    amount = models.PositiveIntegerField("beløp (kr)")
    approved = models.PositiveIntegerField("godkjent (kr)", default=0)
    spent_on = models.DateField("dato på kvitteringen")
    text = models.CharField("hva det gjelder", max_length=200, blank=True)
    fil = TenantForeignKey(Fil, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField("sendt", default=clock.now)
    decided_at = models.DateTimeField("behandlet", null=True, blank=True)
    decided_by = TenantForeignKey(Ansatt, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField("begrunnelse", max_length=500, blank=True)
    paid_at = models.DateTimeField("overført til lønn", null=True, blank=True)

    class Meta:
        verbose_name = "utbetaling"
        verbose_name_plural = "utbetalinger"
        ordering = ("-sent_at", "-pk")
        constraints = [
            models.CheckConstraint(name="utbetaling_of_something", condition=Q(amount__gte=1)),
            models.CheckConstraint(
                name="utbetaling_approved_within_amount", condition=Q(approved__lte=F("amount"))
            ),
            models.CheckConstraint(
                name="utbetaling_decided_has_moment_and_person",
                condition=Q(status="sent") | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="utbetaling_refusal_has_reason",
                condition=~Q(status="refused") | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="utbetaling_approved_only_when_approved",
                condition=Q(status__in=("approved", "paid"), approved__gte=1)
                | Q(status__in=("sent", "refused"), approved=0),
            ),
        ]
        indexes = [models.Index(name="utbetaling_status", fields=["kommune", "status"])]

    def __str__(self) -> str:
        return f"Utbetaling {self.pk}"
