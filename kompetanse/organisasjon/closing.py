"""What stands in the way of closing a unit: people, positions, units below, and open work.

The apps above register what they know of, so that the ground never knows them:

    closing.register(function)   # function(enhet, last_day) gives sentences
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Subquery, Window
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.organisasjon.models import Ansatt, Enhet, Enhetsversjon, Stilling

Hindrances = Callable[[Enhet, date], Iterable[str]]

_registered: list[Hindrances] = []


def register(function: Hindrances) -> None:
    """Ask the function too: sentences that say what is open there, and what to do with it."""
    if function not in _registered:
        _registered.append(function)


def hindrances(enhet: Enhet, *, last_day: date) -> Iterator[str]:
    """Yield a sentence for each thing that keeps the unit from closing after the day."""
    if enhet.parent_id is None:
        yield _("Kommunen står øverst og kan ikke avsluttes.")
    yield from _people(enhet, last_day)
    yield from _units_below(enhet, last_day)
    for function in _registered:
        yield from function(enhet, last_day)


def standing(enhet: Enhet, *, last_day: date) -> QuerySet[Ansatt]:
    """Return the people who have their unit or a position there after the day."""
    return Ansatt.objects.filter(
        Q(left_on__isnull=True) | Q(left_on__gt=last_day + timedelta(days=1))
    ).filter(
        Q(enhet=enhet)
        | Q(
            pk__in=Stilling.objects.filter(enhet=enhet).exclude(ends__lte=last_day).values("ansatt")
        )
    )


def _people(enhet: Enhet, last_day: date) -> Iterator[str]:
    told = standing(enhet, last_day=last_day).annotate(
        count=Window(Count("pk")), other=Subquery(_beside(enhet))
    )
    found = told.order_by().values_list("count", "other").first()
    if found is None:
        return
    count, other = found
    yield ngettext(
        "%(n)d ansatt hører fortsatt til %(enhet)s.",
        "%(n)d ansatte hører fortsatt til %(enhet)s.",
        count,
    ) % {"n": count, "enhet": enhet.name}
    yield _(
        "Flytt dem til en annen enhet i HR-systemet, for eksempel %(other)s, og les inn filen."
    ) % {"other": other or (enhet.parent.name if enhet.parent else "")}


def _beside(enhet: Enhet) -> QuerySet[Enhet, Any]:
    """Return where they could go: the first unit of the same kind beside it; else the one above."""
    same = Enhet.objects.filter(parent=enhet.parent_id, kind=enhet.kind, is_open=True)
    return same.exclude(pk=enhet.pk).order_by("name").values("name")[:1]


def _units_below(enhet: Enhet, last_day: date) -> Iterator[str]:
    rows = Enhetsversjon.objects.filter(parent=enhet).exclude(ends__lte=last_day)
    names = sorted(set(rows.values_list("name", flat=True)))
    if names:
        yield _(
            "Disse enhetene står under %(enhet)s: %(names)s. Flytt eller avslutt dem først."
        ) % {"enhet": enhet.name, "names": ", ".join(names)}
