"""That someone looked at another person's record, so that the person can see it."""

from typing import Any

from kompetanse.kommuner import audit
from kompetanse.organisasjon import access
from kompetanse.organisasjon.models import Ansatt


def opened(action: str, obj: Any, *, by: Ansatt, case: Any | None = None) -> None:
    """Write that `by` opened it; nothing for one's own.

    Who looks through another's eyes is written down by that session itself.
    """
    if access.is_looked_through(by) or audit.about(obj) == by.pk:
        return
    audit.record(action, obj, by=by, case=case)
