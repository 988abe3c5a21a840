"""What forms let people choose among: focus areas, competences, levels, employees.

Each is read once for a page and shared by all its rows.
"""

from collections.abc import Sequence
from typing import TypeAlias

from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Enhet, Kompetanse, Niva
from planer.models import Fokusomrade, Strategiplan

Choice: TypeAlias = tuple[int, str]
Group: TypeAlias = tuple[str, list[Choice]]

IN_USE = (Strategiplan.Status.ADOPTED, Strategiplan.Status.IN_FORCE)
# Shown when the Kommune has not named its levels (domain.md: 0 none – 4 expert).
LEVELS = {1: "Grunnleggende", 2: "Selvstendig", 3: "Videreført", 4: "Ekspert"}


def fokusomrader(year: int) -> list[Group]:
    """Return the focus areas of the plans that hold in the year, each with its sub-areas."""
    rows = (
        Fokusomrade.objects.filter(
            plan__status__in=IN_USE, plan__first_year__lte=year, plan__last_year__gte=year
        )
        .order_by("plan__first_year", "order", "pk")
        .values_list("pk", "parent_id", "name")
    )
    return _grouped(list(rows))


def main_fokusomrader(year: int) -> list[Choice]:
    """Return the focus areas of level one."""
    return [group[1][0] for group in fokusomrader(year)]


def kompetanser() -> list[Group]:
    """Return the catalogue in two groups: formal, and the rest."""
    rows = Kompetanse.objects.values_list("pk", "name", "is_formal")
    formal = [(pk, name) for pk, name, is_formal in rows if is_formal]
    other = [(pk, name) for pk, name, is_formal in rows if not is_formal]
    groups = [("Formell kompetanse", formal), ("Annen kompetanse", other)]
    return [group for group in groups if group[1]]


def nivaer() -> list[Choice]:
    """Return the levels 1–4 in the Kommune's own words."""
    named = dict(Niva.objects.filter(level__gte=1).values_list("level", "name"))
    return [(level, f"{level} {name}") for level, name in (named or LEVELS).items()]


def ansatte(enhet: Enhet) -> list[Choice]:
    """Return those who work in the unit or below it today."""
    people = organisasjon.current().filter(enhet__path__startswith=enhet.path)
    names = people.values_list("pk", "last_name", "first_name", "kategori__name")
    return [
        (pk, f"{last}, {first} ({kategori})" if kategori else f"{last}, {first}")
        for pk, last, first, kategori in names
    ]


def _grouped(rows: Sequence[tuple[int, int | None, str]]) -> list[Group]:
    return [
        (name, [(pk, name), *((sub, text) for sub, parent, text in rows if parent == pk)])
        for pk, above, name in rows
        if above is None
    ]
