"""Units in a tree."""

from django.db import models

from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models.sorting import NORWEGIAN


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
