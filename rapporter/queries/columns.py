"""What a county's form can ask for in a column, and where we have it.

A scheme names its columns as data: `[{"field": "theme", "heading": "Tiltak"}, …]`. A new kind of
column is one line here.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kompetanse.tables import Kind
from rapporter.queries import grid
from rapporter.queries.grid import Field, GridColumn, Value

Text = str | Promise


def _of(path: str) -> Callable[[Any], Value]:
    find = attrgetter(path)

    def read(row: Any) -> Value:
        value: Value | date | None = find(row)
        if isinstance(value, date):
            return f"{value:%d.%m.%Y}"
        return "" if value is None else value

    return read


def _text(path: str, heading: Text) -> tuple[str, Field]:
    """Return a field under the last part of the way to it: «goal.planned» is `planned`."""
    return path.rpartition(".")[2], Field(heading, Kind.TEXT, _of(path))


def _number(path: str, heading: Text, *, is_summed: bool = False) -> tuple[str, Field]:
    return path.rpartition(".")[2], Field(heading, Kind.NUMBER, _of(path), is_summed)


def _kroner(path: str, heading: Text) -> tuple[str, Field]:
    return path.rpartition(".")[2], Field(heading, Kind.KRONER, _of(path), is_summed=True)


# Of the application's lines.
FIELDS: dict[str, Field] = dict(
    (
        _number("priority", _("Prioritet")),
        _text("area", _("Område")),
        _text("theme", _("Tiltak eller utdanning")),
        _text("kind", _("Slag")),
        _text("place", _("Studiested")),
        _text("period", _("Tid")),
        _text("starts", _("Starter")),
        _text("ends", _("Slutter")),
        _text("enhet", _("Tjeneste")),
        _text("focus", _("Forankring i kompetanseplanen")),
        _number("all_credits", _("Studiepoeng i alt")),
        _number("credits", _("Studiepoeng i år")),
        _number("new_participants", _("Nye deltakere")),
        _number("continuing", _("Fortsetter")),
        _kroner("fee", _("Avgift")),
        _kroner("substitute", _("Vikar")),
        _kroner("travel", _("Reise")),
        _kroner("literature", _("Litteratur")),
        _kroner("other_cost", _("Annet")),
        _kroner("cost", _("Kostnad i år")),
        _kroner("whole_cost", _("Kostnad over alle årene")),
        _kroner("own_share", _("Egenandel")),
        _kroner("other_financing", _("Annen finansiering")),
        _kroner("carried_over", _("Overført fra i fjor")),
        _kroner("amount", _("Søkes om")),
        _text("effect", _("Mål og forventet virkning")),
    )
)
# The columns that most counties ask for; the start of a new scheme.
USUAL = (
    "priority", "theme", "focus", "place", "credits", "new_participants", "continuing",
    "cost", "own_share", "other_financing", "amount",
)  # fmt: skip

# Of the report's goal attainment, line by line, with the accounts beside.
GOALS: dict[str, Field] = dict(
    (
        _number("spent.priority", _("Prioritet")),
        _text("area_name", _("Område")),
        _text("spent.theme", _("Tiltak eller utdanning")),
        _number("goal.planned", _("Planlagt"), is_summed=True),
        _number("goal.started", _("Startet"), is_summed=True),
        _number("goal.in_education", _("Under utdanning"), is_summed=True),
        _number("goal.completed", _("Fullført"), is_summed=True),
        _number("goal.broken_off", _("Avbrutt"), is_summed=True),
        _text("note.broken_off_because", _("Hvorfor noen avbrøt")),
        _text("note.comment", _("Måloppnåelse")),
        _kroner("spent.applied", _("Søkt om")),
        _kroner("spent.granted", _("Innvilget")),
        _kroner("spent.spent", _("Brukt av tilskuddet")),
        _kroner("spent.own_spent", _("Egenandel, regnskap")),
        _kroner("spent.remaining", _("Ikke brukt")),
        _kroner("carry_over", _("Søkes overført")),
    )
)
USUAL_GOALS = (
    "priority", "theme", "planned", "started", "in_education", "completed", "broken_off",
    "broken_off_because", "comment",
)  # fmt: skip

# Of the årsverk by education group.
STAFF: dict[str, Field] = dict(
    (
        _text("group", _("Utdanningsgruppe")),
        _number("before", _("Årsverk ved årets start"), is_summed=True),
        _number("after", _("Årsverk ved årets slutt"), is_summed=True),
        _number("change", _("Endring"), is_summed=True),
        _number("in_education", _("Under utdanning"), is_summed=True),
    )
)
USUAL_STAFF = ("group", "before", "after", "change", "in_education")

# Of the accounts of the grant itself.
ACCOUNTS: dict[str, Field] = dict(
    (
        _number("spent.priority", _("Prioritet")),
        _text("spent.theme", _("Tiltak eller utdanning")),
        _kroner("spent.applied", _("Søkt om")),
        _kroner("spent.granted", _("Innvilget")),
        _kroner("spent.carried", _("Overført fra i fjor")),
        _kroner("spent.moved", _("Omdisponert")),
        _kroner("spent.spent", _("Brukt av tilskuddet")),
        _kroner("spent.remaining", _("Ikke brukt")),
        _kroner("carry_over", _("Søkes overført")),
        _kroner("repaid", _("Betales tilbake")),
    )
)
# Of what others than the state paid, beside the budget that was applied with.
SHARES: dict[str, Field] = dict(
    (
        _number("spent.priority", _("Prioritet")),
        _text("spent.theme", _("Tiltak eller utdanning")),
        _kroner("spent.own_budget", _("Egenandel, budsjett")),
        _kroner("spent.own_spent", _("Egenandel, regnskap")),
        _kroner("spent.other_budget", _("Annen finansiering, budsjett")),
        _kroner("spent.other_spent", _("Annen finansiering, regnskap")),
    )
)


def usual() -> list[dict[str, str]]:
    """Return the columns of a new scheme's application, as data."""
    return grid.as_data(USUAL, FIELDS)


def of_scheme(columns: Sequence[Mapping[str, str]]) -> list[GridColumn]:
    """Return the application's columns in the scheme's order."""
    return grid.chosen(columns, FIELDS, USUAL)


def of_goals(columns: Sequence[Mapping[str, str]]) -> list[GridColumn]:
    return grid.chosen(columns, GOALS, USUAL_GOALS)


def of_staff(columns: Sequence[Mapping[str, str]]) -> list[GridColumn]:
    return grid.chosen(columns, STAFF, USUAL_STAFF)


def of_accounts() -> list[GridColumn]:
    return grid.chosen((), ACCOUNTS, ACCOUNTS)


def of_shares() -> list[GridColumn]:
    return grid.chosen((), SHARES, SHARES)
