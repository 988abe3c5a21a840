"""Meetings on the competence work: who is called, what is on the agenda, what is on the wall."""

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import Fil, TenantModel
from kompetanse.organisasjon.models import Ansatt
from planer.models.arshjul import Aktivitet


class Mote(TenantModel):
    """A meeting on the competence work.

    `sequence` counts what participants have been told of time and place, for their calendars.
    """

    class Status(models.TextChoices):
        PLANNED = "planlagt", _("Planlagt")
        INVITED = "innkalt", _("Innkalt")
        OPEN = "pagar", _("Pågår")
        HELD = "holdt", _("Holdt")
        CANCELLED = "avlyst", _("Avlyst")

    title = models.CharField("tittel", max_length=160)
    held_on = models.DateField("dato")
    begins = models.TimeField("fra klokka", null=True, blank=True)
    ends = models.TimeField("til klokka", null=True, blank=True)
    place = models.CharField("sted", max_length=120, blank=True)
    aktivitet = TenantForeignKey(
        Aktivitet, models.SET_NULL, null=True, blank=True, related_name="moter"
    )
    status = models.CharField("status", max_length=10, choices=Status, default=Status.PLANNED)
    sequence = models.PositiveIntegerField("utgave av innkallingen", default=0)
    opened_at = models.DateTimeField("åpnet", null=True, blank=True)
    closed_at = models.DateTimeField("hevet", null=True, blank=True)
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "møte"
        verbose_name_plural = "møter"
        ordering = ("held_on",)
        constraints = [
            models.CheckConstraint(
                name="mote_begins_before_ends",
                condition=Q(ends__isnull=True) | Q(ends__gt=F("begins")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def starts_at(self) -> datetime | None:
        """The moment it begins, Norwegian time; None when only the day is known."""
        if self.begins is None:
            return None
        return datetime.combine(self.held_on, self.begins, tzinfo=clock.OSLO)

    @property
    def ends_at(self) -> datetime | None:
        if self.ends is None:
            return None
        return datetime.combine(self.held_on, self.ends, tzinfo=clock.OSLO)

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    def is_over(self, on: date) -> bool:
        return self.status == self.Status.HELD or self.held_on < on


class Motedeltaker(TenantModel):
    """Someone called to the meeting: in what capacity, who came, and who came instead.

    Why someone is away is chosen from a few grounds, and told in no minutes.
    """

    class Attendance(models.TextChoices):
        CALLED = "innkalt", _("Innkalt")
        PRESENT = "mott", _("Til stede")
        ABSENT = "forfall", _("Forfall")
        DEPUTY = "vara", _("Vara møter")

    class Absence(models.TextChoices):
        LEAVE = "fri", _("Ferie, fri eller permisjon")
        DUTY = "oppdrag", _("Annet oppdrag")
        OTHER = "annet", _("Annet forfall")

    mote = TenantForeignKey(Mote, models.CASCADE, related_name="deltakere")
    ansatt = TenantForeignKey(Ansatt, models.PROTECT, related_name="+")
    capacity = models.CharField("som", max_length=80, blank=True)
    attendance = models.CharField(
        "oppmøte", max_length=8, choices=Attendance, default=Attendance.CALLED
    )
    absence = models.CharField("grunn til forfall", max_length=8, choices=Absence, blank=True)
    deputy = TenantForeignKey(
        Ansatt, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="vara"
    )

    class Meta:
        verbose_name = "møtedeltaker"
        verbose_name_plural = "møtedeltakere"
        constraints = [
            models.UniqueConstraint(name="motedeltaker_once", fields=["kommune", "mote", "ansatt"]),
            models.CheckConstraint(
                name="motedeltaker_absent_has_ground",
                condition=~Q(attendance__in=("forfall", "vara")) | ~Q(absence=""),
            ),
        ]

    def __str__(self) -> str:
        return self.capacity


class Motepunkt(TenantModel):
    """A point of the agenda, in its order, and what the meeting concluded.

    `key` says what a point was made from, so that it is made once; own points have none.
    """

    class Kind(models.TextChoices):
        FIXED = "fast", _("Fast punkt")
        CASES = "saker", _("Søknader")
        DISCUSSION = "drofting", _("Drøfting")
        WHEEL = "arshjul", _("Fra årshjulet")
        OWN = "eget", _("Eget punkt")

    mote = TenantForeignKey(Mote, models.CASCADE, related_name="punkter")
    order = models.PositiveSmallIntegerField("rekkefølge")
    kind = models.CharField("slag", max_length=8, choices=Kind, default=Kind.OWN)
    key = models.CharField("laget av", max_length=60, blank=True)
    title = models.CharField("punkt", max_length=160)
    text = models.TextField("bakgrunn", blank=True)
    conclusion = models.TextField("konklusjon", blank=True)

    class Meta:
        verbose_name = "punkt på sakslisten"
        verbose_name_plural = "punkter på sakslisten"
        ordering = ("order", "pk")
        constraints = [
            models.UniqueConstraint(
                name="motepunkt_once", fields=["kommune", "mote", "key"], condition=~Q(key="")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def drofting_id(self) -> int | None:
        """The discussion that the point was made from, or None."""
        made_from, _colon, pk = self.key.partition(":")
        return int(pk) if made_from == "drofting" else None


class Motepapir(TenantModel):
    """A paper of the meeting: an uploaded file, or a document that has a page of its own.

    `address` is the page's path within the Kommune. The page asks its own reader again.
    """

    class Readers(models.TextChoices):
        ALL = "alle", _("Alle som ser møtet")
        GROUP = "gruppa", _("Bare prioriteringsgruppen")

    mote = TenantForeignKey(Mote, models.CASCADE, related_name="papirer")
    name = models.CharField("navn", max_length=200)
    fil = TenantForeignKey(Fil, models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField("side", max_length=200, blank=True)
    readers = models.CharField("hvem ser det", max_length=8, choices=Readers, default=Readers.ALL)
    by = TenantForeignKey(Ansatt, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField("lagt til", default=clock.now)

    class Meta:
        verbose_name = "møtepapir"
        verbose_name_plural = "møtepapirer"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="motepapir_file_or_page",
                condition=Q(fil__isnull=False, address="") | (Q(fil__isnull=True) & ~Q(address="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Visning(TenantModel):
    """What is on the wall now: a point of the agenda, and in it a page of the list or a case.

    `case` is the id of an application; the app that knows applications shows it.
    """

    mote = TenantForeignKey(Mote, models.CASCADE, related_name="visninger")
    punkt = TenantForeignKey(Motepunkt, models.SET_NULL, null=True, blank=True, related_name="+")
    case = models.BigIntegerField("sak (søknadens id)", null=True, blank=True)
    page = models.PositiveSmallIntegerField("side i listen", default=1)
    at = models.DateTimeField("vist fra", default=clock.now)

    class Meta:
        verbose_name = "visning på veggen"
        verbose_name_plural = "visninger på veggen"
        constraints = [models.UniqueConstraint(name="visning_once", fields=["kommune", "mote"])]

    def __str__(self) -> str:
        return f"{self.mote_id} {self.punkt_id}"


class Innspill(TenantModel):
    """What someone said to a point in the meeting; a dissent is entered in the minutes."""

    mote = TenantForeignKey(Mote, models.CASCADE, related_name="innspill")
    punkt = TenantForeignKey(Motepunkt, models.SET_NULL, null=True, related_name="innspill")
    text = models.TextField("tekst")
    is_dissent = models.BooleanField("uenighet som føres i referatet", default=False)
    by = TenantForeignKey(Ansatt, models.PROTECT, related_name="+")
    capacity = models.CharField("som", max_length=80, blank=True)
    at = models.DateTimeField("skrevet", default=clock.now)

    class Meta:
        verbose_name = "innspill i møtet"
        verbose_name_plural = "innspill i møtet"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"Innspill {self.pk}"
