"""What the Kommuner of a region show each other."""

from typing import ClassVar

from django.db import models

from kompetanse import clock
from kompetanse.kommuner.models import TenantManager, TenantModel


class Regionkontakt(TenantModel):
    """The Kommune's point of contact in its region: a function and how to reach it, no name."""

    function = models.CharField("funksjon", max_length=120)
    email = models.EmailField("felles e-postadresse", blank=True)
    phone = models.CharField("telefon", max_length=20, blank=True)
    is_coordinator = models.BooleanField("regionkoordinator", default=False)

    objects: ClassVar[TenantManager["Regionkontakt"]] = TenantManager()
    # The policy shows the rows of the region's members, and nobody else's.
    shared: ClassVar[models.Manager["Regionkontakt"]] = models.Manager()

    class Meta:
        verbose_name = "kontakt i regionen"
        verbose_name_plural = "kontakter i regionen"
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                name="regionkontakt_once", fields=["kommune", "is_coordinator"]
            ),
        ]

    def __str__(self) -> str:
        return self.function


class Regionoppslag(TenantModel):
    """What the Kommune has published to its region: an adopted plan, or figures without people.

    `lines` is a list of [label, text]; a count of fewer than five people is never among them.
    """

    key = models.CharField("nøkkel", max_length=80)
    title = models.CharField("tittel", max_length=160)
    lines = models.JSONField("innhold", default=list)
    published_at = models.DateTimeField("publisert", default=clock.now)

    objects: ClassVar[TenantManager["Regionoppslag"]] = TenantManager()
    # The policy shows the rows of the region's members, and nobody else's.
    shared: ClassVar[models.Manager["Regionoppslag"]] = models.Manager()

    class Meta:
        verbose_name = "oppslag i regionen"
        verbose_name_plural = "oppslag i regionen"
        base_manager_name = "objects"
        ordering = ("title",)
        constraints = [
            models.UniqueConstraint(name="regionoppslag_once", fields=["kommune", "key"]),
        ]

    def __str__(self) -> str:
        return self.title
