"""The group's points and comments, who is not impartial, and what can be undone."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kompetanse import clock
from kompetanse.kommuner.fields import TenantForeignKey
from kompetanse.kommuner.models import TenantModel
from kompetanse.organisasjon.models import Ansatt
from soknader.models.runde import Kriterium, Soknadsrunde
from soknader.models.soknad import Soknad


class Poeng(TenantModel):
    """One member's points for one criterion; the group's are the mean of all members'.

    From 0 to the most that the criterion has (Kriterium.most).
    """

    soknad = TenantForeignKey(Soknad, models.CASCADE, related_name="poeng")
    kriterium = TenantForeignKey(Kriterium, models.CASCADE, related_name="+")
    points = models.PositiveSmallIntegerField("poeng")
    by = TenantForeignKey(Ansatt, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "poeng"
        verbose_name_plural = "poeng"
        constraints = [
            models.UniqueConstraint(
                name="poeng_once", fields=["kommune", "soknad", "kriterium", "by"]
            ),
            models.CheckConstraint(
                name="poeng_within_most", condition=Q(points__range=(0, Kriterium.MAX_POINTS))
            ),
        ]

    def __str__(self) -> str:
        return str(self.points)


class Kommentar(TenantModel):
    """A comment in the prioritising; a dissent is entered in the minutes.

    The group's own comments stay in the group unless they are shared; those of the union
    representatives are always shared.
    """

    soknad = TenantForeignKey(Soknad, models.CASCADE, related_name="kommentarer")
    text = models.TextField("kommentar")
    is_shared = models.BooleanField("vises for de tillitsvalgte", default=False)
    is_dissent = models.BooleanField("uenighet som skal føres i referatet", default=False)
    by = TenantForeignKey(Ansatt, models.PROTECT, related_name="+")
    at = models.DateTimeField("skrevet", default=clock.now)

    class Meta:
        verbose_name = "kommentar"
        verbose_name_plural = "kommentarer"
        ordering = ("at",)

    def __str__(self) -> str:
        return f"Kommentar {self.pk}"


class Inhabilitet(TenantModel):
    """Someone who is not impartial in a case, by declaration. Own case is computed."""

    class Ground(models.TextChoices):
        FAMILY = "family", _("Familie eller nær tilknytning")
        OTHER = "other", _("Annet forhold")

    soknad = TenantForeignKey(Soknad, models.CASCADE, related_name="inhabile")
    ansatt = TenantForeignKey(Ansatt, models.CASCADE, related_name="+")
    ground = models.CharField("grunn", max_length=10, choices=Ground)
    declared_at = models.DateTimeField("meldt", default=clock.now)

    class Meta:
        verbose_name = "inhabilitet"
        verbose_name_plural = "inhabiliteter"
        constraints = [
            models.UniqueConstraint(
                name="inhabilitet_once", fields=["kommune", "soknad", "ansatt"]
            ),
        ]

    def __str__(self) -> str:
        return self.get_ground_display()


class Endring(TenantModel):
    """A change in the prioritising, kept until the decisions are made.

    `before` is what the change replaced: `{"order": [ids]}`, `{"draft": {…} | None}`,
    `{"points": {kriterium id: points}}` of the one who changed them, or `{"reason": text}`. A
    change of several cases (`{"several": None}`) is the sum of its parts. `version` is what the
    round had after the change, and each change of the order gives it a new one.

    Nothing here is taken away by an undoing, so that a stale page can be told all that was done:
    the undoing is a change of its own that points at what it undid.
    """

    class Kind(models.TextChoices):
        ORDER = "order", _("Rekkefølge")
        DRAFT = "draft", _("Utkast til vedtak")
        POINTS = "points", _("Poeng")
        REASON = "reason", _("Grunn til plassen")
        SEVERAL = "several", _("Flere saker")

    runde = TenantForeignKey(Soknadsrunde, models.CASCADE, related_name="endringer")
    soknad = TenantForeignKey(
        Soknad, models.CASCADE, null=True, blank=True, related_name="endringer"
    )
    kind = models.CharField("slag", max_length=7, choices=Kind)
    text = models.CharField("hva som ble gjort", max_length=200)
    before = models.JSONField("før")
    version = models.PositiveIntegerField("versjon etter")
    part_of = TenantForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts")
    undoes = TenantForeignKey("self", models.CASCADE, null=True, blank=True, related_name="+")
    is_undone = models.BooleanField("angret", default=False)
    by = TenantForeignKey(Ansatt, models.CASCADE, related_name="+")
    at = models.DateTimeField("gjort", default=clock.now)

    class Meta:
        verbose_name = "endring i prioriteringen"
        verbose_name_plural = "endringer i prioriteringen"
        ordering = ("pk",)
        indexes = [
            models.Index(name="endring_runde", fields=["kommune", "runde", "-id"]),
            models.Index(name="endring_soknad", fields=["kommune", "soknad", "-id"]),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_live(self) -> bool:
        """Whether it still stands: neither undone nor the undoing of another."""
        return not self.is_undone and self.undoes_id is None
