"""The life of a Tilskuddssoknad: written, then sent. What is sent is never changed."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from kompetanse.errors import StaleError, TransitionError
from kompetanse.organisasjon.models import Ansatt
from rapporter import rules
from rapporter.models import Tilskuddssoknad

S = Tilskuddssoknad.Status

# step -> (from, to). "edit" keeps the state: it is every change of the head and the lines.
STEPS: dict[str, tuple[frozenset[str], str]] = {
    "edit": (frozenset({S.DRAFT}), S.DRAFT),
    "send": (frozenset({S.DRAFT}), S.SENT),
}


def check(step: str, soknad: Tilskuddssoknad, *, by: Ansatt, version: int | None = None) -> str:
    """Return the state that the step leads to, if `by` may take it now.

    Raises:
        PermissionDenied: `by` does not prepare grant applications.
        TransitionError: the application is sent.
        StaleError: someone else changed it after `by` opened it.
    """
    if not rules.may_prepare(by):
        raise PermissionDenied
    sources, target = STEPS[step]
    if soknad.status not in sources:
        raise TransitionError(_("Søknaden er sendt og kan ikke endres."))
    if version is not None and version != soknad.version:
        raise StaleError(
            _(
                "Noen andre har endret søknaden etter at du åpnet den."
                " Last siden på nytt og prøv igjen."
            )
        )
    return target


def open_to(actor: Ansatt, soknad: Tilskuddssoknad) -> list[str]:
    """Return the steps the actor can take now; templates draw buttons from it."""
    if not rules.may_prepare(actor):
        return []
    return [name for name, (sources, _target) in STEPS.items() if soknad.status in sources]
