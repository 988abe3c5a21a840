"""Tenants, and what every tenant table stands on."""

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.errors import TenantError
from kompetanse.kommuner import tenancy

_Row_co = TypeVar("_Row_co", bound=models.Model, covariant=True)


class Region(models.Model):
    """A co-operation of Kommuner. It reads what its members publish, never their rows."""

    name = models.CharField("navn", max_length=100, unique=True)

    class Meta:
        verbose_name = "region"
        verbose_name_plural = "regioner"

    def __str__(self) -> str:
        return self.name


class Kommune(models.Model):
    """A tenant. The row is public (it is found before anyone has logged in); nothing else is."""

    class Maalform(models.TextChoices):
        BOKMAAL = "nb", _("Bokmål")
        NYNORSK = "nn", _("Nynorsk")

    slug = models.SlugField("adresse", max_length=40, unique=True)
    number = models.CharField("kommunenummer", max_length=4, unique=True)
    name = models.CharField("navn", max_length=100)
    host = models.CharField("eget vertsnavn", max_length=200, blank=True)
    maalform = models.CharField("målform", max_length=2, choices=Maalform, default=Maalform.BOKMAAL)
    theme = models.SlugField("fargetema", max_length=20, default="standard")
    contact = models.CharField("kontakt", max_length=200, blank=True)
    region = models.ForeignKey(
        Region, models.SET_NULL, null=True, blank=True, related_name="kommuner"
    )
    paused_at = models.DateTimeField("satt på pause", null=True, blank=True)
    # No later than this may an operator look into the Kommune; most requests need ask no more.
    support_until = models.DateTimeField("innsyn fra driften til", null=True, blank=True)

    class Meta:
        verbose_name = "kommune"
        verbose_name_plural = "kommuner"
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(
                name="kommune_host_once", fields=["host"], condition=~models.Q(host="")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """«Modum kommune», whether or not the stored name says kommune already."""
        is_whole = self.name.lower().endswith("kommune")
        return str(self.name if is_whole else f"{self.name} kommune")


class TenantManager(models.Manager[_Row_co]):
    """Raises when no Kommune is active, so that forgotten tenancy fails at once and loudly."""

    def get_queryset(self) -> QuerySet[_Row_co]:
        if not tenancy.is_active():
            raise TenantError(f"{self.model.__name__} was asked for without an active Kommune")
        return super().get_queryset()


class TenantModel(models.Model):
    """Base of every table that belongs to one Kommune; its migration adds the policy."""

    kommune = models.ForeignKey(
        Kommune,
        models.PROTECT,
        editable=False,
        default=tenancy.current_id,
        db_index=False,
        related_name="+",
    )

    objects: ClassVar[TenantManager[Self]] = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"


class TenantPart(TenantModel):
    """Base of tables of many rows, each with a key to the row of the Kommune that it belongs to.

    That key holds the Kommune too, so PostgreSQL need not look the Kommune up once more for each
    of 40 000 rows.
    """

    kommune = models.ForeignKey(
        Kommune,
        models.PROTECT,
        editable=False,
        default=tenancy.current_id,
        db_index=False,
        db_constraint=False,
        related_name="+",
    )

    class Meta(TenantModel.Meta):
        abstract = True


class AuditEvent(TenantModel):
    """Who did what to which object, when, in what role, from which case. May only be inserted.

    Holds ids and amounts, never names or reasons. `by_id` and `about_id` are ids of Ansatte, and
    no foreign keys: the trail outlives the people it tells of. No `by_id` is the system itself.
    `role` holds the codes of the roles, with commas between.
    """

    at = models.DateTimeField("tid", default=clock.now)
    by_id = models.BigIntegerField("hvem (ansatt)", null=True)
    role = models.CharField("rolle", max_length=200, blank=True)
    action = models.CharField("handling", max_length=60)
    object_label = models.CharField("objekt", max_length=60)
    object_id = models.BigIntegerField("objektnummer")
    case_label = models.CharField("sak", max_length=60, blank=True)
    case_id = models.BigIntegerField("saksnummer", null=True)
    about_id = models.BigIntegerField("hvem det gjelder (ansatt)", null=True)
    details = models.JSONField("detaljer", default=dict)

    class Meta:
        verbose_name = "hendelse"
        verbose_name_plural = "hendelser"
        indexes = [
            models.Index(name="audit_object", fields=["kommune", "object_label", "object_id"]),
            models.Index(name="audit_case", fields=["kommune", "case_label", "case_id"]),
            models.Index(name="audit_newest", fields=["kommune", "-at", "-id"]),
            models.Index(name="audit_by", fields=["kommune", "by_id", "-at", "-id"]),
            models.Index(name="audit_action", fields=["kommune", "action", "-at", "-id"]),
            models.Index(name="audit_about", fields=["kommune", "about_id", "-at", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_label} {self.object_id}"


class Fil(TenantModel):
    """A stored file: an upload or a made document. The bytes lie under FILES_ROOT."""

    name = models.CharField("filnavn", max_length=200)
    path = models.CharField("plassering", max_length=200, editable=False)
    content_type = models.CharField("type", max_length=100)
    size = models.PositiveIntegerField("størrelse (byte)")
    sha256 = models.CharField("fingeravtrykk", max_length=64)
    created_at = models.DateTimeField("lagret", default=clock.now)

    class Meta:
        verbose_name = "fil"
        verbose_name_plural = "filer"

    def __str__(self) -> str:
        return self.name


class Engangsnokkel(TenantModel):
    """A form's one-time token that has been used, and where its first use led.

    A second click with the same token is sent to the same place instead of acting again.
    """

    token = models.UUIDField("nøkkel")
    used_at = models.DateTimeField("brukt", default=clock.now)
    result = models.CharField("førte til", max_length=200)

    class Meta:
        verbose_name = "engangsnøkkel"
        verbose_name_plural = "engangsnøkler"
        constraints = [
            models.UniqueConstraint(name="engangsnokkel_once", fields=["kommune", "token"]),
        ]

    def __str__(self) -> str:
        return str(self.token)


class Puls(models.Model):
    """The last sign of life of a process that works for all Kommuner; figures, no content."""

    name = models.CharField("navn", max_length=40, unique=True)
    at = models.DateTimeField("sist")
    figures = models.JSONField("tall", default=dict)

    class Meta:
        verbose_name = "puls"
        verbose_name_plural = "pulser"

    def __str__(self) -> str:
        return f"{self.name} {self.at:%H:%M:%S}"


class Klokke(models.Model):
    """The demonstration's clock: seconds beside the real one. One row; none in production."""

    offset = models.BigIntegerField("forskyvning (sekunder)", default=0)

    class Meta:
        verbose_name = "klokke"
        verbose_name_plural = "klokker"

    def __str__(self) -> str:
        return f"{self.offset} s"
