"""The strategy plan, its focus areas, the measures, the yearly wheel and the meetings."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt, Enhet, Kompetanse, Rolle


class Strategiplan(TenantModel):
    """A strategy plan for some years and some units: vision, goals, focus areas, chapters."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Utkast"
        HEARING = "hearing", "På høring"
        ADOPTED = "adopted", "Vedtatt"
        IN_FORCE = "in_force", "Gjelder"
        SUPERSEDED = "superseded", "Erstattet"

    name = models.CharField("navn", max_length=160)
    first_year = models.PositiveSmallIntegerField("fra år")
    last_year = models.PositiveSmallIntegerField("til og med år")
    vision = models.CharField("visjon", max_length=300, blank=True)
    summary = models.TextField("sammendrag", blank=True)
    owner = models.CharField("eier", max_length=160, blank=True)
    responsible = TenantForeignKey(
        Ansatt, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ansvarlig"
    )
    status = models.CharField("status", max_length=12, choices=Status, default=Status.DRAFT)
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "strategiplan"
        verbose_name_plural = "strategiplaner"
        constraints = [
            models.CheckConstraint(
                name="strategiplan_years_in_order", condition=Q(last_year__gte=F("first_year"))
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Planomfang(TenantModel):
    """A unit that the plan holds for."""

    plan = TenantForeignKey(Strategiplan, models.CASCADE, related_name="omfang")
    enhet = TenantForeignKey(Enhet, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "enhet i planen"
        verbose_name_plural = "enheter i planen"
        constraints = [
            models.UniqueConstraint(name="planomfang_once", fields=["kommune", "plan", "enhet"]),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.enhet_id}"


class Kapittel(TenantModel):
    plan = TenantForeignKey(Strategiplan, models.CASCADE, related_name="kapitler")
    order = models.PositiveSmallIntegerField("rekkefølge")
    heading = models.CharField("overskrift", max_length=160)
    text = models.TextField("tekst", blank=True)

    class Meta:
        verbose_name = "kapittel"
        verbose_name_plural = "kapitler"
        ordering = ("order",)
        constraints = [
            models.UniqueConstraint(
                name="kapittel_order_once", fields=["kommune", "plan", "order"]
            ),
        ]

    def __str__(self) -> str:
        return self.heading


class Henvisning(TenantModel):
    """A law, a white paper or a plan of the Kommune's own that the plan refers to."""

    class Kind(models.TextChoices):
        NATIONAL = "national", "Nasjonal føring"
        MUNICIPAL = "municipal", "Kommunens egen plan"

    plan = TenantForeignKey(Strategiplan, models.CASCADE, related_name="henvisninger")
    kind = models.CharField("slag", max_length=10, choices=Kind)
    title = models.CharField("tittel", max_length=200)

    class Meta:
        verbose_name = "henvisning"
        verbose_name_plural = "henvisninger"

    def __str__(self) -> str:
        return self.title


class Planvedtak(TenantModel):
    """A body that has adopted the plan: when, and the case number."""

    plan = TenantForeignKey(Strategiplan, models.CASCADE, related_name="planvedtak")
    body = models.CharField("organ", max_length=120)
    adopted_on = models.DateField("dato", null=True, blank=True)
    case_number = models.CharField("saksnummer", max_length=40, blank=True)
    order = models.PositiveSmallIntegerField("rekkefølge", default=1)

    class Meta:
        verbose_name = "planvedtak"
        verbose_name_plural = "planvedtak"
        ordering = ("order",)

    def __str__(self) -> str:
        return self.body


class Hovedmal(TenantModel):
    plan = TenantForeignKey(Strategiplan, models.CASCADE, related_name="hovedmal")
    order = models.PositiveSmallIntegerField("rekkefølge")
    name = models.CharField("navn", max_length=80)
    text = models.TextField("beskrivelse", blank=True)

    class Meta:
        verbose_name = "hovedmål"
        verbose_name_plural = "hovedmål"
        ordering = ("order",)

    def __str__(self) -> str:
        return self.name


class Fokusomrade(TenantModel):
    """A focus area (level one) or one of its sub-areas (level two)."""

    plan = TenantForeignKey(Strategiplan, models.CASCADE, related_name="fokusomrader")
    parent = TenantForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    order = models.PositiveSmallIntegerField("rekkefølge")
    name = models.CharField("navn", max_length=120)
    text = models.TextField("beskrivelse", blank=True)

    class Meta:
        verbose_name = "fokusområde"
        verbose_name_plural = "fokusområder"
        ordering = ("order",)

    def __str__(self) -> str:
        return self.name


class Aktivitet(TenantModel):
    """A dated duty of the yearly wheel: what, by when, and which roles are responsible.

    `ends` is the deadline; `starts` opens a period («oktober/november»).
    """

    year = models.PositiveSmallIntegerField("årshjul")
    code = models.SlugField("kode", max_length=40)
    title = models.CharField("hva", max_length=160)
    text = models.TextField("beskrivelse", blank=True)
    starts = models.DateField("fra")
    ends = models.DateField("frist")
    is_meeting = models.BooleanField("møte", default=False)
    done_at = models.DateTimeField("kvittert", null=True, blank=True)
    done_by = TenantForeignKey(Ansatt, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "aktivitet i årshjulet"
        verbose_name_plural = "aktiviteter i årshjulet"
        ordering = ("ends", "starts")
        constraints = [
            models.UniqueConstraint(name="aktivitet_once", fields=["kommune", "year", "code"]),
            models.CheckConstraint(name="aktivitet_in_order", condition=Q(ends__gte=F("starts"))),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    def is_late(self, on: date) -> bool:
        return not self.is_done and on > self.ends


class Aktivitetsrolle(TenantModel):
    """A role that is responsible for the Aktivitet."""

    aktivitet = TenantForeignKey(Aktivitet, models.CASCADE, related_name="roller")
    kode = models.CharField("rolle", max_length=24, choices=Rolle.Kode)

    class Meta:
        verbose_name = "ansvarlig rolle"
        verbose_name_plural = "ansvarlige roller"
        constraints = [
            models.UniqueConstraint(
                name="aktivitetsrolle_once", fields=["kommune", "aktivitet", "kode"]
            ),
        ]

    def __str__(self) -> str:
        return self.get_kode_display()


class Mote(TenantModel):
    """A meeting on the competence work: when, about what, and its minutes."""

    title = models.CharField("tittel", max_length=160)
    held_on = models.DateField("dato")
    place = models.CharField("sted", max_length=120, blank=True)
    minutes = models.TextField("referat", blank=True)
    version = models.PositiveIntegerField("versjon", default=1)
    aktivitet = TenantForeignKey(
        Aktivitet, models.SET_NULL, null=True, blank=True, related_name="moter"
    )

    class Meta:
        verbose_name = "møte"
        verbose_name_plural = "møter"
        ordering = ("held_on",)

    def __str__(self) -> str:
        return self.title


class Motedeltaker(TenantModel):
    mote = TenantForeignKey(Mote, models.CASCADE, related_name="deltakere")
    ansatt = TenantForeignKey(Ansatt, models.PROTECT, related_name="+")
    capacity = models.CharField("som", max_length=80, blank=True)

    class Meta:
        verbose_name = "møtedeltaker"
        verbose_name_plural = "møtedeltakere"
        constraints = [
            models.UniqueConstraint(name="motedeltaker_once", fields=["kommune", "mote", "ansatt"]),
        ]

    def __str__(self) -> str:
        return self.capacity


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
    """A measure: a line of the training plan. Costs and financing are whole NOK."""

    class Status(models.TextChoices):
        PLANNED = "planlagt", "Planlagt"
        ONGOING = "pagar", "Pågår"
        DONE = "gjennomfort", "Gjennomført"
        POSTPONED = "utsatt", "Utsatt"
        CANCELLED = "avlyst", "Avlyst"

    class Halvar(models.TextChoices):
        SPRING = "var", "Vår"
        AUTUMN = "host", "Høst"

    class Kind(models.TextChoices):
        COURSE = "kurs", "Internopplæring og kurs"
        EDUCATION = "utdanning", "Grunn-, videre- og etterutdanning"
        DEVELOPMENT = "utvikling", "Tjenesteutvikling"

    year = models.PositiveSmallIntegerField("år")
    half = models.CharField("halvår", max_length=4, choices=Halvar)
    kind = models.CharField("slag", max_length=10, choices=Kind, default=Kind.COURSE)
    theme = models.CharField("tema", max_length=200)
    need = models.CharField("behov", max_length=200, blank=True)
    timing = models.CharField("tidspunkt", max_length=80, blank=True)
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
    kompetanse = TenantForeignKey(
        Kompetanse, models.PROTECT, null=True, blank=True, related_name="+"
    )
    arena = TenantForeignKey(
        Laringsarena, models.PROTECT, null=True, blank=True, related_name="tiltak"
    )
    status = models.CharField("status", max_length=12, choices=Status, default=Status.PLANNED)
    evaluate_on = models.DateField("evalueres", null=True, blank=True)
    evaluation = models.TextField("evaluering", blank=True)
    origin = models.CharField("kommer fra", max_length=60, blank=True)
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
        ]

    def __str__(self) -> str:
        return self.theme


class Belopslinje(TenantModel):
    """A cost or a financing of a measure, whole NOK."""

    class Kind(models.TextChoices):
        FEE = "fee", "Kursavgift eller studieavgift"
        SUBSTITUTE = "substitute", "Vikar"
        TRAVEL = "travel", "Reise"
        LITERATURE = "literature", "Litteratur"
        OTHER_COST = "other_cost", "Annen kostnad"
        OWN = "own", "Eget budsjett"
        GRANT = "grant", "Statstilskudd"
        REGION = "region", "Region"
        OTHER_FINANCING = "other_financing", "Annen finansiering"

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
