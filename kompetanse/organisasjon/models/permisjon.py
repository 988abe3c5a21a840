"""Leave of absence."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models.ansatt import Ansatt


class Permisjon(TenantModel):
    """A leave of absence from a day to another, both included. Sick leave is never stored.

    `percentage` is how much of the employee's work the leave takes, 1–100; `ends` is None until
    it is known.
    """

    class Kind(models.TextChoices):
        FORELDRE = "foreldre", _("Foreldrepermisjon")
        UTDANNING = "utdanning", _("Utdanningspermisjon")
        OMSORG = "omsorg", _("Omsorgspermisjon")
        TJENESTE = "tjeneste", _("Militær eller sivil tjeneste")
        ANNEN = "annen", _("Annen permisjon")

    ansatt = TenantForeignKey(Ansatt, models.CASCADE, related_name="permisjoner")
    kind = models.CharField("slag", max_length=12, choices=Kind)
    percentage = models.PositiveSmallIntegerField(
        "permisjonsprosent", default=100, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    starts = models.DateField("fra")
    ends = models.DateField("til og med", null=True, blank=True)
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "permisjon"
        verbose_name_plural = "permisjoner"
        ordering = ("-starts",)
        constraints = [
            models.UniqueConstraint(
                name="permisjon_starts_once", fields=["kommune", "ansatt", "starts", "kind"]
            ),
            models.CheckConstraint(
                name="permisjon_percentage_1_100", condition=Q(percentage__range=(1, 100))
            ),
            models.CheckConstraint(
                name="permisjon_in_order",
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.percentage} %"

    def is_in_force(self, on: date) -> bool:
        return self.starts <= on and (self.ends is None or self.ends >= on)
