"""The life of an Evaluering, as one table: step -> (from, to, who, words)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.organisasjon import steps
from kompetanse.organisasjon.models import Ansatt
from kompetanse.organisasjon.steps import KEEP, Step, Table
from planer import rules
from planer.models import Evaluering

S = Evaluering.Status
may = rules.may_evaluate

STEPS: Table[Evaluering] = {
    "edit": Step(frozenset({S.DRAFT}), KEEP, may, gettext_lazy("Endre svarene")),
    "change": Step(frozenset({S.DRAFT}), KEEP, may, gettext_lazy("Endre planen")),
    "finish": Step(frozenset({S.DRAFT}), S.DONE, may, gettext_lazy("Fullfør evalueringen")),
}


def check(name: str, evaluering: Evaluering, *, by: Ansatt) -> Step[Evaluering]:
    """Return the step if `by` may take it now.

    Raises:
        TransitionError: the status does not lead there.
        PermissionDenied: the status does, but this Ansatt may not.
    """
    return steps.check(STEPS, name, evaluering, by=by, what=_("Evalueringen"))


def open_to(actor: Ansatt, evaluering: Evaluering) -> list[str]:
    """Return the names of the steps the actor can take now; templates draw buttons from it."""
    return steps.open_to(STEPS, actor, evaluering)
