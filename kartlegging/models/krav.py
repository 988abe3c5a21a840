"""How many must have a competence."""

from django.db import models
from django.db.models import Q

from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Enhet, Kompetanse


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
