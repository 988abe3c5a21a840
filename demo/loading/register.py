"""What the data files point to by number, code or name, looked up in the active Kommune."""

from dataclasses import dataclass, field
from typing import Any, Self

from demo import files
from kompetanse.organisasjon.models import Ansatt, Enhet, Kompetanse, Rolle
from planer.models import Fokusomrade


@dataclass(frozen=True, slots=True)
class Register:
    """People by employee number, units by code, competence by name, focus areas by `nr`."""

    slug: str
    people: dict[str, Ansatt]
    units: dict[str, Enhet]
    competences: dict[str, Kompetanse] = field(default_factory=dict)
    areas: dict[str, Fokusomrade] = field(default_factory=dict)

    @classmethod
    def of(cls, slug: str) -> Self:
        """Read all of them; four queries."""
        return cls(
            slug,
            people={each.number: each for each in Ansatt.objects.select_related("enhet")},
            units={each.code: each for each in Enhet.objects.all()},
            competences={each.name: each for each in Kompetanse.objects.all()},
            areas=_areas(slug),
        )

    def file(self, name: str) -> dict[str, Any]:
        return files.read(self.slug, name)

    def person(self, number: int) -> Ansatt:
        return self.people[str(number)]

    def holder(self, kode: str) -> Ansatt:
        """Return the first in the file of roles who holds the role, or the first of all."""
        rows = self.file("roller").get("rolle", ())
        named = next((row["ansatt"] for row in rows if row["kode"] == kode), None)
        if named is not None:
            return self.person(named)
        held = Rolle.objects.filter(kode=kode).order_by("pk").values_list("ansatt__number")
        return self.people[held[0][0]]

    @property
    def advisor(self) -> Ansatt:
        return self.holder("fagradgiver")

    def area_id(self, nr: str | None) -> int | None:
        return self.areas[nr].pk if nr else None

    def competence_id(self, name: str | None) -> int | None:
        return self.competences[name].pk if name else None


def _areas(slug: str) -> dict[str, Fokusomrade]:
    """Return the focus areas by the number that the plan's file gives them."""
    stored = {
        (each.parent.name if each.parent else "", each.name): each
        for each in Fokusomrade.objects.select_related("parent")
    }
    rows = files.read(slug, "plan")["fokusomrade"]
    names = {row["nr"]: row["name"] for row in rows}
    keys = {row["nr"]: (names.get(row.get("under", ""), ""), row["name"]) for row in rows}
    return {nr: stored[key] for nr, key in keys.items() if key in stored}
