"""Duties: what a person has to do, by when, and where. Computed from state, never stored.

One list feeds the front page, the reminders' texts and the wheel. A new kind of duty is one
function in an app's `oppgaver.py`, registered when the app is ready:

    def duties(actor, on):
        yield waiting(drafts.of(actor), _send, text="study", day="runde__deadline")

`waiting` says what to ask; everyone's questions are put to the database together, in one
statement. `_send` gets each `Rad` of the answer and returns its Oppgave. A duty that can be
told without asking is yielded as an Oppgave.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, F, Field, IntegerField, QuerySet, Value
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Cast

from kompetanse.organisasjon.models import Ansatt

# A column of a Rad: the name of a field, an expression, or None for nothing.
Column = str | Combinable | None


@dataclass(frozen=True, slots=True)
class Oppgave:
    """One thing that waits for a person. `deadline` is the end of that day in Norway.

    `starts` is the day that something without a deadline is to be done; it only orders the list.
    """

    key: str
    title: str
    url: str
    deadline: date | None = None
    text: str = ""
    starts: date | None = None

    @property
    def day(self) -> date | None:
        return self.deadline or self.starts

    def is_late(self, on: date) -> bool:
        return self.deadline is not None and on > self.deadline


class Rad(NamedTuple):
    """A row that waits, as it was asked for; what was not asked for is None or empty."""

    pk: int
    number: int
    text: str
    day: date | None
    other_day: date | None


# Each part of a union must have the same types.
KINDS: "dict[str, Field[Any, Any]]" = {
    "pk": IntegerField(),
    "number": IntegerField(),
    "text": CharField(),
    "day": DateField(),
    "other_day": DateField(),
}
# Written as it is: half of all columns are nothing, and a Cast takes Django ten times as long.
NOTHING = {
    name: RawSQL(f"NULL::{told}", (), output_field=KINDS[name])  # noqa: S611 (our own words)
    for name, told in {
        "number": "integer", "text": "varchar", "day": "date", "other_day": "date",
    }.items()
}  # fmt: skip
RAD = tuple(f"rad_{name}" for name in KINDS)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows that wait for a person, and the duty that each of them is."""

    rows: QuerySet[Any]
    oppgave: Callable[[Rad], Oppgave]


Duties = Callable[[Ansatt, date], Iterable[Oppgave | Waiting]]

_sources: list[Duties] = []


def register(duties: Duties) -> None:
    """Let the app's duties be shown; called from AppConfig.ready()."""
    if duties not in _sources:
        _sources.append(duties)


def waiting(rows: QuerySet[Any], oppgave: Callable[[Rad], Oppgave], **columns: Column) -> Waiting:
    """Return what to ask for: one duty for each of `rows`, told by the columns named as in Rad."""
    named = {"pk": "pk"} | columns
    asked = rows.annotate(**{f"rad_{name}": _column(named.get(name), name) for name in KINDS})
    return Waiting(asked, oppgave)


def waiting_for(actor: Ansatt, *, on: date) -> list[Oppgave]:
    """Return what waits for the actor, the nearest day first, those without a day last.

    One query, however many apps have something to ask.
    """
    found = told(each for duties in _sources for each in duties(actor, on))
    return sorted(found, key=lambda each: (each.day is None, each.day, each.title))


def told(found: Iterable[Oppgave | Waiting]) -> list[Oppgave]:
    """Return the duties, those that must be asked for by one query together."""
    ready: list[Oppgave] = []
    asked: list[Waiting] = []
    for each in found:
        if isinstance(each, Waiting):
            asked.append(each)
        else:
            ready.append(each)
    return [*ready, *_answers(asked)]


def _answers(asked: list[Waiting]) -> Iterator[Oppgave]:
    if not asked:
        return
    first, *rest = (
        each.rows.annotate(rad_source=Value(place)).values_list("rad_source", *RAD)
        for place, each in enumerate(asked)
    )
    for source, *row in first.union(*rest, all=True):
        yield asked[source].oppgave(Rad(*row))


def _column(column: Column, name: str) -> Combinable:
    """Return the column with the type that all have in the union; ids are whole numbers anyhow."""
    if column is None:
        return NOTHING[name]
    expression = F(column) if isinstance(column, str) else column
    return expression if name == "pk" else Cast(expression, KINDS[name])
