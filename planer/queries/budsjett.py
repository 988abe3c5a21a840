"""The budget's lines of an action plan, with the Kommune's account string. Money is whole NOK."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from kompetanse.organisasjon.models import Enhet
from planer.models import (
    Belopslinje,
    Fokusomrade,
    Kontodel,
    Kontokode,
    Strategiplan,
)
from planer.queries.handlingsplan import ActionPlan, Punkt


@dataclass(frozen=True, slots=True)
class Budsjettlinje:
    """A line of the budget export: the codes in the order of the parts, what, and NOK."""

    codes: tuple[str, ...]
    theme: str
    enhet: str
    kind: str
    amount: int


@dataclass(frozen=True, slots=True)
class Budsjett:
    """What goes into next year's budget. `parts` are the names of the account string's parts."""

    year: int
    parts: tuple[str, ...]
    lines: tuple[Budsjettlinje, ...]

    @property
    def amount(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def without_code(self) -> int:
        """How many lines lack a code somewhere."""
        return sum("" in line.codes for line in self.lines)


def parts() -> QuerySet[Kontodel]:
    return Kontodel.objects.prefetch_related("koder").order_by("order", "pk")


def part_keys(part_source: str) -> list[tuple[str, str]]:
    """Return (key, name) of all that a part's code can follow; none when it is fixed."""
    if part_source == Kontodel.Source.KIND:
        return [(kind.value, str(kind.label)) for kind in Belopslinje.COSTS]
    if part_source == Kontodel.Source.UNIT:
        return list(Enhet.objects.filter(is_open=True).order_by("path").values_list("code", "name"))
    if part_source == Kontodel.Source.FOCUS:
        in_force = Fokusomrade.objects.filter(plan__status=Strategiplan.Status.IN_FORCE)
        names = in_force.order_by("plan", "order").values_list("name", flat=True)
        return [(name, name) for name in dict.fromkeys(names)]
    return []


def budget(plan: ActionPlan) -> Budsjett:
    """Return what was approved, a line for each measure and kind of cost; adds up to the plan's."""
    known = [(part, _codes(part)) for part in parts()]
    lines = tuple(
        Budsjettlinje(
            tuple(_code(part, codes, punkt, kind) for part, codes in known),
            punkt.theme,
            punkt.enhet,
            str(Belopslinje.Kind(kind).label),
            amount,
        )
        for punkt in plan.lines
        for kind, amount in punkt.split
    )
    return Budsjett(plan.year, tuple(part.name for part, _codes in known), lines)


def _codes(part: Kontodel) -> dict[str, str]:
    rows: Any = part.koder.all()
    return {row.key: row.code for row in rows}


def _code(part: Kontodel, codes: Mapping[str, str], punkt: Punkt, kind: str) -> str:
    """Return the code of one line; a unit without one has its own code in the payroll system."""
    source = Kontodel.Source(part.source)
    if source == Kontodel.Source.FIXED:
        return part.default
    key = {
        Kontodel.Source.KIND: kind,
        Kontodel.Source.UNIT: punkt.enhet_code,
        Kontodel.Source.FOCUS: punkt.fokus,
    }[source]
    own = punkt.enhet_code if source == Kontodel.Source.UNIT else ""
    return codes.get(key) or part.default or own


def codes_of(part: Kontodel) -> dict[str, str]:
    return dict(Kontokode.objects.filter(part=part).values_list("key", "code"))
