"""A year's training plan as something that is heard, adopted and frozen."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt, Enhet


class Opplaringsplan(TenantModel):
    """The short plan of a unit for a year, or the joint plan of all units.

    Its lines are the year's measures, until it is adopted: `frozen` is the plan as it was then,
    whatever happens to a measure later. A new edition supersedes the one before. `year_before` is
    the adopted plan of last year that it is rolled from.
    """

    class Kind(models.TextChoices):
        SHORT = "kort", _("Opplæringsplan")
        JOINT = "felles", _("Felles opplæringsplan")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Utkast")
        HEARING = "hearing", _("På høring")
        ADOPTED = "adopted", _("Vedtatt")
        SUPERSEDED = "superseded", _("Erstattet")

    kind = models.CharField("slag", max_length=6, choices=Kind)
    year = models.PositiveSmallIntegerField("år")
    enhet = TenantForeignKey(
        Enhet, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="enhet"
    )
    earlier = TenantForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="forrige"
    )
    year_before = TenantForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="rullert fra"
    )
    status = models.CharField("status", max_length=12, choices=Status, default=Status.DRAFT)
    body = models.CharField("vedtatt av", max_length=120, blank=True)
    adopted_on = models.DateField("vedtatt", null=True, blank=True)
    case_number = models.CharField("saksnummer", max_length=40, blank=True)
    frozen = models.JSONField("slik den ble vedtatt", null=True, encoder=DjangoJSONEncoder)
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "opplæringsplan"
        verbose_name_plural = "opplæringsplaner"
        ordering = ("-year", "kind", "-pk")
        constraints = [
            models.CheckConstraint(
                name="opplaringsplan_joint_has_no_unit",
                condition=Q(kind="felles", enhet__isnull=True)
                | Q(kind="kort", enhet__isnull=False),
            ),
            models.UniqueConstraint(
                name="opplaringsplan_one_open",
                fields=["kommune", "year", "kind", "enhet"],
                condition=Q(status__in=["draft", "hearing"]),
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                name="opplaringsplan_one_adopted",
                fields=["kommune", "year", "kind", "enhet"],
                condition=Q(status="adopted"),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="opplaringsplan_adopted_is_frozen",
                condition=Q(status__in=["draft", "hearing"])
                | Q(frozen__isnull=False, adopted_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        where = f", {self.enhet.name}" if self.enhet else ""
        return f"{self.get_kind_display()} {self.year}{where}"


class Planinnlevering(TenantModel):
    """A unit has sent its measures in to the joint plan of the year."""

    year = models.PositiveSmallIntegerField("år")
    enhet = TenantForeignKey(Enhet, models.PROTECT, related_name="+", verbose_name="enhet")
    note = models.CharField("til fagrådgiveren", max_length=500, blank=True)
    at = models.DateTimeField("sendt inn", default=clock.now)
    by = TenantForeignKey(Ansatt, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = "innlevering til felles plan"
        verbose_name_plural = "innleveringer til felles plan"
        constraints = [
            models.UniqueConstraint(
                name="planinnlevering_once", fields=["kommune", "year", "enhet"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enhet_id} {self.year}"


class Tiltaksimport(TenantModel):
    """Measures read from a workbook and looked over, before someone takes them in.

    `rows` are what the workbook says, as text by column; they are checked once more when they
    are taken in. The row is gone afterwards.
    """

    year = models.PositiveSmallIntegerField("år")
    file_name = models.CharField("fil", max_length=200)
    rows = models.JSONField("rader", default=list)
    at = models.DateTimeField("lest", default=clock.now)
    by = TenantForeignKey(Ansatt, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "innlesing av tiltak"
        verbose_name_plural = "innlesinger av tiltak"

    def __str__(self) -> str:
        return self.file_name
