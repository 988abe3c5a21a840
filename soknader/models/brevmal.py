"""The municipality's own text of its letters, one row for each version."""

from django.db import models

from kompetanse import clock
from kompetanse.kommuner.models import Kommune, TenantModel
from soknader.models.vedtak import Vedtak


class Brevmal(TenantModel):
    """One version of the letter for a målform and an outcome; the newest is in force.

    A version is never changed, so that a sent letter keeps the one it was made from. Version 0,
    which is never stored, is the one that the product ships. Heading and body hold placeholders
    from `rules.brevmal.PLACEHOLDERS`.
    """

    lang = models.CharField("målform", max_length=2, choices=Kommune.Maalform)
    outcome = models.CharField("utfall", max_length=10, choices=Vedtak.Outcome)
    version = models.PositiveIntegerField("versjon")
    heading = models.CharField("overskrift", max_length=160)
    body = models.TextField("tekst")
    made_at = models.DateTimeField("laget", default=clock.now)

    class Meta:
        verbose_name = "brevmal"
        verbose_name_plural = "brevmaler"
        constraints = [
            models.UniqueConstraint(
                name="brevmal_once", fields=["kommune", "lang", "outcome", "version"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, {self.get_lang_display()}, {self.version}"
