"""The lines of a plan in groups, as the address asks: the same lines and sums, in other order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planer.models import Tiltak
from planer.queries.linje import Line
from planer.queries.opplaring import Group


@dataclass(frozen=True, slots=True)
class Grouping:
    """A way to group: its label, the group of a line in words, and the order of the groups."""

    label: str | Promise
    name: Callable[[Line], str]
    order: Callable[[Line], object]


def _place(values: Iterable[str]) -> Callable[[str], int]:
    places = {value: place for place, value in enumerate(values)}
    return places.__getitem__


_half = _place([Tiltak.Halvar.SPRING, Tiltak.Halvar.AUTUMN])
_status = _place(Tiltak.Status.values)
_sort = _place(Tiltak.Sort.values)

HALF = "halvar"
GROUPINGS: dict[str, Grouping] = {
    HALF: Grouping(
        gettext_lazy("Halvår"), lambda line: line.half_label, lambda line: _half(line.half)
    ),
    "fokus": Grouping(
        gettext_lazy("Fokusområde"),
        lambda line: line.focus or _("Uten fokusområde"),
        lambda line: (not line.focus, line.focus.lower()),
    ),
    "ansvarlig": Grouping(
        gettext_lazy("Ansvarlig"),
        lambda line: line.responsible or _("Uten ansvarlig"),
        lambda line: (not line.responsible, line.responsible.lower()),
    ),
    "enhet": Grouping(
        gettext_lazy("Enhet"),
        lambda line: line.enhet or _("Felles"),
        lambda line: (bool(line.enhet), line.enhet.lower()),
    ),
    "status": Grouping(
        gettext_lazy("Status"), lambda line: line.status_label, lambda line: _status(line.status)
    ),
    "mate": Grouping(
        gettext_lazy("Mobilisere, lære, anskaffe"),
        lambda line: line.sort_label,
        lambda line: _sort(line.sort),
    ),
}


def grouped(lines: Iterable[Line], key: str) -> tuple[Group, ...]:
    """Return the lines by what `key` of GROUPINGS says; an unknown key groups by half-year."""
    grouping = GROUPINGS.get(key, GROUPINGS[HALF])
    found: dict[str, list[Line]] = {}
    for line in sorted(lines, key=grouping.order):  # type: ignore[arg-type]
        found.setdefault(grouping.name(line), []).append(line)
    return tuple(
        Group(_key(name, place), name, tuple(rows))
        for place, (name, rows) in enumerate(found.items())
    )


def _key(name: str, place: int) -> str:
    """Return an id for the page: of its place too, since two names may be spelt alike in it."""
    return f"{slugify(name) or 'gruppe'}-{place + 1}"
