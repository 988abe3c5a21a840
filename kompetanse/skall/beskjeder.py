"""Messages that stand on top of every page, for as long as they hold: a registry for the apps.

    beskjeder.register(someone_looks)        # someone_looks(request) -> Beskjed | None

They are asked for on every showing of every page, so they must cost nothing when there is
nothing to say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Beskjed:
    """What is said, and where one does something about it."""

    text: str
    url: str
    label: str


Source = Callable[[Any], Beskjed | None]

_sources: list[Source] = []


def register(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def for_request(request: Any) -> list[Beskjed]:
    """Return what this reader is to be told on this page."""
    return [told for source in _sources if (told := source(request))]
