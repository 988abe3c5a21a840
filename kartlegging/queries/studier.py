"""Who is under education, as the apps above know it: a registry that they write into.

So the leader finds them in the needs form, and types nobody in again.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from kompetanse.organisasjon.models import Enhet


@dataclass(frozen=True, slots=True)
class Student:
    """An employee under education: what, the competence it gives, and when it should end."""

    ansatt_id: int
    study: str
    kompetanse_id: int | None
    expected_on: date


Source = Callable[[Enhet, date], Iterable[Student]]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Let the app tell who studies in a unit; called from AppConfig.ready()."""
    if source not in _sources:
        _sources.append(source)


def students(enhet: Enhet, *, on: date) -> list[Student]:
    """Return those who study in the unit and below it on the day."""
    return [student for source in _sources for student in source(enhet, on)]
