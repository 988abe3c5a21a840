"""How a study with support goes, told term by term until it is completed or broken off."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import Fil, TenantModel
from kompetanse.organisasjon.models import Ansatt, Kompetanse
from soknader.models.soknad import Soknad


class Framdrift(TenantModel):
    """What the employee reports at the end of a term; `term` is its last day.

    A completed study waits for the leader, with the competence it gives and the evidence.
    """

    class Kind(models.TextChoices):
        IN_PROGRESS = "in_progress", _("I rute")
        DELAYED = "delayed", _("Forsinket")
        COMPLETED = "completed", _("Fullført")
        BROKEN_OFF = "broken_off", _("Avbrutt")

    class Status(models.TextChoices):
        TOLD = "told", _("Meldt")
        WAITING = "waiting", _("Venter på bekreftelse")
        CONFIRMED = "confirmed", _("Bekreftet av leder")
        RETURNED = "returned", _("Sendt tilbake")

    soknad = TenantForeignKey(Soknad, models.PROTECT, related_name="framdrift")
    term = models.DateField("termin til og med")
    kind = models.CharField("framdrift", max_length=11, choices=Kind)
    status = models.CharField("status", max_length=9, choices=Status, default=Status.TOLD)
    ends = models.DateField("ny dato for når studiet er ferdig", null=True, blank=True)
    ended_on = models.DateField("fullført eller avbrutt", null=True, blank=True)
    text = models.TextField("hva som har skjedd", blank=True)
    fil = TenantForeignKey(Fil, models.PROTECT, null=True, blank=True, related_name="+")
    kompetanse = TenantForeignKey(
        Kompetanse, models.PROTECT, null=True, blank=True, related_name="+"
    )
    level = models.PositiveSmallIntegerField("nivå", null=True, blank=True)
    at = models.DateTimeField("meldt", default=clock.now)
    decided_at = models.DateTimeField("behandlet", null=True, blank=True)
    decided_by = TenantForeignKey(Ansatt, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField("grunn til å sende tilbake", max_length=500, blank=True)

    class Meta:
        verbose_name = "framdrift"
        verbose_name_plural = "framdrift"
        ordering = ("-at", "-pk")
        constraints = [
            models.UniqueConstraint(
                name="framdrift_ends_once",
                fields=["kommune", "soknad"],
                condition=Q(kind__in=("completed", "broken_off"))
                & Q(status__in=("told", "waiting", "confirmed")),
            ),
            models.CheckConstraint(
                name="framdrift_level_1_4",
                condition=Q(level__isnull=True) | Q(level__range=(1, 4)),
            ),
            models.CheckConstraint(
                name="framdrift_end_has_a_day",
                condition=Q(kind__in=("in_progress", "delayed")) | Q(ended_on__isnull=False),
            ),
            models.CheckConstraint(
                name="framdrift_confirmed_has_moment_and_person",
                condition=Q(status__in=("told", "waiting"))
                | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
        ]
        indexes = [models.Index(name="framdrift_soknad", fields=["kommune", "soknad", "-at"])]

    def __str__(self) -> str:
        return self.get_kind_display()
