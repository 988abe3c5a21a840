"""The yearly wheel."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt, Rolle


class Aktivitet(TenantModel):
    """A dated duty of the yearly wheel: what, by when, and which roles are responsible.

    `ends` is the deadline; `starts` opens a period («oktober/november»).
    """

    year = models.PositiveSmallIntegerField("årshjul")
    code = models.SlugField("kode", max_length=40)
    title = models.CharField("hva", max_length=160)
    text = models.TextField("beskrivelse", blank=True)
    starts = models.DateField("fra")
    ends = models.DateField("frist")
    is_meeting = models.BooleanField("møte", default=False)
    done_at = models.DateTimeField("kvittert", null=True, blank=True)
    done_by = TenantForeignKey(Ansatt, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "aktivitet i årshjulet"
        verbose_name_plural = "aktiviteter i årshjulet"
        ordering = ("ends", "starts")
        constraints = [
            models.UniqueConstraint(name="aktivitet_once", fields=["kommune", "year", "code"]),
            models.CheckConstraint(name="aktivitet_in_order", condition=Q(ends__gte=F("starts"))),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    def is_late(self, on: date) -> bool:
        return not self.is_done and on > self.ends


class Aktivitetsrolle(TenantModel):
    """A role that is responsible for the Aktivitet."""

    aktivitet = TenantForeignKey(Aktivitet, models.CASCADE, related_name="roller")
    kode = models.CharField("rolle", max_length=24, choices=Rolle.Kode)

    class Meta:
        verbose_name = "ansvarlig rolle"
        verbose_name_plural = "ansvarlige roller"
        constraints = [
            models.UniqueConstraint(
                name="aktivitetsrolle_once", fields=["kommune", "aktivitet", "kode"]
            ),
        ]

    def __str__(self) -> str:
        return self.get_kode_display()
