"""A log-in service that the Kommune uses, by OpenID Connect."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kompetanse import sealing
from kompetanse.kommuner.models import TenantModel


class Tilbyder(TenantModel):
    """An OpenID provider: where it is, who we are there, and how people are known.

    Source: docs/adr/0014-login.md.
    """

    class Kind(models.TextChoices):
        ENTRA = "entra", _("Microsoft Entra ID")
        IDPORTEN = "idporten", _("ID-porten")
        OTHER = "other", _("En annen tjeneste med OpenID Connect")

    class Match(models.TextChoices):
        NUMBER = "number", _("Ansattnummer")
        OID = "oid", _("Objekt-ID (oid) fra personalsystemet")
        UPN = "upn", _("Brukernavn (UPN) fra personalsystemet")
        PID = "pid", _("Fødselsnummer, som fingeravtrykk")

    class Level(models.TextChoices):
        ANY = "", _("Ikke noe krav")
        SUBSTANTIAL = "idporten-loa-substantial", _("Betydelig (substantial)")
        HIGH = "idporten-loa-high", _("Høyt (high)")

    name = models.CharField("navn på knappen", max_length=60)
    kind = models.CharField("type", max_length=8, choices=Kind)
    issuer = models.URLField("utsteder (issuer)", max_length=300)
    client_id = models.CharField("klient-ID", max_length=200)
    sealed_secret = models.TextField("klienthemmelighet, forseglet")
    directory = models.CharField("leietaker-ID (tid)", max_length=36, blank=True)
    match = models.CharField("kjenner igjen ansatte på", max_length=6, choices=Match)
    claim = models.CharField("felt i svaret", max_length=60)
    level = models.CharField(
        "krav til sikkerhetsnivå", max_length=40, choices=Level, default=Level.ANY, blank=True
    )
    is_second_factor = models.BooleanField("teller som to trinn", default=False)
    is_active = models.BooleanField("i bruk", default=True)

    class Meta:
        verbose_name = "innloggingstjeneste"
        verbose_name_plural = "innloggingstjenester"
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(name="tilbyder_name_once", fields=["kommune", "name"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def secret(self) -> str:
        return sealing.unseal(self.sealed_secret)

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels of ID-porten that are good enough; empty when none is asked for."""
        ladder = (self.Level.SUBSTANTIAL, self.Level.HIGH)
        return tuple(ladder[ladder.index(self.Level(self.level)) :]) if self.level else ()
