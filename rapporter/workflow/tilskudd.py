"""The life of a Tilskuddssoknad: written, sent, answered. What is sent is never changed."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.errors import StaleError
from kompetanse.organisasjon import steps
from kompetanse.organisasjon.models import Ansatt
from kompetanse.organisasjon.steps import KEEP, Step, Table
from rapporter import rules
from rapporter.models import Tilskuddssoknad

S = Tilskuddssoknad.Status

# "edit" is every change of the head and the lines; "answer" writes what the county answered.
STEPS: Table[Tilskuddssoknad] = {
    "edit": Step(frozenset({S.DRAFT}), KEEP, rules.may_prepare, gettext_lazy("Endre søknaden")),
    "send": Step(frozenset({S.DRAFT}), S.SENT, rules.may_prepare, gettext_lazy("Merk som sendt")),
    "answer": Step(frozenset({S.SENT}), KEEP, rules.may_prepare, gettext_lazy("Føre svaret")),
}


def check(
    name: str, soknad: Tilskuddssoknad, *, by: Ansatt, version: int | None = None
) -> Step[Tilskuddssoknad]:
    """Return the step if `by` may take it now.

    Raises:
        TransitionError: the application is sent.
        PermissionDenied: `by` does not prepare grant applications.
        StaleError: someone else changed it after `by` opened it.
    """
    step = steps.check(STEPS, name, soknad, by=by, what=_("Søknaden"))
    if version is not None and version != soknad.version:
        raise StaleError(
            _(
                "Noen andre har endret søknaden etter at du åpnet den."
                " Last siden på nytt og prøv igjen."
            )
        )
    return step


def open_to(actor: Ansatt, soknad: Tilskuddssoknad) -> list[str]:
    """Return the names of the steps the actor can take now; templates draw buttons from it."""
    return steps.open_to(STEPS, actor, soknad)
