"""What of the plans is open in a unit that someone wants to close."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import ngettext

from kompetanse.organisasjon.models import Enhet
from planer.models import Tiltak

OPEN = (Tiltak.Status.PLANNED, Tiltak.Status.ONGOING, Tiltak.Status.POSTPONED)


def open_in(enhet: Enhet, last_day: date) -> Iterator[str]:
    """Yield a sentence on the measures of the unit that are not finished that year or later."""
    count = Tiltak.objects.filter(
        enhet=enhet, merged_into__isnull=True, status__in=OPEN, year__gte=last_day.year
    ).count()
    if count:
        yield ngettext(
            "%(n)d tiltak i opplæringsplanen er ikke ferdig. Fullfør, avlys eller flytt det til"
            " en annen enhet.",
            "%(n)d tiltak i opplæringsplanen er ikke ferdige. Fullfør, avlys eller flytt dem til"
            " en annen enhet.",
            count,
        ) % {"n": count}
