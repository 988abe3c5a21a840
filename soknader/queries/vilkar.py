"""How an applicant is employed, as the conditions of a round ask."""

from datetime import date
from decimal import Decimal

from kompetanse.organisasjon.models import Ansatt, Stilling
from soknader.models import Soknadsrunde
from soknader.rules import vilkar
from soknader.rules.vilkar import Ansettelse


def asks(runde: Soknadsrunde) -> bool:
    """Return whether the round has conditions at all."""
    return bool(runde.permanent_only or runde.least_position or runde.least_years)


def ansettelse(ansatt: Ansatt, *, on: date) -> Ansettelse:
    """Return the person's positions on the day, and since when; one query.

    Who has no position on the day is unknown, not without one: the HR file may be late.
    """
    rows = Stilling.objects.filter(ansatt=ansatt).values_list(
        "percentage", "is_permanent", "starts", "ends"
    )
    found = list(rows)
    running = [row for row in found if _runs(row[2], row[3], on)]
    starts = [row[2] for row in found if row[2] is not None]
    since = ansatt.employed_from or min(starts, default=None)
    if not running:
        return Ansettelse(since=since)
    return Ansettelse(
        position=sum((row[0] for row in running), Decimal(0)),
        permanent=sum((row[0] for row in running if row[1]), Decimal(0)),
        since=since,
    )


def faults(runde: Soknadsrunde, ansatt: Ansatt, *, on: date) -> list[str]:
    """Return the round's conditions that the person does not meet; no query without conditions."""
    return vilkar.faults(runde, ansettelse(ansatt, on=on)) if asks(runde) else []


def _runs(starts: date | None, ends: date | None, on: date) -> bool:
    return (starts is None or starts <= on) and (ends is None or ends >= on)
