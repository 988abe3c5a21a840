"""Notices that go out, and work that people wait for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt


class Varsel(TenantModel):
    """An e-mail to one person, written in the transaction that causes it; a relay sends it.

    The key is unique in the Kommune, so that nothing is said twice, for instance
    `paminnelse:soknadsfrist:2026:T-7:17`. The text holds no token, no login link and nothing
    personal beyond the name.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("Venter")
        SENDING = "sending", _("Sendes")
        SENT = "sent", _("Sendt")
        FAILED = "failed", _("Feilet")
        UNCERTAIN = "uncertain", _("Usikkert om den kom fram")
        SKIPPED = "skipped", _("Ikke sendt")

    key = models.CharField("nøkkel", max_length=160)
    kind = models.CharField("slag", max_length=40)
    recipient = TenantForeignKey(Ansatt, models.CASCADE, related_name="varsler")
    address = models.EmailField("adresse", blank=True)
    subject = models.CharField("emne", max_length=200)
    body = models.TextField("tekst")
    calendar = models.TextField("kalenderfil", blank=True)
    is_reminder = models.BooleanField("påminnelse", default=False)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.PENDING)
    reason = models.CharField("grunn", max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField("forsøk", default=0)
    leased_until = models.DateTimeField("opptatt til", null=True, blank=True)
    not_before = models.DateTimeField("tidligst", default=clock.now)
    expires = models.DateTimeField("senest", null=True, blank=True)
    created_at = models.DateTimeField("skrevet", default=clock.now)
    sent_at = models.DateTimeField("sendt", null=True, blank=True)

    class Meta:
        verbose_name = "varsel"
        verbose_name_plural = "varsler"
        constraints = [models.UniqueConstraint(name="varsel_once", fields=["kommune", "key"])]
        indexes = [
            models.Index(
                name="varsel_waiting",
                fields=["kommune", "not_before"],
                condition=Q(status__in=("pending", "sending")),
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def message_id(self) -> str:
        """The same for every try, so that a mail server can drop a second copy."""
        return f"<varsel-{self.kommune_id}-{self.pk}@kompetanse.invalid>"


class Kjoring(TenantModel):
    """A piece of work that a worker does and a person waits for.

    `total` is 0 when nobody knows how many parts there are. Where it leads to when it has ended is
    `return_url`, and what that is called is `button`, «Gå videre» when empty.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Venter")
        RUNNING = "running", _("Pågår")
        DONE = "done", _("Ferdig")
        FAILED = "failed", _("Stoppet")

    kind = models.CharField("hva", max_length=40)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.WAITING)
    total = models.PositiveIntegerField("i alt", default=0)
    done = models.PositiveIntegerField("ferdig", default=0)
    failed = models.PositiveIntegerField("feilet", default=0)
    message = models.CharField("melding", max_length=300, blank=True)
    return_url = models.CharField("tilbake til", max_length=500, blank=True)
    button = models.CharField("knappen", max_length=40, blank=True)
    by = TenantForeignKey(Ansatt, models.PROTECT, related_name="+")
    started_at = models.DateTimeField("startet", default=clock.now)
    ended_at = models.DateTimeField("ferdig", null=True)

    class Meta:
        verbose_name = "kjøring"
        verbose_name_plural = "kjøringer"

    def __str__(self) -> str:
        return f"{self.kind} {self.done}/{self.total}"

    @property
    def is_ended(self) -> bool:
        return self.status in {self.Status.DONE, self.Status.FAILED}

    @property
    def is_file(self) -> bool:
        """Whether it ended in a file to take, rather than in a page."""
        return self.status == self.Status.DONE and bool(self.button)

    @property
    def percent(self) -> int:
        """How far it has come, 0–100."""
        return 100 * (self.done + self.failed) // self.total if self.total else 0


class Kalendernokkel(TenantModel):
    """The key to an employee's personal calendar: its fingerprint only, one for each employee."""

    ansatt = TenantForeignKey(Ansatt, models.CASCADE, related_name="+")
    digest = models.CharField("fingeravtrykk", max_length=64)
    made_at = models.DateTimeField("laget", default=clock.now)

    class Meta:
        verbose_name = "kalenderadresse"
        verbose_name_plural = "kalenderadresser"
        constraints = [
            models.UniqueConstraint(name="kalendernokkel_once", fields=["kommune", "ansatt"]),
            models.UniqueConstraint(name="kalendernokkel_digest", fields=["kommune", "digest"]),
        ]

    def __str__(self) -> str:
        return f"{self.ansatt_id}"
