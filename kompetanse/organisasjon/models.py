"""Units, people and positions, who holds which role where, and the catalogue of competence."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantManager, TenantModel

NORWEGIAN = "nb-x-icu"


class BrukerManager(TenantManager["Bruker"], BaseUserManager["Bruker"]):
    """Users of the active Kommune; raises without one, as all tenant managers do."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Bruker":
        bruker = self.model(username=username, **fields)
        bruker.set_password(password)
        bruker.save(using=self._db)
        return bruker


class Bruker(AbstractBaseUser, TenantModel):
    """Someone who can log in to one Kommune. The person behind it is an Ansatt."""

    username = models.CharField("brukernavn", max_length=150)
    email = models.EmailField("e-post", blank=True)
    is_active = models.BooleanField("aktiv", default=True)
    language = models.CharField("språk", max_length=2, blank=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[BrukerManager] = BrukerManager()

    class Meta:
        verbose_name = "bruker"
        verbose_name_plural = "brukere"
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(name="bruker_username_once", fields=["kommune", "username"]),
        ]

    def __str__(self) -> str:
        return self.username

    # The employee behind the user, once TenantBackend has found them.
    actor: "Ansatt | None" = None

    # Django's and allauth's pages ask every user for these; we have neither staff nor superusers.
    is_staff = False
    is_superuser = False


class Enhet(TenantModel):
    """A unit in the tree. `path` is the ids from the top, `/1/5/9/`, kept by actions.place."""

    class Kind(models.TextChoices):
        KOMMUNE = "kommune", "Kommune"
        SEKTOR = "sektor", "Sektor"
        VIRKSOMHET = "virksomhet", "Virksomhet"
        AVDELING = "avdeling", "Avdeling"

    name = models.CharField("navn", max_length=120, db_collation=NORWEGIAN)
    code = models.CharField("kode i lønnssystemet", max_length=30)
    kind = models.CharField("slag", max_length=12, choices=Kind)
    parent = TenantForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="under"
    )
    path = models.CharField("vei", max_length=200, editable=False)

    class Meta:
        verbose_name = "enhet"
        verbose_name_plural = "enheter"
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(name="enhet_code_once", fields=["kommune", "code"]),
        ]
        indexes = [
            models.Index(
                name="enhet_path",
                fields=["kommune", "path"],
                opclasses=["int8_ops", "varchar_pattern_ops"],
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def depth(self) -> int:
        """How many units stand above it; 0 at the top."""
        return self.path.count("/") - 2

    def is_within(self, path: str) -> bool:
        return self.path.startswith(path)


class Stillingskategori(TenantModel):
    name = models.CharField("navn", max_length=80, db_collation=NORWEGIAN)
    group = models.CharField("fellesgruppe", max_length=80, blank=True)

    class Meta:
        verbose_name = "stillingskategori"
        verbose_name_plural = "stillingskategorier"
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(name="stillingskategori_name_once", fields=["kommune", "name"]),
        ]

    def __str__(self) -> str:
        return self.name


class Ansatt(TenantModel):
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


class Stilling(TenantModel):
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


class Rolle(TenantModel):
    """Who holds which role, for a unit and all below it, from–to, and who gave it."""

    class Kode(models.TextChoices):
        ANSATT = "ansatt", "Ansatt"
        LEDER = "leder", "Leder"
        VIRKSOMHETSLEDER = "virksomhetsleder", "Virksomhetsleder"
        FAGRADGIVER = "fagradgiver", "Fagrådgiver"
        TILLITSVALGT = "tillitsvalgt", "Tillitsvalgt"
        VERNEOMBUD = "verneombud", "Verneombud"
        KOMPETANSETILLITSVALGT = "kompetansetillitsvalgt", "Kompetansetillitsvalgt"
        STABSLEDER = "stabsleder", "Stabsleder"
        KOMMUNALSJEF = "kommunalsjef", "Kommunalsjef"
        KOMMUNEDIREKTOR = "kommunedirektor", "Kommunedirektør"
        PERSONALSJEF = "personalsjef", "Personalsjef"
        REGIONKOORDINATOR = "regionkoordinator", "Regionkoordinator"
        SYSTEMANSVARLIG = "systemansvarlig", "Systemansvarlig"

    ansatt = TenantForeignKey(Ansatt, models.CASCADE, related_name="roller")
    kode = models.CharField("rolle", max_length=24, choices=Kode)
    enhet = TenantForeignKey(Enhet, models.PROTECT, related_name="roller")
    union = models.CharField("organisasjon", max_length=60, blank=True)
    starts = models.DateField("fra", null=True, blank=True)
    ends = models.DateField("til", null=True, blank=True)
    given_by = TenantForeignKey(
        Ansatt, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="gitt av"
    )

    class Meta:
        verbose_name = "rolle"
        verbose_name_plural = "roller"
        constraints = [
            models.UniqueConstraint(
                name="rolle_once",
                fields=["kommune", "ansatt", "kode", "enhet", "starts"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return self.get_kode_display()


class Kompetanse(TenantModel):
    """An entry in the Kommune's catalogue of competence."""

    class Block(models.TextChoices):
        KUNNSKAP = "kunnskap", "Kunnskap"
        FERDIGHET = "ferdighet", "Ferdighet"
        EVNE = "evne", "Evne"
        HOLDNING = "holdning", "Holdning"

    name = models.CharField("navn", max_length=120, db_collation=NORWEGIAN)
    is_formal = models.BooleanField("formell", default=False)
    block = models.CharField("byggestein", max_length=10, choices=Block, default=Block.KUNNSKAP)
    validity_months = models.PositiveSmallIntegerField("gyldig (måneder)", null=True, blank=True)

    class Meta:
        verbose_name = "kompetanse"
        verbose_name_plural = "kompetanser"
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(name="kompetanse_name_once", fields=["kommune", "name"]),
        ]

    def __str__(self) -> str:
        return self.name


class Niva(TenantModel):
    """What a level means in this Kommune: 0 none – 4 expert."""

    level = models.PositiveSmallIntegerField("nivå")
    name = models.CharField("navn", max_length=40)
    text = models.CharField("beskrivelse", max_length=300, blank=True)

    class Meta:
        verbose_name = "nivå"
        verbose_name_plural = "nivåer"
        ordering = ("level",)
        constraints = [
            models.UniqueConstraint(name="niva_level_once", fields=["kommune", "level"]),
            models.CheckConstraint(name="niva_level_0_4", condition=Q(level__range=(0, 4))),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.name}"


class Hrimport(TenantModel):
    """One run of the import from HR: which file, what it did, and its report by row."""

    file_name = models.CharField("fil", max_length=200)
    at = models.DateTimeField("tid", default=clock.now)
    by = TenantForeignKey(Ansatt, models.SET_NULL, null=True, related_name="+")
    figures = models.JSONField("tall", default=dict)
    faults = models.JSONField("feil", default=list)

    class Meta:
        verbose_name = "import fra HR"
        verbose_name_plural = "importer fra HR"

    def __str__(self) -> str:
        return f"{self.file_name} {self.at:%Y-%m-%d}"
