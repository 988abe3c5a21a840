"""What support can be given for: kinds that schemes, applications and decisions share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Slag(models.TextChoices):
    """A kind of support. All but leave are money; `substitute` goes to the unit, not the person."""

    LEAVE = "leave", _("Fri med lønn")
    TUITION = "tuition", _("Studieavgift og eksamensavgift")
    BOOKS = "books", _("Bøker")
    TRAVEL = "travel", _("Reise og overnatting")
    SUBSTITUTE = "substitute", _("Vikar mens du er borte")
    OTHER = "other_cost", _("Annet")


# In the order in which a sum that is not divided by anyone is divided.
# The names are those of the fields of Soknad and Vedtak, so that they are read as one row.
MONEY = (Slag.TUITION, Slag.BOOKS, Slag.TRAVEL, Slag.OTHER, Slag.SUBSTITUTE)
# What the employee writes the cost of, and sends receipts for.
PERSONAL = (Slag.TUITION, Slag.BOOKS, Slag.TRAVEL, Slag.OTHER)
