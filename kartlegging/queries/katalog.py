"""What forms let people choose among: focus areas, competences, employees.

Each is read once for a page and shared by all its rows.
"""

from typing import TypeAlias

from django.utils.translation import gettext

from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.models import Enhet, Kompetanse
from planer.queries import strategi

Choice: TypeAlias = tuple[int, str]
Group: TypeAlias = tuple[str, list[Choice]]


def fokusomrader() -> list[Group]:
    """Return the focus areas of the plan that holds, each with its sub-areas."""
    return strategi.area_choices()


def kompetanser() -> list[Group]:
    """Return the catalogue in two groups: formal, and the rest."""
    rows = Kompetanse.objects.values_list("pk", "name", "is_formal")
    formal = [(pk, name) for pk, name, is_formal in rows if is_formal]
    other = [(pk, name) for pk, name, is_formal in rows if not is_formal]
    groups = [(gettext("Formell kompetanse"), formal), (gettext("Annen kompetanse"), other)]
    return [group for group in groups if group[1]]


def ansatte(enhet: Enhet) -> list[Choice]:
    """Return those who work in the unit or below it today."""
    people = organisasjon.current().filter(enhet__path__startswith=enhet.path)
    names = people.values_list("pk", "last_name", "first_name", "kategori__name")
    return [
        (pk, f"{last}, {first} ({kategori})" if kategori else f"{last}, {first}")
        for pk, last, first, kategori in names
    ]
