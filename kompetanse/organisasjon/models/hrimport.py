"""Runs of the import from HR."""

from django.db import models

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models.ansatt import Ansatt


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
