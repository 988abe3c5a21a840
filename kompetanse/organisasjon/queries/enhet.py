"""Units, read: as they are, and as they were on a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from kompetanse.organisasjon import history
from kompetanse.organisasjon.models import Enhet


def tree() -> QuerySet[Enhet]:
    """Return all units, also closed ones, each after the one it stands under."""
    return Enhet.objects.order_by("path")


def open_units() -> QuerySet[Enhet]:
    """Return the units that are in use today: those that can be chosen for something new."""
    return tree().filter(is_open=True)


@dataclass(frozen=True, slots=True)
class Plass:
    """A unit as it was called, and where it stood, on a day. `path` is the ids from the top."""

    pk: int
    name: str
    code: str
    kind: str
    parent_id: int | None
    path: str

    @property
    def depth(self) -> int:
        """How many units stand above it; 0 at the top."""
        return self.path.count("/") - 2

    @property
    def kind_label(self) -> str:
        return str(Enhet.Kind(self.kind).label)


def tree_on(on: date) -> list[Plass]:
    """Return the units of the day, each after the one it stood under, siblings by name."""
    return [Plass(*row) for row in history.tree(on)]


def in_force(on: date, *, versjon: str) -> Q:
    """Return the condition that a version is the one of the day; `versjon` leads to it."""
    ends = Q(**{f"{versjon}__ends__isnull": True}) | Q(**{f"{versjon}__ends__gte": on})
    return ends & Q(**{f"{versjon}__starts__lte": on})


def virksomheter() -> QuerySet[Enhet]:
    return open_units().filter(kind=Enhet.Kind.VIRKSOMHET).order_by("name")


def ancestors(enhet: Enhet) -> list[int]:
    """Return the ids from the unit itself up to the top; no query."""
    return [int(part) for part in reversed(enhet.path.strip("/").split("/"))]
