"""The application for the state grant. Money is whole NOK."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import Fil, TenantModel
from kompetanse.organisasjon.models import Ansatt
from planer.models import Tiltak
from rapporter.models.ordning import Tilskuddsordning


class Tilskuddssoknad(TenantModel):
    """The Kommune's joint application in a scheme.

    When it is marked as sent, `snapshot` keeps every word and figure of it; the PDF is made from
    that, so nothing that changes later in the plan changes what was sent.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Under arbeid")
        SENT = "sent", _("Sendt")

    ordning = TenantForeignKey(Tilskuddsordning, models.PROTECT, related_name="soknader")
    status = models.CharField("status", max_length=6, choices=Status, default=Status.DRAFT)
    address = models.CharField("adresse", max_length=200, blank=True)
    organisation_number = models.CharField("organisasjonsnummer", max_length=9, blank=True)
    account_number = models.CharField("kontonummer", max_length=11, blank=True)
    contact_name = models.CharField("kontaktperson", max_length=120, blank=True)
    contact_email = models.EmailField("kontaktpersonens e-post", blank=True)
    purpose = models.TextField("formål", blank=True)
    description = models.TextField("beskrivelse", blank=True)
    signer = models.CharField("underskrives av", max_length=120, blank=True)
    case_number = models.CharField("saksnummer", max_length=40, blank=True)
    version = models.PositiveIntegerField("versjon", default=1)
    snapshot = models.JSONField("som sendt", null=True, blank=True)
    sent_at = models.DateTimeField("sendt", null=True, blank=True)
    sent_by = TenantForeignKey(Ansatt, models.PROTECT, null=True, blank=True, related_name="+")
    fil = TenantForeignKey(Fil, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField("opprettet", default=clock.now)

    class Meta:
        verbose_name = _("tilskuddssøknad")
        verbose_name_plural = "tilskuddssøknader"
        constraints = [
            models.UniqueConstraint(name="tilskuddssoknad_once", fields=["kommune", "ordning"]),
        ]

    def __str__(self) -> str:
        return f"Tilskuddssøknad {self.pk}"


class Tilskuddslinje(TenantModel):
    """A line of the application, tied to a measure of the joint training plan."""

    class Area(models.TextChoices):
        COMPETENCE = "competence", _("Kompetansetiltak")
        BPA = "bpa", _("Opplæring i brukerstyrt personlig assistanse")
        DEVELOPMENT = "development", _("Tjenesteutvikling")

    soknad = TenantForeignKey(Tilskuddssoknad, models.CASCADE, related_name="linjer")
    tiltak = TenantForeignKey(Tiltak, models.PROTECT, related_name="tilskuddslinjer")
    priority = models.PositiveSmallIntegerField("prioritet")
    area = models.CharField("område", max_length=12, choices=Area, default=Area.COMPETENCE)
    place = models.CharField("studiested", max_length=160, blank=True)
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
        ]

    def __str__(self) -> str:
        return f"{self.priority} {self.tiltak_id}"
