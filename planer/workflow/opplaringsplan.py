"""The life of an Opplaringsplan, as one table: step -> (from, to, who, words)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.organisasjon import steps
from kompetanse.organisasjon.models import Ansatt
from kompetanse.organisasjon.steps import KEEP, Step, Table
from planer import rules
from planer.models import Opplaringsplan

S = Opplaringsplan.Status
may = rules.may_edit_opplaringsplan

STEPS: Table[Opplaringsplan] = {
    "hear": Step(frozenset({S.DRAFT}), S.HEARING, may, gettext_lazy("Send på høring")),
    "redraft": Step(frozenset({S.HEARING}), S.DRAFT, may, gettext_lazy("Ta tilbake til utkast")),
    "adopt": Step(
        frozenset({S.DRAFT, S.HEARING}), S.ADOPTED, may, gettext_lazy("Registrer vedtak")
    ),
    "roll": Step(frozenset({S.ADOPTED}), KEEP, may, gettext_lazy("Lag ny utgave")),
    "supersede": Step(frozenset({S.ADOPTED}), S.SUPERSEDED, may),
}


def check(name: str, plan: Opplaringsplan, *, by: Ansatt) -> Step[Opplaringsplan]:
    """Return the step if `by` may take it now.

    Raises:
        TransitionError: the status does not lead there.
        PermissionDenied: the status does, but this Ansatt may not.
    """
    return steps.check(STEPS, name, plan, by=by, what=_("Planen"))


def open_to(actor: Ansatt, plan: Opplaringsplan) -> list[str]:
    """Return the names of the steps the actor can take now; templates draw buttons from it."""
    return steps.open_to(STEPS, actor, plan)
