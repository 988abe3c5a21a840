"""What a leader asks the applicant before stating, and the applicant's answer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt
from soknader.models.soknad import Soknad


class Sporsmal(TenantModel):
    """A question that puts the application back to the employee until it is answered.

    `answer_by` is the last day to answer. A statement that is given without waiting closes it.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("Venter på svar")
        ANSWERED = "answered", _("Besvart")
        CLOSED = "closed", _("Lukket uten svar")

    soknad = TenantForeignKey(Soknad, models.CASCADE, related_name="sporsmal")
    status = models.CharField("status", max_length=8, choices=Status, default=Status.OPEN)
    text = models.TextField("spørsmål")
    by = TenantForeignKey(Ansatt, models.PROTECT, related_name="+")
    at = models.DateTimeField("stilt", default=clock.now)
    answer_by = models.DateField("svar innen")
    answer = models.TextField("svar", blank=True)
    answered_by = TenantForeignKey(Ansatt, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField("besvart", null=True, blank=True)

    class Meta:
        verbose_name = "spørsmål"
        verbose_name_plural = "spørsmål"
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(
                name="sporsmal_one_open", fields=["kommune", "soknad"], condition=Q(status="open")
            ),
            models.CheckConstraint(
                name="sporsmal_answered_has_answer",
                condition=~Q(status="answered")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
            ),
        ]
        indexes = [models.Index(name="sporsmal_soknad", fields=["kommune", "soknad"])]

    def __str__(self) -> str:
        return f"Spørsmål {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN
