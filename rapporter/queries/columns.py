"""What a county's form can ask for in a column, and where we have it.

A scheme names its columns as data: `[{"field": "theme", "heading": "Tiltak"}, …]`. A new kind of
column is one line here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kompetanse.tables import Kind
from rapporter.queries.linje import Line

Value = str | int


@dataclass(frozen=True, slots=True)
class Field:
    """A field of ours: its usual heading, its kind, and how it is read from a line."""

    heading: str | Promise
    kind: Kind
    value: Callable[[Line], Value]

    @property
    def is_summed(self) -> bool:
        return self.kind == Kind.KRONER


@dataclass(frozen=True, slots=True)
class GrantColumn:
    """A column of one scheme: which field, under the county's own heading."""

    name: str
    heading: str

    @property
    def field(self) -> Field:
        return FIELDS[self.name]


FIELDS: dict[str, Field] = {
    "priority": Field(_("Prioritet"), Kind.NUMBER, lambda line: line.priority),
    "area": Field(_("Område"), Kind.TEXT, lambda line: line.area),
    "theme": Field(_("Tiltak eller utdanning"), Kind.TEXT, lambda line: line.theme),
    "kind": Field(_("Slag"), Kind.TEXT, lambda line: line.kind),
    "place": Field(_("Studiested"), Kind.TEXT, lambda line: line.place),
    "period": Field(_("Tid"), Kind.TEXT, lambda line: line.period),
    "enhet": Field(_("Tjeneste"), Kind.TEXT, lambda line: line.enhet),
    "focus": Field(_("Forankring i kompetanseplanen"), Kind.TEXT, lambda line: line.focus),
    "credits": Field(_("Studiepoeng i år"), Kind.NUMBER, lambda line: line.credits),
    "new_participants": Field(_("Nye deltakere"), Kind.NUMBER, lambda line: line.new_participants),
    "continuing": Field(_("Fortsetter"), Kind.NUMBER, lambda line: line.continuing),
    "fee": Field(_("Avgift"), Kind.KRONER, lambda line: line.fee),
    "substitute": Field(_("Vikar"), Kind.KRONER, lambda line: line.substitute),
    "travel": Field(_("Reise"), Kind.KRONER, lambda line: line.travel),
    "literature": Field(_("Litteratur"), Kind.KRONER, lambda line: line.literature),
    "other_cost": Field(_("Annet"), Kind.KRONER, lambda line: line.other_cost),
    "cost": Field(_("Kostnad i alt"), Kind.KRONER, lambda line: line.cost),
    "own_share": Field(_("Egenandel"), Kind.KRONER, lambda line: line.own_share),
    "other_financing": Field(
        _("Annen finansiering"), Kind.KRONER, lambda line: line.other_financing
    ),
    "carried_over": Field(_("Overført fra i fjor"), Kind.KRONER, lambda line: line.carried_over),
    "amount": Field(_("Søkes om"), Kind.KRONER, lambda line: line.amount),
    "effect": Field(_("Mål og forventet virkning"), Kind.TEXT, lambda line: line.effect),
}

# The columns that most counties ask for; the start of a new scheme.
USUAL = (
    "priority", "theme", "focus", "place", "credits", "new_participants", "continuing",
    "cost", "own_share", "other_financing", "amount",
)  # fmt: skip


def usual() -> list[dict[str, str]]:
    """Return the columns of a new scheme, as data."""
    return [{"field": name, "heading": str(FIELDS[name].heading)} for name in USUAL]


def of_scheme(columns: Sequence[dict[str, Any]]) -> list[GrantColumn]:
    """Return the scheme's columns in its order; a field that we do not have is left out."""
    named = columns or usual()
    return [
        GrantColumn(column["field"], column["heading"])
        for column in named
        if column["field"] in FIELDS
    ]
