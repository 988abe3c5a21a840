"""Choices that several files share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What becomes of a measure or a goal when its plan rolls on."""

    CARRIED = "videre", _("Videreført")
    DONE = "gjennomfort", _("Gjennomført")
    DROPPED = "ut", _("Ikke med videre")
    NEW = "ny", _("Nytt")
    UNDECIDED = "vent", _("Ikke avgjort")
