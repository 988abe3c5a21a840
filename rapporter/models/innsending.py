"""What is sent to the county: written, approved by the one who signs, frozen, sent by hand."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import Fil, TenantModel
from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler.models import Kjoring


class Innsending(TenantModel):
    """The life that the application and the report share.

    When it is put forward, `snapshot` keeps every word and figure of it: what is approved is what
    is sent, whatever changes later in the plan, the register or the scheme. `fil` is its PDF.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Under arbeid")
        PROPOSED = "proposed", _("Til godkjenning")
        APPROVED = "approved", _("Godkjent")
        SENT = "sent", _("Sendt")

    status = models.CharField("status", max_length=8, choices=Status, default=Status.DRAFT)
    reason = models.CharField("grunn til å sende tilbake", max_length=500, blank=True)
    case_number = models.CharField("saksnummer", max_length=40, blank=True)
    version = models.PositiveIntegerField("versjon", default=1)
    snapshot = models.JSONField("som lagt fram", null=True, blank=True)
    approved_at = models.DateTimeField("godkjent", null=True, blank=True)
    approved_by = TenantForeignKey(Ansatt, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField("godkjent i rollen", max_length=60, blank=True)
    sent_at = models.DateTimeField("sendt", null=True, blank=True)
    sent_by = TenantForeignKey(Ansatt, models.PROTECT, null=True, blank=True, related_name="+")
    fil = TenantForeignKey(Fil, models.PROTECT, null=True, blank=True, related_name="+")
    kjoring = TenantForeignKey(Kjoring, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_frozen_has_snapshot",
                condition=Q(status="draft") | Q(snapshot__isnull=False),
            ),
            models.CheckConstraint(
                name="%(class)s_approved_is_whole",
                condition=~Q(status="approved")
                | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
        ]

    @property
    def is_frozen(self) -> bool:
        """Whether it is put forward, so that only a new decision can open it again."""
        return self.status != self.Status.DRAFT

    @property
    def is_sent(self) -> bool:
        return self.status == self.Status.SENT
