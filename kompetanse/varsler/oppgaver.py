"""Duties: what a person has to do, by when, and where. Computed from state, never stored.

One list feeds the front page, the reminders' texts and the wheel. A new kind of duty is one
function in an app's `oppgaver.py`, registered when the app is ready.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from kompetanse.organisasjon.models import Ansatt


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


Duties = Callable[[Ansatt, date], Iterable[Oppgave]]

_sources: list[Duties] = []


def register(duties: Duties) -> None:
    """Let the app's duties be shown; called from AppConfig.ready()."""
    if duties not in _sources:
        _sources.append(duties)


def waiting_for(actor: Ansatt, *, on: date) -> list[Oppgave]:
    """Return what waits for the actor, the nearest day first, those without a day last."""
    found = [oppgave for duties in _sources for oppgave in duties(actor, on)]
    return sorted(found, key=lambda each: (each.day is None, each.day, each.title))
