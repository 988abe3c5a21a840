"""Money moves into and out of a round's frame here, and nowhere else."""

from django.db.models import F
from django.utils.translation import gettext as _

from kompetanse.errors import DomainError
from kompetanse.skall import norsk
from soknader.models import Soknadsrunde


def move(runde: Soknadsrunde, *, amount: int) -> None:
    """Add `amount` NOK (or less than 0: give back) to what the round has granted.

    One conditional UPDATE, so that two at once can never grant more than the frame; the
    database's own check stands behind it.

    Raises:
        DomainError: the frame does not hold it.

    Source: docs/adr/0012-decisions-within-a-frame.md.
    """
    if amount == 0:
        return
    fits = Soknadsrunde.objects.filter(pk=runde.pk, granted__lte=F("budget") - amount)
    if not fits.update(granted=F("granted") + amount):
        now = Soknadsrunde.objects.get(pk=runde.pk)
        over = norsk.kroner(amount - now.left)
        raise DomainError(
            _("Dette er %(over)s over rammen. Senk beløpene, eller sett noen på venteliste.")
            % {"over": over}
        )
    runde.refresh_from_db(fields=["granted"])
