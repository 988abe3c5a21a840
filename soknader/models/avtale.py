"""The contract on binding time, its pauses, and what is paid back. Money is whole NOK."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import Fil, TenantModel
from kompetanse.organisasjon.models import Ansatt
from soknader.models.bindingsregel import (
    Begins,
    Bindingsregel,
    Falls,
    Fravar,
    usual_pauses,  # noqa: F401 (migration 0004 finds it here)
)
from soknader.models.soknad import Soknad
from soknader.models.vedtak import Vedtak


class Avtale(TenantModel):
    """The contract on binding time for one grant. The status changes only through actions.

    Terms and text are frozen when it is made; what is paid and paused is read from its rows.
    `debt` is what is to be paid back, frozen on the day of the breach.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Venter på den ansatte")
        HALF = "half", _("Venter på kommunen")
        SIGNED = "signed", _("Signert, studiet pågår")
        RUNNING = "running", _("Bindingstiden løper")
        FULFILLED = "fulfilled", _("Oppfylt")
        BREACHED = "breached", _("Brutt")
        REPAID = "repaid", _("Betalt tilbake")
        RELEASED = "released", _("Ettergitt")
        CANCELLED = "cancelled", _("Falt bort")

    class Ground(models.TextChoices):
        LEFT = "left", _("Sluttet i kommunen")
        BROKEN_OFF = "broken_off", _("Avbrøt studiet")
        OTHER = "other", _("Annet brudd på avtalen")

    class Relief(models.TextChoices):
        DISMISSED = "dismissed", _("Kommunen avsluttet arbeidsforholdet")
        HEALTH = "health", _("Helse eller uførhet")
        DEATH = "death", _("Dødsfall")
        CARE = "care", _("Tungtveiende velferdsgrunn")
        OTHER = "other", _("Annen grunn")

    soknad = TenantForeignKey(Soknad, models.PROTECT, related_name="avtaler")
    vedtak = TenantForeignKey(Vedtak, models.PROTECT, related_name="avtaler")
    regel = TenantForeignKey(Bindingsregel, models.PROTECT, related_name="avtaler")
    status = models.CharField("status", max_length=9, choices=Status, default=Status.DRAFT)
    made_at = models.DateTimeField("laget", default=clock.now)

    amount = models.PositiveIntegerField("innvilget (kr)")
    leave_days = models.PositiveSmallIntegerField("dager fri med lønn", default=0)
    months = models.PositiveSmallIntegerField("bindingstid (måneder)")
    begins = models.CharField("løper fra", max_length=9, choices=Begins)
    falls = models.CharField("gjelden faller", max_length=7, choices=Falls)
    share = models.PositiveSmallIntegerField("andel som kan kreves tilbake (%)")
    ceiling = models.PositiveIntegerField("høyeste krav (kr)", null=True, blank=True)
    leave_rate = models.PositiveIntegerField("verdi av en dag fri (kr)", default=0)
    position = models.PositiveSmallIntegerField("kravet gjelder for stilling (%)", default=100)
    pauses = models.JSONField("fravær som stopper tiden", default=list)
    # [[heading, text], …] in the municipality's målform, as it was signed.
    text = models.JSONField("avtaletekst", default=list)
    lang = models.CharField("målform", max_length=2, default="nb")

    signed_at = models.DateTimeField("signert av den ansatte", null=True, blank=True)
    signed_name = models.CharField("den ansattes navn", max_length=170, blank=True)
    countersigned_at = models.DateTimeField("signert av kommunen", null=True, blank=True)
    countersigned_by = TenantForeignKey(
        Ansatt, models.PROTECT, null=True, blank=True, related_name="+"
    )
    countersigned_name = models.CharField("navn for kommunen", max_length=170, blank=True)
    countersigned_role = models.CharField("i rollen", max_length=60, blank=True)
    fil = TenantForeignKey(Fil, models.PROTECT, null=True, blank=True, related_name="+")

    binding_from = models.DateField("bindingstiden løper fra", null=True, blank=True)
    ended_on = models.DateField("avsluttet", null=True, blank=True)
    ground = models.CharField("brudd", max_length=10, choices=Ground, blank=True)
    relief = models.CharField("grunn til å ettergi", max_length=9, choices=Relief, blank=True)
    note = models.TextField("begrunnelse", blank=True)
    debt = models.PositiveIntegerField("skal betales tilbake (kr)", default=0)
    repaid = models.PositiveIntegerField("betalt tilbake (kr)", default=0)
    instalments = models.PositiveSmallIntegerField("antall avdrag", default=1)
    first_due = models.DateField("første avdrag", null=True, blank=True)
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "avtale om bindingstid"
        verbose_name_plural = "avtaler om bindingstid"
        ordering = ("-made_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                name="avtale_one_in_force",
                fields=["kommune", "soknad"],
                condition=~Q(status="cancelled"),
            ),
            models.CheckConstraint(
                name="avtale_repaid_within_debt", condition=Q(repaid__lte=F("debt"))
            ),
            models.CheckConstraint(
                name="avtale_signed_by_both",
                condition=Q(status__in=("draft", "half", "cancelled"))
                | Q(
                    signed_at__isnull=False,
                    countersigned_at__isnull=False,
                    countersigned_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="avtale_half_is_signed_by_employee",
                condition=~Q(status="half") | Q(signed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="avtale_runs_from_a_day",
                condition=~Q(status__in=("running", "fulfilled")) | Q(binding_from__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Avtale {self.pk}"

    @property
    def owed(self) -> int:
        """What is left to pay back after a breach, NOK."""
        return self.debt - self.repaid


class Avtalepause(TenantModel):
    """Leave that stops the clock, both days counted. Without an end it still lasts."""

    avtale = TenantForeignKey(Avtale, models.CASCADE, related_name="avtalepauser")
    kind = models.CharField("fravær", max_length=8, choices=Fravar)
    starts = models.DateField("fra og med")
    ends = models.DateField("til og med", null=True, blank=True)
    by = TenantForeignKey(Ansatt, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "pause i bindingstiden"
        verbose_name_plural = "pauser i bindingstiden"
        ordering = ("starts",)
        constraints = [
            models.CheckConstraint(
                name="avtalepause_ends_after_start",
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
            ),
            models.UniqueConstraint(
                name="avtalepause_one_open",
                fields=["kommune", "avtale"],
                condition=Q(ends__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Tilbakebetaling(TenantModel):
    """Money that came back after a breach."""

    avtale = TenantForeignKey(Avtale, models.PROTECT, related_name="tilbakebetalinger")
    amount = models.PositiveIntegerField("beløp (kr)")
    paid_on = models.DateField("betalt")
    by = TenantForeignKey(Ansatt, models.PROTECT, related_name="+")
    at = models.DateTimeField("registrert", default=clock.now)

    class Meta:
        verbose_name = "tilbakebetaling"
        verbose_name_plural = "tilbakebetalinger"
        ordering = ("paid_on", "pk")
        constraints = [
            models.CheckConstraint(name="tilbakebetaling_of_something", condition=Q(amount__gte=1)),
        ]

    def __str__(self) -> str:
        return str(self.amount)
