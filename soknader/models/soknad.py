"""One employee's application and what is attached to it. Money is whole NOK."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import Fil, TenantModel
from kompetanse.organisasjon.models import Ansatt
from planer.models import Fokusomrade
from soknader.enums import MONEY
from soknader.models.runde import Soknadsrunde, Utlysning


class Soknad(TenantModel):
    """One employee's application in a round. The status changes only through actions.

    `reason` and attachments are private: the employee, the leaders in line and the advisor.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Kladd")
        SUBMITTED = "submitted", _("Hos leder")
        RECOMMENDED = "recommended", _("I prioritering")
        DECIDED = "decided", _("Vedtatt")
        ANSWERED = "answered", _("Svar sendt")
        ACCEPTED = "accepted", _("Takket ja")
        DECLINED = "declined", _("Takket nei")
        WITHDRAWN = "withdrawn", _("Trukket")

    runde = TenantForeignKey(Soknadsrunde, models.PROTECT, related_name="soknader")
    ansatt = TenantForeignKey(Ansatt, models.PROTECT, related_name="soknader")
    registered_by = TenantForeignKey(
        Ansatt,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="registrert av",
    )
    # Since then the employee writes alone what someone else began.
    taken_over_at = models.DateTimeField("overtatt av søkeren", null=True, blank=True)
    status = models.CharField("status", max_length=12, choices=Status, default=Status.DRAFT)
    number = models.PositiveIntegerField("søknadsnummer", null=True, blank=True)

    study = models.CharField("studium", max_length=200, blank=True)
    institution = models.CharField("studiested", max_length=160, blank=True)
    credits = models.PositiveSmallIntegerField("studiepoeng", null=True, blank=True)
    starts = models.DateField("starter", null=True, blank=True)
    ends = models.DateField("slutter", null=True, blank=True)
    exams = models.PositiveSmallIntegerField("eksamener", null=True, blank=True)
    gatherings = models.PositiveSmallIntegerField(
        "samlingsdager på arbeidsdager", null=True, blank=True
    )
    leave_days = models.PositiveSmallIntegerField("dager fri med lønn", null=True, blank=True)
    shifts = models.TextField("hvordan vaktene kan løses", blank=True)
    tuition = models.PositiveIntegerField("studieavgift (kr)", null=True, blank=True)
    books = models.PositiveIntegerField("bøker (kr)", null=True, blank=True)
    travel = models.PositiveIntegerField("reise (kr)", null=True, blank=True)
    other_cost = models.PositiveIntegerField("annet (kr)", null=True, blank=True)
    # Computed when the answers are kept: what a substitute costs, and what the schemes cover.
    substitute = models.PositiveIntegerField("vikar (kr)", null=True, blank=True)
    covered = models.PositiveIntegerField("dekkes av ordningene (kr)", null=True, blank=True)
    utlysning = TenantForeignKey(
        Utlysning,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="soknader",
        verbose_name="prioritert utdanning",
    )
    fokusomrade = TenantForeignKey(
        Fokusomrade,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="soknader",
        verbose_name="fokusområde",
    )
    exception = models.TextField("grunn til unntak fra prioriteringene", blank=True)
    reason = models.TextField("hvorfor du søker", blank=True)
    use_at_work = models.TextField("hvordan arbeidsplassen kan bruke det", blank=True)

    step = models.PositiveSmallIntegerField("kommet til steg", default=1)
    version = models.PositiveIntegerField("versjon", default=1)
    saved_at = models.DateTimeField("lagret", default=clock.now)
    submitted_at = models.DateTimeField("sendt inn", null=True, blank=True)
    is_late = models.BooleanField("kom etter fristen", default=False)
    late_reason = models.TextField("hvorfor den kommer sent", blank=True)
    rank = models.PositiveSmallIntegerField("plass", null=True, blank=True)
    rank_reason = models.CharField("grunn til plassen", max_length=300, blank=True)
    replied_at = models.DateTimeField("svarte på tilbudet", null=True, blank=True)
    emptied_on = models.DateField("tekstene slettet", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "søknad"
        verbose_name_plural = "søknader"
        constraints = [
            models.UniqueConstraint(
                name="soknad_number_once", fields=["kommune", "runde", "number"]
            ),
            models.CheckConstraint(
                name="soknad_submitted_has_number",
                condition=Q(status__in=("draft", "withdrawn"))
                | Q(number__isnull=False, submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="soknad_ends_after_start",
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=F("starts")),
            ),
        ]
        indexes = [
            models.Index(name="soknad_ranked", fields=["kommune", "runde", "rank"]),
            models.Index(name="soknad_mine", fields=["kommune", "ansatt"]),
        ]

    def __str__(self) -> str:
        return self.study or "Søknad uten tittel"

    @property
    def cost(self) -> int:
        """What it costs in all, NOK: as the employee has written, and a substitute."""
        return sum(getattr(self, kind) or 0 for kind in MONEY)

    @property
    def lines(self) -> list[tuple[str, int]]:
        """What it costs, NOK by the kind's label; only kinds that cost something."""
        return [(str(kind.label), getattr(self, kind)) for kind in MONEY if getattr(self, kind)]

    @property
    def amount(self) -> int:
        """What is applied for in all, NOK: what the round's schemes cover, else all it costs."""
        return self.cost if self.covered is None else self.covered

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def reference(self) -> str:
        """The number as people write it, 2026-0143; empty before it is sent. Reads the round."""
        return str(self.runde.reference(self.number))


class Vedlegg(TenantModel):
    soknad = TenantForeignKey(Soknad, models.CASCADE, related_name="vedlegg")
    fil = TenantForeignKey(Fil, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "vedlegg"
        verbose_name_plural = "vedlegg"
        constraints = [
            models.UniqueConstraint(name="vedlegg_once", fields=["kommune", "soknad", "fil"]),
        ]

    def __str__(self) -> str:
        return f"Vedlegg {self.pk}"
