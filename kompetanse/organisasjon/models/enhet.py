"""Units in a tree, and the tree as it has been and will be."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models.sorting import NORWEGIAN


class Enhet(TenantModel):
    """A unit as it is today. What it was, and will be, stands in its Enhetsversjoner.

    `path` is the ids from the top, `/1/5/9/`. It, name, kind, parent and `is_open` are those of
    the version in force today, kept by the verbs and at the turn of the day (take_effect).
    """

    class Kind(models.TextChoices):
        KOMMUNE = "kommune", _("Kommune")
        SEKTOR = "sektor", _("Sektor")
        VIRKSOMHET = "virksomhet", _("Virksomhet")
        AVDELING = "avdeling", _("Avdeling")

    name = models.CharField("navn", max_length=120, db_collation=NORWEGIAN)
    code = models.CharField("kode i lønnssystemet", max_length=30)
    kind = models.CharField("slag", max_length=12, choices=Kind)
    parent = TenantForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="under"
    )
    path = models.CharField("vei", max_length=200, editable=False)
    is_open = models.BooleanField("i bruk", default=True, editable=False)
    version = models.PositiveIntegerField("versjon", default=1)

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


# The first day of a unit that was there before anyone wrote its history down.
ALWAYS = date(1900, 1, 1)


class Enhetsversjon(TenantModel):
    """What a unit is called and where it stands from one day to another, both included.

    No path is kept: the tree of a day is followed from parent to parent, so that a move writes
    one row and not one for each unit below. The versions of a unit never overlap (constraint
    enhetsversjon_no_overlap in the migration); a day without one is a day when it is closed.

    Source: docs/adr/0013-history-of-units.md.
    """

    enhet = TenantForeignKey(Enhet, models.CASCADE, related_name="versjoner")
    name = models.CharField("navn", max_length=120, db_collation=NORWEGIAN)
    kind = models.CharField("slag", max_length=12, choices=Enhet.Kind)
    parent = TenantForeignKey(
        Enhet, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="under"
    )
    starts = models.DateField("fra", default=ALWAYS)
    ends = models.DateField("til og med", null=True, blank=True)

    class Meta:
        verbose_name = "enhetsversjon"
        verbose_name_plural = "enhetsversjoner"
        ordering = ("starts",)
        constraints = [
            models.UniqueConstraint(
                name="enhetsversjon_starts_once", fields=["kommune", "enhet", "starts"]
            ),
            models.CheckConstraint(
                name="enhetsversjon_in_order",
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.starts}"

    @property
    def is_first(self) -> bool:
        """Whether the unit was so already when its history began to be written."""
        return self.starts == ALWAYS

    def is_in_force(self, on: date) -> bool:
        return self.starts <= on and (self.ends is None or self.ends >= on)
