"""The code on the wall: six digits that change each minute, so that only who is there knows them.

The code is not stored: it is the event, the Kommune and the minute, fingerprinted with the
installation's key.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from kompetanse import sealing
from kompetanse.errors import DomainError
from kompetanse.organisasjon.models import Ansatt
from kompetanse.plattform import throttle
from planer.models import Arrangement

SECONDS = 60  # how long each code is shown
# The code on the wall and the two before it are taken: people are slower than the clock.
TAKEN = 3
DIGITS = 6
TRIES = 10  # wrong or right, within the throttle's five minutes


def code(arrangement: Arrangement, *, at: datetime, back: int = 0) -> str:
    """Return the code of the minute, or of the `back`-th before it."""
    minute = int(at.timestamp()) // SECONDS - back
    purpose = f"oppmote:{arrangement.kommune_id}"
    mark = sealing.fingerprint(f"{arrangement.pk}:{minute}", purpose=purpose)
    return f"{int(mark, 16) % 10**DIGITS:0{DIGITS}d}"


def check(arrangement: Arrangement, told: str, *, by: Ansatt, at: datetime) -> None:
    """Accept one of the last codes.

    Raises:
        DomainError: the code is wrong or old, or there have been too many tries.
    """
    if throttle.count(f"oppmote:{by.kommune_id}:{by.pk}") > TRIES:
        raise DomainError(_("Det ble for mange forsøk. Vent fem minutter, eller si fra i rommet."))
    digits = "".join(each for each in told if each.isdigit())
    if digits not in {code(arrangement, at=at, back=back) for back in range(TAKEN)}:
        raise DomainError(_("Koden er feil eller for gammel. Bruk den som står på skjermen nå."))
