"""Introduction of new employees, and follow-up of the newly qualified: templates, plans, steps."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt, Fellesgruppe, Kompetanse


class Ansvar(models.TextChoices):
    """Who does a step."""

    LEADER = "leder", _("Leder")
    SPONSOR = "fadder", _("Fadder")
    EMPLOYEE = "ansatt", _("Den nye")
    HR = "hr", _("Personalavdelingen")


class Introduksjonsmal(TenantModel):
    """A template: the steps that a new employee follows. Without a group it is for all.

    `is_proposed`: it is offered for every new employee of the group; else only when chosen, as
    HR cannot tell who is newly qualified.
    """

    name = models.CharField("navn", max_length=120)
    text = models.TextField("beskrivelse", blank=True)
    group = models.CharField("for stillingsgruppe", max_length=80, choices=Fellesgruppe, blank=True)
    is_proposed = models.BooleanField("foreslås for alle nye", default=True)
    is_active = models.BooleanField("i bruk", default=True)
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "introduksjonsmal"
        verbose_name_plural = "introduksjonsmaler"
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(name="introduksjonsmal_once", fields=["kommune", "name"]),
        ]

    def __str__(self) -> str:
        return self.name


class _Steg(TenantModel):
    """What a step is. `day` is counted from the first day at work: 0 is that day, -7 a week before.

    A level (1–4) is said when a competence is.
    """

    day = models.SmallIntegerField("dag")
    title = models.CharField("hva", max_length=160)
    text = models.TextField("slik gjør du", blank=True)
    link = models.URLField("lenke", max_length=300, blank=True)
    role = models.CharField("hvem", max_length=8, choices=Ansvar, default=Ansvar.LEADER)
    kompetanse = TenantForeignKey(
        Kompetanse, models.PROTECT, null=True, blank=True, related_name="+"
    )
    level = models.PositiveSmallIntegerField("nivå", null=True, blank=True)

    class Meta:
        abstract = True


class Malsteg(_Steg):
    """A step of a template."""

    mal = TenantForeignKey(Introduksjonsmal, models.CASCADE, related_name="steg")

    class Meta:
        verbose_name = "steg i mal"
        verbose_name_plural = "steg i maler"
        ordering = ("day", "pk")
        constraints = [
            models.CheckConstraint(
                name="malsteg_level_with_competence",
                condition=Q(kompetanse__isnull=True, level__isnull=True)
                | Q(kompetanse__isnull=False, level__range=(1, 4)),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Introduksjon(TenantModel):
    """An employee's plan. Its steps are a copy: a template that changes does not change it."""

    class Status(models.TextChoices):
        ONGOING = "pagar", _("Pågår")
        DONE = "ferdig", _("Fullført")
        DECLINED = "uaktuell", _("Ikke aktuell")

    ansatt = TenantForeignKey(Ansatt, models.CASCADE, related_name="introduksjoner")
    mal = TenantForeignKey(
        Introduksjonsmal, models.PROTECT, null=True, blank=True, related_name="introduksjoner"
    )
    name = models.CharField("navn", max_length=120)
    starts_on = models.DateField("første dag")
    fadder = TenantForeignKey(Ansatt, models.SET_NULL, null=True, blank=True, related_name="+")
    status = models.CharField("status", max_length=10, choices=Status, default=Status.ONGOING)
    reason = models.CharField("begrunnelse", max_length=300, blank=True)
    started_at = models.DateTimeField("satt i gang", default=clock.now)
    started_by = TenantForeignKey(Ansatt, models.SET_NULL, null=True, related_name="+")
    done_on = models.DateField("avsluttet", null=True, blank=True)
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "introduksjon"
        verbose_name_plural = "introduksjoner"
        ordering = ("-starts_on", "pk")
        constraints = [
            models.UniqueConstraint(
                name="introduksjon_once",
                fields=["kommune", "ansatt", "mal"],
                condition=Q(status="pagar"),
            ),
            models.CheckConstraint(
                name="introduksjon_sponsor_is_another",
                condition=Q(fadder__isnull=True) | ~Q(fadder=F("ansatt")),
            ),
            models.CheckConstraint(
                name="introduksjon_ended_has_day",
                condition=Q(status="pagar", done_on__isnull=True)
                | ~Q(status="pagar") & Q(done_on__isnull=False),
            ),
        ]
        indexes = [models.Index(name="introduksjon_ansatt", fields=["kommune", "ansatt"])]

    def __str__(self) -> str:
        return self.name

    @property
    def is_ongoing(self) -> bool:
        return self.status == self.Status.ONGOING


class Introduksjonssteg(_Steg):
    """A step of an employee's plan. `due_on` is None while a leave without a known end stops it."""

    introduksjon = TenantForeignKey(Introduksjon, models.CASCADE, related_name="steg")
    due_on = models.DateField("frist", null=True, blank=True)
    done_on = models.DateField("gjort", null=True, blank=True)
    done_by = TenantForeignKey(Ansatt, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "steg i introduksjon"
        verbose_name_plural = "steg i introduksjoner"
        ordering = ("day", "pk")
        constraints = [
            models.CheckConstraint(
                name="introduksjonssteg_level_with_competence",
                condition=Q(kompetanse__isnull=True, level__isnull=True)
                | Q(kompetanse__isnull=False, level__range=(1, 4)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        return self.done_on is not None

    def is_late(self, on: date) -> bool:
        return not self.is_done and self.due_on is not None and on > self.due_on
