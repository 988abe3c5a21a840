"""Courses and professional days on a date: who signs up, who was there, and what they thought."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt, Enhet, Kompetanse
from planer.models.tiltak import Tiltak

# Two fixed professional days for each employee a year. Source: Modum's plan.
FAGDAGER_A_YEAR = 2


class Arrangement(TenantModel):
    """A course or a professional day (fagdag) on a date. No seats (0) means room for all."""

    class Status(models.TextChoices):
        PLANNED = "planlagt", _("Planlagt")
        HELD = "holdt", _("Gjennomført")
        CANCELLED = "avlyst", _("Avlyst")

    tiltak = TenantForeignKey(
        Tiltak, models.SET_NULL, null=True, blank=True, related_name="arrangementer"
    )
    enhet = TenantForeignKey(
        Enhet, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="for enhet"
    )
    title = models.CharField("tittel", max_length=160)
    text = models.TextField("beskrivelse", blank=True)
    on = models.DateField("dato")
    begins = models.TimeField("fra klokka")
    ends = models.TimeField("til klokka")
    place = models.CharField("sted", max_length=120, blank=True)
    seats = models.PositiveSmallIntegerField("plasser", default=0)
    sign_up_by = models.DateField("påmeldingsfrist", null=True, blank=True)
    # What one who was there can: proposed for the leader to confirm. The level is 1–4.
    kompetanse = TenantForeignKey(
        Kompetanse, models.PROTECT, null=True, blank=True, related_name="+"
    )
    level = models.PositiveSmallIntegerField("nivå", null=True, blank=True)
    is_fagdag = models.BooleanField("teller som fagdag", default=True)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.PLANNED)
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "arrangement"
        verbose_name_plural = "arrangementer"
        ordering = ("on", "begins")
        constraints = [
            models.CheckConstraint(
                name="arrangement_begins_before_ends", condition=Q(ends__gt=F("begins"))
            ),
            models.CheckConstraint(
                name="arrangement_sign_up_before_day",
                condition=Q(sign_up_by__isnull=True) | Q(sign_up_by__lte=F("on")),
            ),
            models.CheckConstraint(
                name="arrangement_level_with_competence",
                condition=Q(kompetanse__isnull=True, level__isnull=True)
                | Q(kompetanse__isnull=False, level__range=(1, 4)),
            ),
        ]
        indexes = [models.Index(name="arrangement_on", fields=["kommune", "on"])]

    def __str__(self) -> str:
        return self.title

    @property
    def starts_at(self) -> datetime:
        """The moment it begins, Norwegian time."""
        return datetime.combine(self.on, self.begins, tzinfo=clock.OSLO)

    @property
    def ends_at(self) -> datetime:
        return datetime.combine(self.on, self.ends, tzinfo=clock.OSLO)


class Pamelding(TenantModel):
    """An employee's place, or place in the queue, and whether the person was there."""

    class Status(models.TextChoices):
        SIGNED = "pameldt", _("Påmeldt")
        WAITING = "venter", _("På venteliste")
        WITHDRAWN = "avmeldt", _("Meldt av")
        ATTENDED = "mott", _("Deltok")
        ABSENT = "fravar", _("Møtte ikke")

    class How(models.TextChoices):
        """How it was written down that someone was there."""

        ORGANISER = "liste", _("Ført av den som arrangerer")
        PHONE = "mobil", _("Meldt fra mobil i rommet")
        PAPER = "papir", _("Fra liste på papir")

    arrangement = TenantForeignKey(Arrangement, models.CASCADE, related_name="pameldinger")
    ansatt = TenantForeignKey(Ansatt, models.CASCADE, related_name="pameldinger")
    status = models.CharField("status", max_length=8, choices=Status, default=Status.SIGNED)
    at = models.DateTimeField("meldt på", default=clock.now)
    by = TenantForeignKey(Ansatt, models.SET_NULL, null=True, related_name="+")
    met_at = models.DateTimeField("møtte", null=True, blank=True)
    met_how = models.CharField("ført", max_length=6, choices=How, blank=True)
    has_evaluated = models.BooleanField("har evaluert", default=False)

    class Meta:
        verbose_name = "påmelding"
        verbose_name_plural = "påmeldinger"
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(
                name="pamelding_once", fields=["kommune", "arrangement", "ansatt"]
            ),
        ]
        indexes = [models.Index(name="pamelding_ansatt", fields=["kommune", "ansatt"])]

    def __str__(self) -> str:
        return f"{self.arrangement_id} {self.ansatt_id}"


class Kurssvar(TenantModel):
    """One filled-in questionnaire. It says neither who nor when, so that nobody can be found."""

    arrangement = TenantForeignKey(Arrangement, models.CASCADE, related_name="svar")
    useful = models.PositiveSmallIntegerField("nytte i jobben")
    content = models.PositiveSmallIntegerField("faglig innhold")
    teaching = models.PositiveSmallIntegerField("formidling")
    overall = models.PositiveSmallIntegerField("helhet")
    comment = models.TextField("kommentar", blank=True)

    class Meta:
        verbose_name = "kurssvar"
        verbose_name_plural = "kurssvar"
        constraints = [
            models.CheckConstraint(
                name="kurssvar_1_5",
                condition=Q(useful__range=(1, 5))
                & Q(content__range=(1, 5))
                & Q(teaching__range=(1, 5))
                & Q(overall__range=(1, 5)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.arrangement_id} {self.overall}"
