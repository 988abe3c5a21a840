"""Until when an employee can say yes to support. Pure; days are local days in Norway."""

from datetime import date, timedelta

from soknader.models import Soknadsrunde, Vedtak

# Who moves up from the waiting list after the round's own day, has this long.
DAYS_TO_ACCEPT = 14


def accept_until(vedtak: Vedtak, runde: Soknadsrunde) -> date:
    """Return the last day for a yes: the decision's own, or the round's."""
    return vedtak.accept_by or runde.accept_by


def proposed(runde: Soknadsrunde, *, on: date) -> date | None:
    """Return the day that a decision made on the day is given; None: the round's is good."""
    return None if runde.accept_by >= on else on + timedelta(days=DAYS_TO_ACCEPT)
