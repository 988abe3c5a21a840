"""What is needed and what there is: guidance, requirements, stock, needs forms, GAP."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt, Enhet, Kompetanse
from planer.models import Fokusomrade


class Styringssignal(TenantModel):
    """Guidance of the year, and what it asks of competence on short or long term."""

    class Horizon(models.TextChoices):
        SHORT = "short", _("Kort sikt")
        LONG = "long", _("Lang sikt")

    year = models.PositiveSmallIntegerField("år")
    horizon = models.CharField("sikt", max_length=5, choices=Horizon)
    source = models.CharField("føring", max_length=200)
    asks = models.TextField("hva det krever av kompetanse")
    fokusomrade = TenantForeignKey(
        Fokusomrade,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="fokusområde",
    )
    by = TenantForeignKey(Ansatt, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("skrevet", default=clock.now)
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "styringssignal"
        verbose_name_plural = "styringssignaler"
        ordering = ("-horizon", "pk")

    def __str__(self) -> str:
        return self.source


class Kompetansekrav(TenantModel):
    """How many in a unit, or in those below it, must have a competence, and at which level."""

    enhet = TenantForeignKey(Enhet, models.CASCADE, related_name="krav")
    kompetanse = TenantForeignKey(Kompetanse, models.PROTECT, related_name="krav")
    level = models.PositiveSmallIntegerField("nivå")
    count = models.PositiveSmallIntegerField("antall")
    is_statutory = models.BooleanField("krav i lov", default=False)
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "kompetansekrav"
        verbose_name_plural = "kompetansekrav"
        constraints = [
            models.UniqueConstraint(
                name="kompetansekrav_once", fields=["kommune", "enhet", "kompetanse", "level"]
            ),
            models.CheckConstraint(
                name="kompetansekrav_level_1_4", condition=Q(level__range=(1, 4))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kompetanse_id} nivå {self.level}: {self.count}"


class Beholdning(TenantModel):
    """A competence that an employee has: level, who says so, and until when it holds.

    The index covers the GAP query, which reads a whole Kommune.
    """

    class Status(models.TextChoices):
        DECLARED = "declared", _("Meldt av den ansatte")
        CONFIRMED = "confirmed", _("Bekreftet av leder")

    ansatt = TenantForeignKey(Ansatt, models.CASCADE, related_name="beholdning", db_index=False)
    kompetanse = TenantForeignKey(Kompetanse, models.PROTECT, related_name="beholdning")
    level = models.PositiveSmallIntegerField("nivå")
    status = models.CharField("status", max_length=10, choices=Status, default=Status.DECLARED)
    valid_until = models.DateField("gyldig til", null=True, blank=True)
    confirmed_by = TenantForeignKey(Ansatt, models.PROTECT, null=True, blank=True, related_name="+")
    updated_at = models.DateTimeField("oppdatert", default=clock.now)
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "kompetanse hos ansatt"
        verbose_name_plural = "kompetanse hos ansatte"
        constraints = [
            models.UniqueConstraint(
                name="beholdning_once", fields=["kommune", "ansatt", "kompetanse"]
            ),
            models.CheckConstraint(name="beholdning_level_0_4", condition=Q(level__range=(0, 4))),
        ]
        indexes = [
            models.Index(
                name="beholdning_gap",
                fields=["kommune", "ansatt"],
                include=["kompetanse", "level", "valid_until"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kompetanse_id} nivå {self.level}"


class Kompetanseforslag(TenantModel):
    """A competence that a course, or a step of an introduction, should have given.

    It waits for the leader and leaves Beholdning as it is until then. `origin` is where it comes
    from, `arrangement:17`; the same origin proposes once.
    """

    class Status(models.TextChoices):
        WAITING = "venter", _("Venter på leder")
        CONFIRMED = "bekreftet", _("Bekreftet")
        DECLINED = "avvist", _("Ikke bekreftet")

    ansatt = TenantForeignKey(Ansatt, models.CASCADE, related_name="kompetanseforslag")
    kompetanse = TenantForeignKey(Kompetanse, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField("nivå")
    valid_until = models.DateField("gyldig til", null=True, blank=True)
    origin = models.CharField("kommer fra", max_length=60)
    title = models.CharField("hva", max_length=160)
    on = models.DateField("dato")
    status = models.CharField("status", max_length=10, choices=Status, default=Status.WAITING)
    decided_by = TenantForeignKey(Ansatt, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("avgjort", null=True, blank=True)

    class Meta:
        verbose_name = "forslag om kompetanse"
        verbose_name_plural = "forslag om kompetanse"
        ordering = ("on", "pk")
        constraints = [
            models.UniqueConstraint(
                name="kompetanseforslag_once", fields=["kommune", "ansatt", "origin"]
            ),
            models.CheckConstraint(
                name="kompetanseforslag_level_1_4", condition=Q(level__range=(1, 4))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kompetanse_id} nivå {self.level}"


class Behovsskjema(TenantModel):
    """A unit's needs form for a year."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Kladd")
        SUBMITTED = "submitted", _("Sendt inn")

    enhet = TenantForeignKey(Enhet, models.PROTECT, related_name="behovsskjema")
    year = models.PositiveSmallIntegerField("år")
    status = models.CharField("status", max_length=10, choices=Status, default=Status.DRAFT)
    goals = models.TextField("mål for enheten", blank=True)
    strengths = models.TextField("hva vi kan", blank=True)
    surplus = models.TextField("kompetanse andre kan låne", blank=True)
    version = models.PositiveIntegerField("versjon", default=1)
    saved_at = models.DateTimeField("lagret", default=clock.now)
    submitted_at = models.DateTimeField("sendt inn", null=True, blank=True)
    submitted_by = TenantForeignKey(Ansatt, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "behovsskjema"
        verbose_name_plural = "behovsskjema"
        constraints = [
            models.UniqueConstraint(name="behovsskjema_once", fields=["kommune", "enhet", "year"]),
            models.CheckConstraint(
                name="behovsskjema_submitted_has_moment",
                condition=Q(status="draft")
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Behovsskjema {self.year}"


class Behov(TenantModel):
    """One need in the form: what, how it should be met, how many, how urgent."""

    class Kind(models.TextChoices):
        MOBILISE = "mobilise", _("Mobilisere (bruke det vi har)")
        LEARN = "learn", _("Lære")
        ACQUIRE = "acquire", _("Anskaffe (rekruttere eller leie)")

    class Urgency(models.IntegerChoices):
        NOW = 1, _("Haster – i år")
        NEXT = 2, _("Neste år")
        LATER = 3, _("Innen fire år")

    skjema = TenantForeignKey(Behovsskjema, models.CASCADE, related_name="behov")
    what = models.CharField("hva trenger dere", max_length=200)
    reason = models.TextField("hvorfor", blank=True)
    kind = models.CharField("hvordan", max_length=10, choices=Kind)
    number = models.PositiveSmallIntegerField("antall personer")
    urgency = models.PositiveSmallIntegerField("hvor mye haster det", choices=Urgency)
    fokusomrade = TenantForeignKey(
        Fokusomrade,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="behov",
        verbose_name="fokusområde",
    )
    kompetanse = TenantForeignKey(
        Kompetanse, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_lifted = models.BooleanField("løftes til felles plan", default=True)

    class Meta:
        verbose_name = "behov"
        verbose_name_plural = "behov"
        ordering = ("urgency", "pk")

    def __str__(self) -> str:
        return self.what


class Onske(TenantModel):
    """A wish for what should be a priority area next year."""

    skjema = TenantForeignKey(Behovsskjema, models.CASCADE, related_name="onsker")
    fokusomrade = TenantForeignKey(Fokusomrade, models.PROTECT, related_name="onsker")
    text = models.CharField("begrunnelse", max_length=300, blank=True)

    class Meta:
        verbose_name = "ønske om satsningsområde"
        verbose_name_plural = "ønsker om satsningsområder"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text


class UnderUtdanning(TenantModel):
    """An employee who is under education, and when it should be completed."""

    skjema = TenantForeignKey(Behovsskjema, models.CASCADE, related_name="under_utdanning")
    ansatt = TenantForeignKey(Ansatt, models.CASCADE, related_name="under_utdanning")
    study = models.CharField("utdanning", max_length=200)
    kompetanse = TenantForeignKey(
        Kompetanse, models.PROTECT, null=True, blank=True, related_name="+"
    )
    expected_on = models.DateField("forventet ferdig")

    class Meta:
        verbose_name = "ansatt under utdanning"
        verbose_name_plural = "ansatte under utdanning"
        ordering = ("expected_on", "pk")

    def __str__(self) -> str:
        return self.study


class Gapanalyse(TenantModel):
    """The year's GAP analysis, frozen: the figures as they were, and what was concluded.

    `figures` is a list of rows with names and counts, as queries.gap.FIGURES names them. A new
    analysis of the year supersedes the one before it; none is ever changed.
    """

    year = models.PositiveSmallIntegerField("år")
    comment = models.TextField("vurdering", blank=True)
    figures = models.JSONField("tall", default=list)
    settled_at = models.DateTimeField("låst")
    settled_by = TenantForeignKey(Ansatt, models.PROTECT, related_name="+")
    supersedes = TenantForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    class Meta:
        verbose_name = "GAP-analyse"
        verbose_name_plural = "GAP-analyser"
        ordering = ("-settled_at",)
        constraints = [
            models.UniqueConstraint(
                name="gapanalyse_first_once",
                fields=["kommune", "year"],
                condition=Q(supersedes__isnull=True),
            ),
            models.UniqueConstraint(
                name="gapanalyse_supersedes_once",
                fields=["kommune", "supersedes"],
                condition=Q(supersedes__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"GAP-analyse {self.year}"


class Gapprioritet(TenantModel):
    """A focus area that the GAP analysis ends in, in order."""

    gapanalyse = TenantForeignKey(Gapanalyse, models.CASCADE, related_name="prioriteter")
    fokusomrade = TenantForeignKey(Fokusomrade, models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField("plass")
    reason = models.CharField("begrunnelse", max_length=300, blank=True)

    class Meta:
        verbose_name = "prioritert fokusområde"
        verbose_name_plural = "prioriterte fokusområder"
        ordering = ("rank",)
        constraints = [
            models.UniqueConstraint(
                name="gapprioritet_rank_once", fields=["kommune", "gapanalyse", "rank"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank} {self.fokusomrade_id}"
