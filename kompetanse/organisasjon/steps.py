"""What every app's `workflow` is made of: the life of a noun as one table of steps.

The verb checks the table under lock, and the page draws its buttons from it, so that a page never
offers what the verb refuses. What depends on more than status and person (a deadline, a version)
is asked by the app beside it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kompetanse.errors import TransitionError
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt

Noun = TypeVar("Noun", bound=Any)

# The target of a step that leaves the status as it is.
KEEP = ""


@dataclass(frozen=True, slots=True)
class Step(Generic[Noun]):
    """From which statuses, to which (KEEP: it stays), who may, and the word on the button."""

    sources: frozenset[str]
    target: str
    allowed: Callable[[Ansatt, Noun], bool]
    label: str | Promise = ""

    @property
    def act(self) -> Act | None:
        """The act that the step's rule asks for (`access.asks`); None for the steps of a system."""
        return getattr(self.allowed, "act", None)

    def leads_to(self, status: str) -> str:
        """Return the status after the step from `status`."""
        return self.target or status


Table = Mapping[str, Step[Noun]]


@dataclass(frozen=True, slots=True)
class When:
    """A step of a noun as the help page tells it: what is done, and in which states."""

    noun: str
    label: str
    states: tuple[str, ...]


_published: dict[Any, Table[Any]] = {}


def publish(model: Any, table: Table[Any]) -> None:
    """Let the help page «Hvem ser hva» tell the states of a noun; called from AppConfig.ready()."""
    _published[model] = table


def published() -> Mapping[Any, Table[Any]]:
    """Return every published table by its model."""
    return dict(_published)


def when(act: Act) -> list[When]:
    """Return the steps that the act lets one take, each with the states it can be taken in."""
    return [
        When(str(model._meta.verbose_name), str(step.label), _states(model, step))
        for model, table in _published.items()
        for step in table.values()
        if step.act == act and step.label
    ]


def _states(model: Any, step: Step[Any]) -> tuple[str, ...]:
    return tuple(str(state.label).lower() for state in model.Status if state in step.sources)


def check(table: Table[Noun], name: str, noun: Noun, *, by: Ansatt, what: str) -> Step[Noun]:
    """Return the step if `by` may take it now; `what` names the noun in the sentence.

    Raises:
        TransitionError: the status does not lead there.
        PermissionDenied: the status does, but this Ansatt may not.
    """
    step = table[name]
    if noun.status not in step.sources:
        state = str(noun.get_status_display()).lower()
        raise TransitionError(_("%(what)s er %(state)s.") % {"what": what, "state": state})
    if not step.allowed(by, noun):
        raise PermissionDenied
    return step


def open_to(table: Table[Noun], actor: Ansatt, noun: Noun) -> list[str]:
    """Return the names of the steps the actor can take now."""
    return [name for name in table if is_open(table, name, actor, noun)]


def is_open(table: Table[Noun], name: str, actor: Ansatt, noun: Noun) -> bool:
    """Return whether the actor can take the one step now; only its own rule is asked."""
    step = table[name]
    return noun.status in step.sources and step.allowed(actor, noun)
