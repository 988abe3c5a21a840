"""What people have learned at work, told to those who keep the stock of competence.

A course or a step of an introduction that builds competence tells it here; the app that keeps
the stock registers what it does with it, so that the lower never knows the higher:

    learned.register(function)   # function(ansatte, lesson) proposes it for the leader
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from kompetanse.organisasjon.models import Kompetanse


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What should be known after it: competence, level 1–4, when, and where it comes from.

    `origin` names the row, `arrangement:17`; told again with others it replaces who learned it.
    """

    origin: str
    title: str
    kompetanse: Kompetanse
    level: int
    on: date


Learned = Callable[[Collection[int], Lesson], None]

_registered: list[Learned] = []


def register(function: Learned) -> None:
    """Let the function know who has learned what; called from AppConfig.ready()."""
    if function not in _registered:
        _registered.append(function)


def tell(ansatte: Collection[int], lesson: Lesson) -> None:
    """Say that these employees, by id and no others, have learned it; in the verb's transaction."""
    for function in _registered:
        function(ansatte, lesson)
