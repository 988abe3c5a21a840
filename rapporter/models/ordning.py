"""A county's grant scheme."""

from django.db import models

from kompetanse.kommuner.models import TenantModel


class Tilskuddsordning(TenantModel):
    """A grant scheme as one county announces it one year: deadlines and columns are data.

    `columns` is a list of {"field": …, "heading": …} in the order of the county's form.
    """

    year = models.PositiveSmallIntegerField("tilskuddsår")
    name = models.CharField("navn", max_length=160)
    county = models.CharField("statsforvalter", max_length=120)
    ready_by = models.DateField("klar hos oss")
    deadline = models.DateField("statsforvalterens frist")
    distribute_by = models.DateField("fordeles innen", null=True, blank=True)
    columns = models.JSONField("kolonner", default=list)

    class Meta:
        verbose_name = "tilskuddsordning"
        verbose_name_plural = "tilskuddsordninger"
        ordering = ("-year",)
        constraints = [
            models.UniqueConstraint(
                name="tilskuddsordning_once", fields=["kommune", "year", "name"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"
