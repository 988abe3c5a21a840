"""The tenant's own table of measures: which columns, in which order, under which headings."""

from django.db import models

from kompetanse.kommuner.models import TenantModel


class Plankolonne(TenantModel):
    """A column of the Kommune's own table. `field` is a key of planer.queries.kolonne.FIELDS."""

    order = models.PositiveSmallIntegerField("rekkefølge")
    field = models.CharField("felt", max_length=30)
    heading = models.CharField("overskrift", max_length=60)

    class Meta:
        verbose_name = "kolonne i planen"
        verbose_name_plural = "kolonner i planen"
        ordering = ("order", "pk")
        constraints = [
            models.UniqueConstraint(name="plankolonne_field_once", fields=["kommune", "field"]),
        ]

    def __str__(self) -> str:
        return self.heading
