"""Measures, what they cost and who pays, and where one learns."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Enhet, Kompetanse, Stillingskategori
from planer.models.strategi import Fokusomrade

MOST_LEVEL = 4  # 0 none – 4 expert


class Laringsarena(TenantModel):
    name = models.CharField("navn", max_length=80)
    order = models.PositiveSmallIntegerField("rekkefølge", default=1)

    class Meta:
        verbose_name = "læringsarena"
        verbose_name_plural = "læringsarenaer"
        ordering = ("order", "name")
        constraints = [
            models.UniqueConstraint(name="laringsarena_once", fields=["kommune", "name"]),
        ]

    def __str__(self) -> str:
        return self.name


class Tiltak(TenantModel):
    """A measure: a line of the training plan. Costs and financing are whole NOK.

    Carried on to the next year, it is another row whose `earlier` is this; `dropped_because` says
    why it is not.

    What several units need can be made one: theirs then point at the common measure by
    `merged_into`, are not counted beside it, and come back when that is undone.
    """

    class Status(models.TextChoices):
        PLANNED = "planlagt", _("Planlagt")
        ONGOING = "pagar", _("Pågår")
        DONE = "gjennomfort", _("Gjennomført")
        POSTPONED = "utsatt", _("Utsatt")
        CANCELLED = "avlyst", _("Avlyst")

    class Halvar(models.TextChoices):
        SPRING = "var", _("Vår")
        AUTUMN = "host", _("Høst")

    class Kind(models.TextChoices):
        COURSE = "kurs", _("Internopplæring og kurs")
        EDUCATION = "utdanning", _("Grunn-, videre- og etterutdanning")
        DEVELOPMENT = "utvikling", _("Tjenesteutvikling")

    class Way(models.TextChoices):
        """The five ways of getting competence. Source: Nittedal's plan."""

        USE = "bruke", _("Bruke det vi har")
        DEVELOP = "utvikle", _("Utvikle ansatte")
        COOPERATE = "samarbeide", _("Samarbeide med andre")
        APPRENTICE = "laerling", _("Ta inn lærling")
        RECRUIT = "rekruttere", _("Rekruttere")

    class Sort(models.TextChoices):
        """What kind of action it is. Source: Måsøy's plan, A3."""

        MOBILISE = "mobilise", _("Mobilisere")
        LEARN = "learn", _("Lære")
        ACQUIRE = "acquire", _("Anskaffe")

    # The five ways sorted in three: who learns with others learns; who comes new is acquired.
    SORT_OF = {
        Way.USE: Sort.MOBILISE,
        Way.DEVELOP: Sort.LEARN,
        Way.COOPERATE: Sort.LEARN,
        Way.APPRENTICE: Sort.ACQUIRE,
        Way.RECRUIT: Sort.ACQUIRE,
    }

    year = models.PositiveSmallIntegerField("år")
    half = models.CharField("halvår", max_length=4, choices=Halvar)
    kind = models.CharField("slag", max_length=10, choices=Kind, default=Kind.COURSE)
    way = models.CharField("måte", max_length=10, choices=Way, default=Way.DEVELOP)
    earlier = TenantForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="videreført fra",
    )
    dropped_because = models.CharField("hvorfor ikke videre", max_length=300, blank=True)
    theme = models.CharField("tema", max_length=200)
    need = models.CharField("behov", max_length=200, blank=True)
    timing = models.CharField("tidspunkt", max_length=80, blank=True)
    deadline = models.DateField("frist", null=True, blank=True)
    target_group = models.CharField("målgruppe", max_length=160, blank=True)
    participants = models.PositiveSmallIntegerField("antall deltakere", default=0)
    responsible = models.CharField("ansvarlig", max_length=120, blank=True)
    enhet = TenantForeignKey(
        Enhet, models.PROTECT, null=True, blank=True, related_name="tiltak", verbose_name="enhet"
    )
    fokusomrade = TenantForeignKey(
        Fokusomrade,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tiltak",
        verbose_name="fokusområde",
    )
    arena = TenantForeignKey(
        Laringsarena, models.PROTECT, null=True, blank=True, related_name="tiltak"
    )
    status = models.CharField("status", max_length=12, choices=Status, default=Status.PLANNED)
    evaluate_on = models.DateField("evalueres", null=True, blank=True)
    evaluation = models.TextField("evaluering", blank=True)
    origin = models.CharField("kommer fra", max_length=60, blank=True)
    merged_into = TenantForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name="samlet i",
    )
    version = models.PositiveIntegerField("versjon", default=1)
    created_at = models.DateTimeField("opprettet", default=clock.now)

    class Meta:
        verbose_name = "tiltak"
        verbose_name_plural = "tiltak"
        ordering = ("year", "-half", "theme")
        constraints = [
            models.UniqueConstraint(
                name="tiltak_origin_once",
                fields=["kommune", "origin"],
                condition=~Q(origin=""),
            ),
            models.CheckConstraint(
                name="tiltak_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return self.theme


class Tiltakskompetanse(TenantModel):
    """A competence that the measure builds, and to which level (None: no level is said)."""

    tiltak = TenantForeignKey(Tiltak, models.CASCADE, related_name="kompetanser")
    kompetanse = TenantForeignKey(Kompetanse, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField("nivå", null=True, blank=True)

    class Meta:
        verbose_name = "kompetanse i tiltak"
        verbose_name_plural = "kompetanser i tiltak"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                name="tiltakskompetanse_once", fields=["kommune", "tiltak", "kompetanse"]
            ),
            models.CheckConstraint(
                name="tiltakskompetanse_level_0_4",
                condition=Q(level__isnull=True) | Q(level__lte=MOST_LEVEL),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tiltak_id} {self.kompetanse_id}"


class Malgruppe(TenantModel):
    """A unit or a position category that the measure is for, beside its target group in words."""

    tiltak = TenantForeignKey(Tiltak, models.CASCADE, related_name="malgrupper")
    enhet = TenantForeignKey(Enhet, models.PROTECT, null=True, blank=True, related_name="+")
    kategori = TenantForeignKey(
        Stillingskategori, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "målgruppe"
        verbose_name_plural = "målgrupper"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="malgruppe_unit_or_category",
                condition=Q(enhet__isnull=True) ^ Q(kategori__isnull=True),
            ),
            models.UniqueConstraint(
                name="malgruppe_once",
                fields=["kommune", "tiltak", "enhet", "kategori"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tiltak_id} {self.enhet_id or self.kategori_id}"


class Belopslinje(TenantModel):
    """A cost or a financing of a measure, whole NOK."""

    class Kind(models.TextChoices):
        FEE = "fee", _("Kursavgift eller studieavgift")
        SUBSTITUTE = "substitute", _("Vikar")
        TRAVEL = "travel", _("Reise")
        LITERATURE = "literature", _("Litteratur")
        OTHER_COST = "other_cost", _("Annen kostnad")
        OWN = "own", _("Eget budsjett")
        GRANT = "grant", _("Statstilskudd")
        REGION = "region", _("Region")
        OTHER_FINANCING = "other_financing", _("Annen finansiering")

    COSTS = (Kind.FEE, Kind.SUBSTITUTE, Kind.TRAVEL, Kind.LITERATURE, Kind.OTHER_COST)
    FINANCING = (Kind.OWN, Kind.GRANT, Kind.REGION, Kind.OTHER_FINANCING)

    tiltak = TenantForeignKey(Tiltak, models.CASCADE, related_name="belop")
    kind = models.CharField("slag", max_length=16, choices=Kind)
    amount = models.PositiveIntegerField("beløp (kr)")

    class Meta:
        verbose_name = "beløpslinje"
        verbose_name_plural = "beløpslinjer"
        constraints = [
            models.UniqueConstraint(name="belopslinje_once", fields=["kommune", "tiltak", "kind"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
