"""What the front page and the public start page show: registries that the apps write into.

    forside.register(own_applications)          # section on /hjem/, for the one who is logged in
    forside.register_deadline(round_deadline)   # line on the public start page

Both are plain functions; they are called on every showing and must be cheap (one query).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from kompetanse.organisasjon.models import Ansatt


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the front page: its heading, and the fragment that draws `data`.

    The fragment finds itself as `section`; low `order` stands first.
    """

    heading: str
    template: str
    data: dict[str, Any] = field(default_factory=dict)
    order: int = 100


@dataclass(frozen=True, slots=True)
class PublicDeadline:
    """A deadline that anyone may know: what it is for, its last moment, and where to read more."""

    text: str
    moment: datetime
    url: str = ""


MakeSection = Callable[[Ansatt, date], Section | None]
MakeDeadline = Callable[[date], PublicDeadline | None]

_sections: list[MakeSection] = []
_deadlines: list[MakeDeadline] = []


def register(make: MakeSection) -> None:
    if make not in _sections:
        _sections.append(make)


def register_deadline(make: MakeDeadline) -> None:
    if make not in _deadlines:
        _deadlines.append(make)


def sections(actor: Ansatt, *, on: date) -> list[Section]:
    """Return the sections that have something for the actor, in order."""
    made = [make(actor, on) for make in _sections]
    return sorted((part for part in made if part), key=lambda part: part.order)


def deadlines(*, on: date) -> list[PublicDeadline]:
    """Return the public deadlines that are not passed, nearest first."""
    made = [make(on) for make in _deadlines]
    return sorted((line for line in made if line), key=lambda line: line.moment)
