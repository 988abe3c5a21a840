"""The life of a Strategiplan, as one table: step -> (from, to, words). It feeds the buttons too."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.errors import TransitionError
from kompetanse.organisasjon.models import Ansatt
from planer import rules
from planer.models import Strategiplan

S = Strategiplan.Status


@dataclass(frozen=True, slots=True)
class Step:
    """From which states, to which, and what the button says. `target` None keeps the state."""

    sources: frozenset[Strategiplan.Status]
    target: Strategiplan.Status | None
    label: str | Promise


STEPS = {
    "edit": Step(frozenset({S.DRAFT, S.HEARING}), None, gettext_lazy("Endre planen")),
    "hear": Step(frozenset({S.DRAFT}), S.HEARING, gettext_lazy("Send på høring")),
    "redraft": Step(frozenset({S.HEARING}), S.DRAFT, gettext_lazy("Ta tilbake til utkast")),
    "adopt": Step(
        frozenset({S.DRAFT, S.HEARING, S.ADOPTED}), S.ADOPTED, gettext_lazy("Registrer vedtak")
    ),
    "enforce": Step(frozenset({S.ADOPTED}), S.IN_FORCE, gettext_lazy("Sett i kraft")),
    "roll": Step(
        frozenset({S.ADOPTED, S.IN_FORCE, S.SUPERSEDED}), None, gettext_lazy("Lag ny utgave")
    ),
}


def check(name: str, plan: Strategiplan, *, by: Ansatt) -> Step:
    """Return the step if `by` may take it now.

    Raises:
        TransitionError: the status does not lead there.
        PermissionDenied: the status does, but this Ansatt may not.
    """
    step = STEPS[name]
    if plan.status not in step.sources:
        told = {"step": str(step.label), "status": plan.get_status_display().lower()}
        raise TransitionError(
            _("Planen er i status «%(status)s». Da kan du ikke: %(step)s.") % told
        )
    if not rules.may_edit_plan(by, plan):
        raise PermissionDenied
    return step


def open_to(actor: Ansatt, plan: Strategiplan) -> list[str]:
    """Return the names of the steps the actor can take now; templates draw buttons from it."""
    if not rules.may_edit_plan(actor, plan):
        return []
    return [name for name, step in STEPS.items() if plan.status in step.sources]
