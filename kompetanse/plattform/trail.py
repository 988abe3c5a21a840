"""The platform's trail is written here and nowhere else."""

from typing import Any

from kompetanse.kommuner.models import Kommune
from kompetanse.plattform.models import Operator, Plattformhendelse


def record(
    action: str, *, by: Operator | None, about: Kommune | None = None, **details: Any
) -> None:
    """Write one line in the caller's transaction; `by` None is a command at the server."""
    Plattformhendelse.objects.create(operator=by, action=action, about=about, details=details)
