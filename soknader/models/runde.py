"""The round, what it announces and by which criteria it puts the applications in order."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import Kommune, TenantModel
from kompetanse.organisasjon.models import Enhet, Kompetanse
from planer.models import Fokusomrade


class Soknadsrunde(TenantModel):
    """A round: its dates, its frame, and what is announced.

    A deadline is the end of that day in Europe/Oslo. `granted` is the sum of all grants in
    force; it moves only by a conditional UPDATE and can never exceed `budget`.
    `version` grows each time the order of the applications changes. `enhet` is the unit whose
    employees it is for, with all below; None is the whole Kommune. What is announced is written in
    the målform `lang`; the fields ending in `_other` say the same in the other one, or nothing.
    """

    class Kind(models.TextChoices):
        AUTUMN = "autumn", _("Høst")
        SPRING = "spring", _("Vår")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Under forberedelse")
        OPEN = "open", _("Åpen for søknader")
        PRIORITISING = "prioritising", _("Prioriteres")
        DECIDED = "decided", _("Vedtatt")
        ANSWERED = "answered", _("Svar er sendt")

    year = models.PositiveSmallIntegerField("år")
    kind = models.CharField("runde", max_length=6, choices=Kind, default=Kind.AUTUMN)
    status = models.CharField("status", max_length=12, choices=Status, default=Status.DRAFT)
    enhet = TenantForeignKey(
        Enhet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="gjelder for",
    )
    opens = models.DateField("åpner")
    deadline = models.DateField("søknadsfrist")
    leader_deadline = models.DateField("frist for lederens uttalelse")
    meeting_on = models.DateField("prioriteringsmøte")
    answer_by = models.DateField("svar innen")
    accept_by = models.DateField("frist for å takke ja")
    budget = models.PositiveIntegerField("ramme (kr)")
    granted = models.PositiveIntegerField("innvilget (kr)", default=0)
    lang = models.CharField(
        "målform", max_length=2, choices=Kommune.Maalform, default=Kommune.Maalform.BOKMAAL
    )
    announcement = models.TextField("utlysningstekst", blank=True)
    announcement_other = models.TextField("utlysningstekst, andre målform", blank=True)
    allows_late = models.BooleanField("tar imot søknader etter fristen", default=False)
    may_complain = models.BooleanField("svaret kan påklages", default=False)
    complaint_weeks = models.PositiveSmallIntegerField("klagefrist (uker)", default=3)
    permanent_only = models.BooleanField("bare for fast ansatte", default=False)
    least_position = models.PositiveSmallIntegerField("minste stilling (%)", default=0)
    least_years = models.PositiveSmallIntegerField("minste ansettelsestid (år)", default=0)
    next_number = models.PositiveIntegerField("neste søknadsnummer", default=1)
    version = models.PositiveIntegerField("versjon", default=1)
    # Until then a member of the group sees others' points only where the own ones are given.
    points_open = models.BooleanField("poengene er åpne for hele gruppa", default=False)
    # How far back the list tells of earlier support, in years.
    lookback_years = models.PositiveSmallIntegerField("tidligere støtte vises (år)", default=3)

    class Meta:
        verbose_name = "søknadsrunde"
        verbose_name_plural = "søknadsrunder"
        ordering = ("-deadline",)
        constraints = [
            models.UniqueConstraint(name="soknadsrunde_once", fields=["kommune", "year", "kind"]),
            models.CheckConstraint(
                name="soknadsrunde_granted_within_budget", condition=Q(granted__lte=F("budget"))
            ),
            models.CheckConstraint(
                name="soknadsrunde_dates_in_order",
                condition=Q(
                    opens__lte=F("deadline"),
                    deadline__lte=F("leader_deadline"),
                    leader_deadline__lte=F("meeting_on"),
                    meeting_on__lte=F("answer_by"),
                    answer_by__lte=F("accept_by"),
                ),
            ),
            models.CheckConstraint(
                name="soknadsrunde_least_position_0_100",
                condition=Q(least_position__range=(0, 100)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}runden {self.year}"

    @property
    def left(self) -> int:
        """What remains of the frame, NOK."""
        return self.budget - self.granted

    def reference(self, number: int | None) -> str:
        """Return an application's number as people write it, 2026-0143; 2026V-0143 in spring."""
        season = "V" if self.kind == self.Kind.SPRING else ""
        return f"{self.year}{season}-{number:04d}" if number else ""


class Utlysning(TenantModel):
    """An education that the round gives priority to, tied to a focus area."""

    runde = TenantForeignKey(Soknadsrunde, models.CASCADE, related_name="utlysninger")
    title = models.CharField("utdanning", max_length=160)
    text = models.CharField("hvorfor", max_length=300, blank=True)
    title_other = models.CharField("utdanning, andre målform", max_length=160, blank=True)
    text_other = models.CharField("hvorfor, andre målform", max_length=300, blank=True)
    fokusomrade = TenantForeignKey(
        Fokusomrade,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="fokusområde",
    )
    # What a completed study gives, so that nobody types it again.
    kompetanse = TenantForeignKey(
        Kompetanse,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="kompetansen den gir",
    )
    level = models.PositiveSmallIntegerField("nivå", null=True, blank=True)
    order = models.PositiveSmallIntegerField("rekkefølge", default=1)

    class Meta:
        verbose_name = "prioritert utdanning"
        verbose_name_plural = "prioriterte utdanninger"
        ordering = ("order", "pk")
        constraints = [
            models.CheckConstraint(
                name="utlysning_level_1_4",
                condition=Q(level__isnull=True) | Q(level__range=(1, 4)),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Kriterium(TenantModel):
    """A criterion of the round: its weight, and what each number of points means, from 0 on.

    `texts` says how many points can be given: as many as there are texts, less the one for 0.
    `most_other` is what the most points mean, as it is announced in the other målform.
    """

    MAX_POINTS = 5
    USUAL_POINTS = 3

    runde = TenantForeignKey(Soknadsrunde, models.CASCADE, related_name="kriterier")
    name = models.CharField("kriterium", max_length=80)
    weight = models.PositiveSmallIntegerField("vekt", default=1)
    texts = models.JSONField("hva poengene betyr", default=list)
    name_other = models.CharField("kriterium, andre målform", max_length=80, blank=True)
    most_other = models.CharField("mest poeng, andre målform", max_length=120, blank=True)
    order = models.PositiveSmallIntegerField("rekkefølge", default=1)

    class Meta:
        verbose_name = "kriterium"
        verbose_name_plural = "kriterier"
        ordering = ("order", "pk")
        constraints = [
            models.UniqueConstraint(name="kriterium_once", fields=["kommune", "runde", "name"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def most(self) -> int:
        """The most points that can be given."""
        return len(self.texts) - 1 if len(self.texts) > 1 else self.USUAL_POINTS
