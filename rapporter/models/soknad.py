"""The application for the state grant. Money is whole NOK."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from planer.models import Tiltak
from rapporter.models.innsending import Innsending
from rapporter.models.ordning import Tilskuddsordning
from soknader.models import Soknad


class Tilskuddssoknad(Innsending):
    """The Kommune's joint application in a scheme, over all sectors and with one contact."""

    ordning = TenantForeignKey(Tilskuddsordning, models.PROTECT, related_name="soknader")
    address = models.CharField("adresse", max_length=200, blank=True)
    organisation_number = models.CharField("organisasjonsnummer", max_length=9, blank=True)
    account_number = models.CharField("kontonummer", max_length=11, blank=True)
    contact_name = models.CharField("kontaktperson", max_length=120, blank=True)
    contact_email = models.EmailField("kontaktpersonens e-post", blank=True)
    purpose = models.TextField("formål", blank=True)
    description = models.TextField("beskrivelse", blank=True)
    signer = models.CharField("underskrives av", max_length=120, blank=True)
    created_at = models.DateTimeField("opprettet", default=clock.now)

    class Meta:
        verbose_name = _("tilskuddssøknad")
        verbose_name_plural = "tilskuddssøknader"
        constraints = [
            models.UniqueConstraint(name="tilskuddssoknad_once", fields=["kommune", "ordning"]),
            *Innsending.Meta.constraints,
        ]

    def __str__(self) -> str:
        return f"Tilskuddssøknad {self.pk}"


class Tilskuddslinje(TenantModel):
    """A line of the application, tied to a measure of the joint training plan.

    `starts`, `ends` and `all_credits` are the education's whole; `credits` is the part that falls
    in the scheme's calendar year.
    """

    class Area(models.TextChoices):
        COMPETENCE = "competence", _("Kompetansetiltak")
        BPA = "bpa", _("Opplæring i brukerstyrt personlig assistanse")
        DEVELOPMENT = "development", _("Tjenesteutvikling")

    soknad = TenantForeignKey(Tilskuddssoknad, models.CASCADE, related_name="linjer")
    tiltak = TenantForeignKey(Tiltak, models.PROTECT, related_name="tilskuddslinjer")
    priority = models.PositiveSmallIntegerField("prioritet")
    area = models.CharField("område", max_length=12, choices=Area, default=Area.COMPETENCE)
    place = models.CharField("studiested", max_length=160, blank=True)
    starts = models.DateField("starter", null=True, blank=True)
    ends = models.DateField("slutter", null=True, blank=True)
    all_credits = models.PositiveSmallIntegerField("studiepoeng i alt", default=0)
    credits = models.PositiveSmallIntegerField("studiepoeng i år", default=0)
    new_participants = models.PositiveSmallIntegerField("nye deltakere", default=0)
    continuing = models.PositiveSmallIntegerField("deltakere som fortsetter", default=0)
    own_share = models.PositiveIntegerField("egenandel (kr)", default=0)
    other_financing = models.PositiveIntegerField("annen finansiering (kr)", default=0)
    carried_over = models.PositiveIntegerField("overført fra i fjor (kr)", default=0)
    amount = models.PositiveIntegerField("søkes om (kr)", default=0)
    effect = models.TextField("mål og forventet virkning", blank=True)

    class Meta:
        verbose_name = "linje i tilskuddssøknaden"
        verbose_name_plural = "linjer i tilskuddssøknaden"
        ordering = ("priority", "pk")
        constraints = [
            models.UniqueConstraint(
                name="tilskuddslinje_once", fields=["kommune", "soknad", "tiltak"]
            ),
            models.CheckConstraint(
                name="tilskuddslinje_ends_after_start",
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=F("starts")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.priority} {self.tiltak_id}"


class Linjestudie(TenantModel):
    """A granted education that a line applies for, with the measure that it is in the plan."""

    linje = TenantForeignKey(Tilskuddslinje, models.CASCADE, related_name="studier")
    soknad = TenantForeignKey(Soknad, models.PROTECT, related_name="+")
    tiltak = TenantForeignKey(Tiltak, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "utdanning i en linje"
        verbose_name_plural = "utdanninger i linjene"
        constraints = [
            models.UniqueConstraint(name="linjestudie_once", fields=["kommune", "linje", "soknad"]),
        ]

    def __str__(self) -> str:
        return f"{self.linje_id}: {self.soknad_id}"
