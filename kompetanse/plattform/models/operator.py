"""Those who run the platform, outside all Kommuner."""

from django.db import models
from django.db.models.functions import Lower

from kompetanse import clock


class Operator(models.Model):
    """Someone who runs the platform. Never a user of a Kommune, and logged in another way.

    The secret of the second factor is sealed (`kompetanse.sealing`): a copy of the database
    alone makes no codes. Source: docs/adr/0017-operators-stand-outside.md.
    """

    email = models.EmailField("e-post")
    name = models.CharField("navn", max_length=120)
    password = models.CharField("passord", max_length=128, blank=True)
    totp_sealed = models.TextField("nøkkel til engangskoder, forseglet")
    # The last step of 30 seconds whose code was used: a code works once.
    totp_step = models.BigIntegerField("siste brukte kode", default=0)
    is_active = models.BooleanField("aktiv", default=True)
    welcome_hash = models.CharField("engangsadresse", max_length=64, blank=True)
    welcome_until = models.DateTimeField("engangsadressen gjelder til", null=True, blank=True)
    created_at = models.DateTimeField("opprettet", default=clock.real_now)

    class Meta:
        verbose_name = "operatør"
        verbose_name_plural = "operatører"
        constraints = [models.UniqueConstraint(Lower("email"), name="operator_email_once")]

    def __str__(self) -> str:
        return self.name


class Operatorokt(models.Model):
    """A logged-in browser of an Operator; only the hash of its key is stored."""

    operator = models.ForeignKey(Operator, models.CASCADE, related_name="okter")
    key_hash = models.CharField("nøkkel", max_length=64, unique=True)
    started_at = models.DateTimeField("innlogget", default=clock.real_now)
    seen_at = models.DateTimeField("sist sett", default=clock.real_now)

    class Meta:
        verbose_name = "operatørøkt"
        verbose_name_plural = "operatørøkter"

    def __str__(self) -> str:
        return f"{self.operator_id} {self.started_at:%Y-%m-%d %H:%M}"
