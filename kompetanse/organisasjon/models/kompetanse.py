"""The catalogue of competence and its levels."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models.sorting import NORWEGIAN


class Kompetanse(TenantModel):
    """An entry in the Kommune's catalogue of competence."""

    class Block(models.TextChoices):
        KUNNSKAP = "kunnskap", _("Kunnskap")
        FERDIGHET = "ferdighet", _("Ferdighet")
        EVNE = "evne", _("Evne")
        HOLDNING = "holdning", _("Holdning")

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
