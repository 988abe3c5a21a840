"""The life of an Arrangement, as one table: step -> (from, to, who, words)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.organisasjon import steps
from kompetanse.organisasjon.models import Ansatt
from kompetanse.organisasjon.steps import KEEP, Step, Table
from planer import rules
from planer.models import Arrangement

S = Arrangement.Status
may = rules.may_arrange

STEPS: Table[Arrangement] = {
    "edit": Step(frozenset({S.PLANNED}), KEEP, may, gettext_lazy("Endre")),
    "attend": Step(frozenset({S.PLANNED, S.HELD}), S.HELD, may, gettext_lazy("Før oppmøte")),
    "cancel": Step(frozenset({S.PLANNED}), S.CANCELLED, may, gettext_lazy("Avlys")),
}


def check(name: str, arrangement: Arrangement, *, by: Ansatt) -> Step[Arrangement]:
    """Return the step if `by` may take it now.

    Raises:
        TransitionError: the status does not lead there.
        PermissionDenied: the status does, but this Ansatt may not.
    """
    return steps.check(STEPS, name, arrangement, by=by, what=_("Arrangementet"))


def open_to(actor: Ansatt, arrangement: Arrangement) -> list[str]:
    """Return the names of the steps the actor can take now; templates draw buttons from it."""
    return steps.open_to(STEPS, actor, arrangement)
