"""The life of a Fordeling: written by the advisor, approved by stabsleder, then frozen."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.errors import StaleError
from kompetanse.organisasjon import steps
from kompetanse.organisasjon.models import Ansatt
from kompetanse.organisasjon.steps import KEEP, Step, Table
from rapporter import rules
from rapporter.models import Fordeling

S = Fordeling.Status
DRAFT, PROPOSED = frozenset({S.DRAFT}), frozenset({S.PROPOSED})
STALE = gettext_lazy(
    "Fordelingen er endret etter at du åpnet den. Last siden på nytt og prøv igjen."
)

# "edit" gives money to a unit or takes it back.
STEPS: Table[Fordeling] = {
    "edit": Step(DRAFT, KEEP, rules.may_prepare, gettext_lazy("Fordele beløp")),
    "propose": Step(
        DRAFT, S.PROPOSED, rules.may_prepare, gettext_lazy("Legg fram til godkjenning")
    ),
    "send_back": Step(PROPOSED, S.DRAFT, rules.may_approve, gettext_lazy("Send tilbake")),
    "approve": Step(PROPOSED, S.APPROVED, rules.may_approve, gettext_lazy("Godkjenn fordelingen")),
}


def check(
    name: str, fordeling: Fordeling, *, by: Ansatt, version: int | None = None
) -> Step[Fordeling]:
    """Return the step if `by` may take it now.

    Raises:
        TransitionError: the status does not lead there.
        PermissionDenied: the status does, but this Ansatt may not.
        StaleError: it was changed after `by` opened it.
    """
    step = steps.check(STEPS, name, fordeling, by=by, what=_("Fordelingen"))
    if version is not None and version != fordeling.version:
        raise StaleError(STALE)
    return step


def open_to(actor: Ansatt, fordeling: Fordeling) -> list[str]:
    """Return the names of the steps the actor can take now; templates draw buttons from it."""
    return steps.open_to(STEPS, actor, fordeling)
