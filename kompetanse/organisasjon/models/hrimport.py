"""Runs of the import from HR: what each would do, what it did, and what was before it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import Fil, TenantModel, TenantPart
from kompetanse.organisasjon.models.ansatt import Ansatt


class Hrimport(TenantModel):
    """One run of the import from HR: which file, how far it has come, and its figures.

    `state` is the fingerprint of the register that the check compared with; `check` counts the
    checks, so that nobody confirms another one than they saw.
    """

    class Status(models.TextChoices):
        RECEIVED = "received", _("Lastet opp")
        MAPPING = "mapping", _("Venter på kolonner")
        CHECKING = "checking", _("Kontrolleres")
        CHECKED = "checked", _("Venter på bekreftelse")
        WRITING = "writing", _("Skrives inn")
        WRITTEN = "written", _("Skrevet inn")
        UNDONE = "undone", _("Angret")
        REFUSED = "refused", _("Avvist")
        DISCARDED = "discarded", _("Forkastet")

    class Source(models.TextChoices):
        PERSON = "person", _("Lastet opp av en person")
        TOKEN = "token", _("Sendt med nøkkel")
        FOLDER = "folder", _("Lagt i mappen")
        COMMAND = "command", _("Kommando")

    file_name = models.CharField("fil", max_length=200)
    at = models.DateTimeField("tid", default=clock.now)
    by = TenantForeignKey(Ansatt, models.SET_NULL, null=True, related_name="+")
    status = models.CharField("status", max_length=10, choices=Status, default=Status.RECEIVED)
    source = models.CharField("kilde", max_length=10, choices=Source, default=Source.PERSON)
    fil = TenantForeignKey(Fil, models.SET_NULL, null=True, related_name="+")
    is_partial = models.BooleanField("bare noen av de ansatte", default=False)
    headings = models.JSONField("overskrifter", default=list)
    columns = models.JSONField("kolonner", default=dict)
    figures = models.JSONField("tall", default=dict)
    message = models.CharField("melding", max_length=500, blank=True)
    state = models.CharField("tilstand ved kontroll", max_length=80, blank=True)
    check_number = models.PositiveIntegerField("kontroll nummer", default=0)
    written_at = models.DateTimeField("skrevet inn", null=True)
    forgotten_at = models.DateTimeField("innhold slettet", null=True)

    class Meta:
        verbose_name = "import fra HR"
        verbose_name_plural = "importer fra HR"
        indexes = [models.Index(name="hrimport_at", fields=["kommune", "-at"])]

    def __str__(self) -> str:
        return f"{self.file_name} {self.at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        """Whether a person can still decide on it."""
        return self.status in {self.Status.MAPPING, self.Status.CHECKED, self.Status.REFUSED}

    @property
    def is_busy(self) -> bool:
        """Whether a worker has it, or is about to."""
        return self.status in {self.Status.RECEIVED, self.Status.CHECKING, self.Status.WRITING}


class Hrlinje(TenantPart):
    """One line of a check: a person or unit and what happens, or a faulty row and why.

    `changes` is for people: [label, old, new]. `content` is for the writing: exactly what is shown
    is what is written. A faulty row keeps its cells, so that it can be given back.
    """

    class Kind(models.TextChoices):
        NEW = "new", _("Nye")
        RETURNED = "returned", _("Kommer tilbake")
        MOVED = "moved", _("Flyttet")
        CHANGED = "changed", _("Endret")
        LEFT = "left", _("Slutter ifølge filen")
        MISSING = "missing", _("Mangler i filen")
        UNIT_NEW = "unit_new", _("Nye enheter")
        UNIT_CHANGED = "unit_changed", _("Endrede enheter")
        REOPENED = "reopened", _("Avsluttede enheter som tas i bruk igjen")
        CATEGORY_NEW = "category_new", _("Nye stillinger")
        LEADER_NEW = "leader_new", _("Nye ledere")
        DOUBTFUL = "doubtful", _("Leder hos oss, men ikke i filen")
        FAULT = "fault", _("Feil i raden")
        COMPANION = "companion", _("Rad uten feil for samme person")
        REMARK = "remark", _("Se også på")

    hrimport = TenantForeignKey(Hrimport, models.CASCADE, related_name="linjer", db_index=False)
    kind = models.CharField("slag", max_length=12, choices=Kind)
    place = models.PositiveIntegerField("plass")
    number = models.CharField("ansattnummer", max_length=60, blank=True)
    name = models.CharField("navn", max_length=170, blank=True)
    unit = models.CharField("enhet", max_length=120, blank=True)
    row = models.PositiveIntegerField("rad", default=0)
    column = models.CharField("kolonne", max_length=120, blank=True)
    text = models.CharField("forklaring", max_length=500, blank=True)
    suggestion = models.CharField("forslag", max_length=200, blank=True)
    changes = models.JSONField("endringer", default=list)
    content = models.JSONField("innhold", default=dict)

    class Meta:
        verbose_name = "linje i import fra HR"
        verbose_name_plural = "linjer i import fra HR"
        ordering = ("place",)
        indexes = [
            models.Index(name="hrlinje_kind", fields=["kommune", "hrimport", "kind", "place"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.place}"


class Hrspor(TenantPart):
    """What a row was before a run wrote it (None: it was not there), and what it became."""

    hrimport = TenantForeignKey(Hrimport, models.CASCADE, related_name="spor", db_index=False)
    table = models.CharField("tabell", max_length=20)
    object_id = models.BigIntegerField("nummer")
    before = models.JSONField("før", null=True)
    after = models.JSONField("etter")

    class Meta:
        verbose_name = "spor etter import fra HR"
        verbose_name_plural = "spor etter import fra HR"
        indexes = [
            models.Index(name="hrspor_object", fields=["kommune", "hrimport", "table", "object_id"])
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.object_id}"


class Hrnokkel(TenantModel):
    """A key with which the HR system may deliver its file. Only its fingerprint is stored."""

    name = models.CharField("navn", max_length=80)
    digest = models.CharField("fingeravtrykk", max_length=64)
    tail = models.CharField("de siste tegnene", max_length=4)
    created_at = models.DateTimeField("laget", default=clock.now)
    created_by = TenantForeignKey(Ansatt, models.SET_NULL, null=True, related_name="+")
    used_at = models.DateTimeField("sist brukt", null=True)
    revoked_at = models.DateTimeField("trukket tilbake", null=True)

    class Meta:
        verbose_name = "nøkkel for HR-fil"
        verbose_name_plural = "nøkler for HR-fil"
        constraints = [
            models.UniqueConstraint(name="hrnokkel_digest_once", fields=["kommune", "digest"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} …{self.tail}"
