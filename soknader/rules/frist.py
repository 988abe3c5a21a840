"""What a round lets people do on a day. Dates are local days in Europe/Oslo."""

from datetime import date, datetime

from kompetanse import clock
from soknader.models import Soknadsrunde

S = Soknadsrunde.Status

# Late applications are taken until the decisions are made.
TAKES_APPLICATIONS = frozenset({S.OPEN, S.PRIORITISING})
MAY_BE_EDITED = frozenset({S.DRAFT, S.OPEN})


def is_late(runde: Soknadsrunde, *, at: datetime) -> bool:
    """Return whether `at` is after the end of the deadline's day in Norway."""
    return at.astimezone(clock.OSLO).date() > runde.deadline


def takes(runde: Soknadsrunde, *, at: datetime) -> bool:
    """Return whether an application that arrives at `at` is taken, in time or marked late."""
    if runde.status not in TAKES_APPLICATIONS or at.astimezone(clock.OSLO).date() < runde.opens:
        return False
    return runde.allows_late or not is_late(runde, at=at)


def may_change_sent(runde: Soknadsrunde, *, at: datetime) -> bool:
    """Return whether what has been sent can still be changed: in an open round, to the deadline."""
    return runde.status == S.OPEN and not is_late(runde, at=at)


def may_open(runde: Soknadsrunde, *, on: date) -> bool:
    return runde.status == S.DRAFT and runde.opens <= on <= runde.deadline


def may_edit(runde: Soknadsrunde) -> bool:
    return runde.status in MAY_BE_EDITED
