"""Employees, their positions, and what positions are called."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel, TenantPart
from kompetanse.organisasjon.models.bruker import Bruker
from kompetanse.organisasjon.models.enhet import Enhet
from kompetanse.organisasjon.models.sorting import NORWEGIAN


class Fellesgruppe(models.TextChoices):
    """The common groups that every Kommune's own names are mapped to, so that figures compare.

    Source: the professions that the five public plans of the demonstration name.
    """

    SYKEPLEIER = "sykepleier", _("Sykepleier")
    SPESIALSYKEPLEIER = "spesialsykepleier", _("Spesialsykepleier")
    HELSESYKEPLEIER = "helsesykepleier", _("Helsesykepleier")
    JORDMOR = "jordmor", _("Jordmor")
    VERNEPLEIER = "vernepleier", _("Vernepleier")
    HELSEFAGARBEIDER = "helsefagarbeider", _("Helsefagarbeider")
    LEGE = "lege", _("Lege")
    FYSIOTERAPEUT = "fysioterapeut", _("Fysioterapeut")
    ERGOTERAPEUT = "ergoterapeut", _("Ergoterapeut")
    SOSIONOM = "sosionom", _("Sosionom")
    BARNEVERNSPEDAGOG = "barnevernspedagog", _("Barnevernspedagog")
    MILJO = "miljo", _("Miljøterapeut og miljøarbeider")
    LAERER = "laerer", _("Lærer")
    BARNEHAGELAERER = "barnehagelaerer", _("Barnehagelærer")
    BARNE_UNGDOM = "barne_ungdom", _("Barne- og ungdomsarbeider")
    ASSISTENT = "assistent", _("Assistent og pleiemedarbeider")
    KJOKKEN = "kjokken", _("Kokk og kjøkken")
    FAGARBEIDER = "fagarbeider", _("Fagarbeider i drift og teknisk")
    INGENIOR = "ingenior", _("Ingeniør")
    RADGIVER = "radgiver", _("Saksbehandler, rådgiver og veileder")
    LEDER = "leder", _("Leder")
    LAERLING = "laerling", _("Lærling")
    ANNEN = "annen", _("Annen gruppe")


class Stillingskategori(TenantModel):
    """What the Kommune itself calls a position, and the common group that it belongs to."""

    name = models.CharField("navn", max_length=80, db_collation=NORWEGIAN)
    group = models.CharField("fellesgruppe", max_length=80, choices=Fellesgruppe, blank=True)

    class Meta:
        verbose_name = "stillingskategori"
        verbose_name_plural = "stillingskategorier"
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(name="stillingskategori_name_once", fields=["kommune", "name"]),
        ]

    def __str__(self) -> str:
        return self.name


class Ansatt(TenantPart):
    """An employee. No national identity number is ever stored.

    `enhet` and `kategori` are those of the main position; the HR import keeps them.
    """

    number = models.CharField("ansattnummer", max_length=20)
    first_name = models.CharField("fornavn", max_length=80, db_collation=NORWEGIAN)
    last_name = models.CharField("etternavn", max_length=80, db_collation=NORWEGIAN)
    email = models.EmailField("e-post", blank=True)
    birth_year = models.PositiveSmallIntegerField("fødselsår", null=True, blank=True)
    enhet = TenantForeignKey(Enhet, models.PROTECT, related_name="ansatte")
    kategori = TenantForeignKey(
        Stillingskategori, models.PROTECT, null=True, blank=True, related_name="+"
    )
    bruker = TenantForeignKey(
        Bruker, models.SET_NULL, null=True, blank=True, related_name="ansatte"
    )
    employed_from = models.DateField("ansatt fra", null=True, blank=True)
    # The first day without employment; the last position was held the day before.
    left_on = models.DateField("sluttet", null=True, blank=True)

    class Meta:
        verbose_name = "ansatt"
        verbose_name_plural = "ansatte"
        ordering = ("last_name", "first_name")
        constraints = [
            models.UniqueConstraint(name="ansatt_number_once", fields=["kommune", "number"]),
            models.UniqueConstraint(
                name="ansatt_bruker_once",
                fields=["kommune", "bruker"],
                condition=Q(bruker__isnull=False),
            ),
            models.UniqueConstraint(name="ansatt_gap", fields=["kommune", "id"], include=["enhet"]),
        ]
        indexes = [models.Index(name="ansatt_enhet", fields=["kommune", "enhet"])]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Stilling(TenantPart):
    """A position: where, as what, how much, permanent or not, from–to."""

    ansatt = TenantForeignKey(Ansatt, models.CASCADE, related_name="stillinger")
    enhet = TenantForeignKey(Enhet, models.PROTECT, related_name="stillinger")
    kategori = TenantForeignKey(Stillingskategori, models.PROTECT, related_name="+")
    code = models.CharField("stillingskode", max_length=20, blank=True)
    percentage = models.DecimalField(
        "stillingsprosent",
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    is_permanent = models.BooleanField("fast", default=True)
    starts = models.DateField("fra", null=True, blank=True)
    ends = models.DateField("til", null=True, blank=True)

    class Meta:
        verbose_name = "stilling"
        verbose_name_plural = "stillinger"
        constraints = [
            models.CheckConstraint(
                name="stilling_percentage_0_100", condition=Q(percentage__range=(0, 100))
            ),
            models.CheckConstraint(
                name="stilling_starts_before_ends",
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=F("starts")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kategori_id} {self.percentage} %"
