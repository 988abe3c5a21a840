"""What a meeting is made of, and the door for apps above that bring something to it.

An app that knows of cases registers one Kilde when it is ready: what it proposes for the agenda,
what is to be remembered when the meeting begins and rises, what happened under its points, and
which meetings someone may not read the minutes of yet.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import QuerySet

from kompetanse.organisasjon.models import Ansatt
from planer.models import Mote, Motepunkt


@dataclass(frozen=True, slots=True, kw_only=True)
class Forslag:
    """A point that the agenda can have; `key` makes it come once, `link` ties it to what it is."""

    key: str
    title: str
    kind: Motepunkt.Kind
    text: str = ""
    link: Callable[[Motepunkt], None] | None = None


@dataclass(frozen=True, slots=True)
class Tabell:
    """A small table in the minutes: ready texts."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Stemme:
    """What someone said that the minutes keep."""

    by: str
    text: str
    is_dissent: bool
    about: str = ""


@dataclass(frozen=True, slots=True)
class Avsnitt:
    """What happened under a point, for the minutes."""

    lines: Sequence[str] = ()
    tables: Sequence[Tabell] = ()
    voices: Sequence[Stemme] = ()

    def kept(self) -> dict[str, Any]:
        """Return it as the minutes keep it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Kilde:
    """What an app above brings to the meetings."""

    proposals: Callable[[Mote, Ansatt], Iterable[Forslag]]
    begun: Callable[[Mote], None]
    risen: Callable[[Mote], None]
    happened: Callable[[Mote], Mapping[int, Avsnitt]]
    recused: Callable[[Mote], Sequence[str]]
    closed_to: Callable[[Ansatt], QuerySet[Any]]


_kilder: list[Kilde] = []


def register(kilde: Kilde) -> None:
    """Let the app bring its content; called from AppConfig.ready()."""
    if kilde not in _kilder:
        _kilder.append(kilde)


def kilder() -> Sequence[Kilde]:
    return tuple(_kilder)
