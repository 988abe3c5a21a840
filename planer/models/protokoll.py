"""The minutes of a meeting: drafted from what happened, sent round, approved and frozen."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import Fil, TenantModel
from kompetanse.organisasjon.models import Ansatt
from planer.models.mote import Mote


class Protokoll(TenantModel):
    """One edition of a meeting's minutes.

    `content` is what it says; from the approval on it is never edited. `printed` is then the whole
    document as it was approved, and `fil` the PDF that a worker makes of it. A correction is the
    next edition, which supersedes this one when it is approved.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Utkast")
        REMARKS = "remarks", _("Til merknader")
        APPROVED = "approved", _("Godkjent")
        SUPERSEDED = "superseded", _("Erstattet")

    mote = TenantForeignKey(Mote, models.PROTECT, related_name="protokoller")
    edition = models.PositiveSmallIntegerField("utgave", default=1)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.DRAFT)
    content = models.JSONField("innhold", default=dict, encoder=DjangoJSONEncoder)
    correction = models.CharField("hva som rettes", max_length=300, blank=True)
    remarks_by = models.DateField("frist for merknader", null=True, blank=True)
    printed = models.TextField("slik det ble godkjent", blank=True)
    fil = TenantForeignKey(Fil, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField("godkjent", null=True, blank=True)
    approved_by = TenantForeignKey(
        Ansatt, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="godkjent av"
    )
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        verbose_name = "møtereferat"
        verbose_name_plural = "møtereferater"
        ordering = ("mote", "edition")
        constraints = [
            models.UniqueConstraint(
                name="protokoll_edition_once", fields=["kommune", "mote", "edition"]
            ),
            models.UniqueConstraint(
                name="protokoll_one_approved",
                fields=["kommune", "mote"],
                condition=Q(status="approved"),
            ),
            models.UniqueConstraint(
                name="protokoll_one_in_work",
                fields=["kommune", "mote"],
                condition=Q(status__in=("draft", "remarks")),
            ),
            models.CheckConstraint(
                name="protokoll_approved_is_frozen",
                condition=~Q(status__in=("approved", "superseded"))
                | (Q(approved_at__isnull=False) & (Q(fil__isnull=False) | ~Q(printed=""))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mote_id}, utgave {self.edition}"

    @property
    def is_frozen(self) -> bool:
        return self.status in {self.Status.APPROVED, self.Status.SUPERSEDED}


class Protokollmerknad(TenantModel):
    """What a participant says of the draft: that it is right, or what is wrong with it."""

    protokoll = TenantForeignKey(Protokoll, models.CASCADE, related_name="merknader")
    by = TenantForeignKey(Ansatt, models.PROTECT, related_name="+")
    agrees = models.BooleanField("godkjenner", default=False)
    text = models.TextField("merknad", blank=True)
    at = models.DateTimeField("skrevet", default=clock.now)

    class Meta:
        verbose_name = "merknad til referatet"
        verbose_name_plural = "merknader til referatet"
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(
                name="protokollmerknad_agrees_once",
                fields=["kommune", "protokoll", "by"],
                condition=Q(agrees=True),
            ),
            models.CheckConstraint(
                name="protokollmerknad_says_something", condition=Q(agrees=True) | ~Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return f"Merknad {self.pk}"
