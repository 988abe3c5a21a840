"""The stock of competence, and what courses propose to it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt, Kompetanse


class Beholdning(TenantModel):
    """A competence that an employee has: level, who says so, and until when it holds.

    The index covers the GAP query, which reads a whole Kommune.
    """

    class Status(models.TextChoices):
        DECLARED = "declared", _("Meldt av den ansatte")
        CONFIRMED = "confirmed", _("Bekreftet av leder")

    ansatt = TenantForeignKey(Ansatt, models.CASCADE, related_name="beholdning", db_index=False)
    kompetanse = TenantForeignKey(Kompetanse, models.PROTECT, related_name="beholdning")
    level = models.PositiveSmallIntegerField("nivå")
    status = models.CharField("status", max_length=10, choices=Status, default=Status.DECLARED)
    valid_until = models.DateField("gyldig til", null=True, blank=True)
    confirmed_by = TenantForeignKey(Ansatt, models.PROTECT, null=True, blank=True, related_name="+")
    updated_at = models.DateTimeField("oppdatert", default=clock.now)
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "kompetanse hos ansatt"
        verbose_name_plural = "kompetanse hos ansatte"
        constraints = [
            models.UniqueConstraint(
                name="beholdning_once", fields=["kommune", "ansatt", "kompetanse"]
            ),
            models.CheckConstraint(name="beholdning_level_0_4", condition=Q(level__range=(0, 4))),
        ]
        indexes = [
            models.Index(
                name="beholdning_gap",
                fields=["kommune", "ansatt"],
                include=["kompetanse", "level", "valid_until"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kompetanse_id} nivå {self.level}"


class Kompetanseforslag(TenantModel):
    """A competence that a course, or a step of an introduction, should have given.

    It waits for the leader and leaves Beholdning as it is until then. `origin` is where it comes
    from, `arrangement:17`; the same origin proposes once.
    """

    class Status(models.TextChoices):
        WAITING = "venter", _("Venter på leder")
        CONFIRMED = "bekreftet", _("Bekreftet")
        DECLINED = "avvist", _("Ikke bekreftet")

    ansatt = TenantForeignKey(Ansatt, models.CASCADE, related_name="kompetanseforslag")
    kompetanse = TenantForeignKey(Kompetanse, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField("nivå")
    valid_until = models.DateField("gyldig til", null=True, blank=True)
    origin = models.CharField("kommer fra", max_length=60)
    title = models.CharField("hva", max_length=160)
    on = models.DateField("dato")
    status = models.CharField("status", max_length=10, choices=Status, default=Status.WAITING)
    decided_by = TenantForeignKey(Ansatt, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("avgjort", null=True, blank=True)

    class Meta:
        verbose_name = "forslag om kompetanse"
        verbose_name_plural = "forslag om kompetanse"
        ordering = ("on", "pk")
        constraints = [
            models.UniqueConstraint(
                name="kompetanseforslag_once", fields=["kommune", "ansatt", "origin"]
            ),
            models.CheckConstraint(
                name="kompetanseforslag_level_1_4", condition=Q(level__range=(1, 4))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kompetanse_id} nivå {self.level}"
