"""The decision on an application, kind by kind. Money is whole NOK."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt
from soknader.enums import MONEY
from soknader.models.soknad import Soknad


class Vedtak(TenantModel):
    """The decision on an application. A draft may change; a decided one is only replaced.

    `amount` is the sum of what is granted by kind, and `frames` the ids of the units' frames that
    it counts against (Enhetsramme).
    """

    class Outcome(models.TextChoices):
        GRANTED = "granted", _("Innvilget")
        PARTLY = "partly", _("Delvis innvilget")
        WAITING = "waiting", _("Venteliste")
        REFUSED = "refused", _("Avslag")

    # The outcomes that give support, in full or in part.
    GIVES = (Outcome.GRANTED, Outcome.PARTLY)

    class Status(models.TextChoices):
        DRAFT = "draft", _("Utkast")
        DECIDED = "decided", _("Vedtatt")
        REPLACED = "replaced", _("Erstattet")

    soknad = TenantForeignKey(Soknad, models.PROTECT, related_name="vedtak")
    outcome = models.CharField("utfall", max_length=8, choices=Outcome)
    amount = models.PositiveIntegerField("beløp (kr)", default=0)
    tuition = models.PositiveIntegerField("studieavgift (kr)", default=0)
    books = models.PositiveIntegerField("bøker (kr)", default=0)
    travel = models.PositiveIntegerField("reise (kr)", default=0)
    other_cost = models.PositiveIntegerField("annet (kr)", default=0)
    substitute = models.PositiveIntegerField("vikar (kr)", default=0)
    leave_days = models.PositiveSmallIntegerField("dager fri med lønn", default=0)
    # When the employee has another day than the round's to say yes, as from the waiting list.
    accept_by = models.DateField("frist for å takke ja", null=True, blank=True)
    # What a no, or a deadline that passed, gave back to the frames.
    released = models.PositiveIntegerField("frigitt (kr)", default=0)
    released_days = models.PositiveSmallIntegerField("frigitte dager fri", default=0)
    reason = models.TextField("begrunnelse", blank=True)
    conditions = models.TextField("vilkår", blank=True)
    status = models.CharField("status", max_length=8, choices=Status, default=Status.DRAFT)
    decided_at = models.DateTimeField("vedtatt", null=True, blank=True)
    decided_by = TenantForeignKey(Ansatt, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField("i rollen", max_length=60, blank=True)
    frames = models.JSONField("rammer den teller mot", default=list)
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
                name="vedtak_released_days_within_leave",
                condition=Q(released_days__lte=F("leave_days")),
            ),
            models.CheckConstraint(
                name="vedtak_amount_is_the_sum",
                condition=Q(
                    amount=F("tuition")
                    + F("books")
                    + F("travel")
                    + F("other_cost")
                    + F("substitute")
                ),
            ),
            models.CheckConstraint(
                name="vedtak_refusal_has_reason",
                condition=Q(status="draft") | ~Q(outcome="refused") | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()

    @property
    def parts(self) -> dict[str, int]:
        """What is granted of each kind, NOK."""
        return {str(kind.value): getattr(self, kind) for kind in MONEY}

    @property
    def lines(self) -> list[tuple[str, int]]:
        """What is granted, NOK by the kind's label; only kinds that something is granted of."""
        return [(str(kind.label), getattr(self, kind)) for kind in MONEY if getattr(self, kind)]

    @property
    def personal(self) -> int:
        """What the employee can get, NOK: all but the unit's substitute."""
        return self.amount - self.substitute

    @property
    def gives_support(self) -> bool:
        return self.outcome in self.GIVES

    @property
    def is_released(self) -> bool:
        """Whether what it gave has been given back to the frames, all of it."""
        return bool(self.released or self.released_days)

    @property
    def held(self) -> int:
        """What the decision still holds of the frame, NOK."""
        return self.amount - self.released
