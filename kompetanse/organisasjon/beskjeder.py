"""What people are told of roles, deputies and other eyes.

Notices are sent by `varsler`, which stands above; it registers how, so that this app knows no
more than whom it tells what.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kompetanse.organisasjon.models import Ansatt


@dataclass(frozen=True, slots=True)
class Beskjed:
    """One message to one person; `key` is the same only for the same occasion."""

    key: str
    to: Ansatt
    subject: str
    body: str

    @property
    def kind(self) -> str:
        return self.key.partition(":")[0]


_tell: list[Callable[[Beskjed], Any]] = []


def register(tell: Callable[[Beskjed], Any]) -> None:
    """Let `tell` send the messages; called from AppConfig.ready()."""
    _tell[:] = [tell]


def tell(beskjed: Beskjed) -> None:
    """Send the message in the caller's transaction."""
    for send in _tell:
        send(beskjed)
