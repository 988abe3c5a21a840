"""What of the mapping is open in a unit that someone wants to close."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from kartlegging.models import Behovsskjema
from kompetanse.organisasjon.models import Enhet


def open_in(enhet: Enhet, last_day: date) -> Iterator[str]:
    """Yield a sentence for each needs form of the unit that is begun and not sent."""
    years = (
        Behovsskjema.objects.filter(
            enhet=enhet, status=Behovsskjema.Status.DRAFT, year__gte=last_day.year
        )
        .order_by("year")
        .values_list("year", flat=True)
    )
    for year in years:
        yield _(
            "Behovsskjemaet for %(year)d er påbegynt. Send det først, så behovene ikke går tapt."
        ) % {"year": year}
