"""The life of a Handlingsplan, as one table: step -> (from, to, who, words)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.organisasjon import steps
from kompetanse.organisasjon.models import Ansatt
from kompetanse.organisasjon.steps import KEEP, Step, Table
from planer import rules
from planer.models import Handlingsplan

S = Handlingsplan.Status

STEPS: Table[Handlingsplan] = {
    "edit": Step(
        frozenset({S.DRAFT}), KEEP, rules.may_propose_actions, gettext_lazy("Endre forslaget")
    ),
    "propose": Step(
        frozenset({S.DRAFT}),
        S.PROPOSED,
        rules.may_propose_actions,
        gettext_lazy("Legg fram for ledergruppa"),
    ),
    "recall": Step(
        frozenset({S.PROPOSED}), S.DRAFT, rules.may_propose_actions, gettext_lazy("Trekk tilbake")
    ),
    "weigh": Step(
        frozenset({S.PROPOSED}), KEEP, rules.may_decide_actions, gettext_lazy("Behandle tiltakene")
    ),
    "decide": Step(
        frozenset({S.PROPOSED}), S.DECIDED, rules.may_decide_actions, gettext_lazy("Vedta")
    ),
}


def check(name: str, plan: Handlingsplan, *, by: Ansatt) -> Step[Handlingsplan]:
    """Return the step if `by` may take it now.

    Raises:
        TransitionError: the status does not lead there.
        PermissionDenied: the status does, but this Ansatt may not.
    """
    return steps.check(STEPS, name, plan, by=by, what=_("Handlingsplanen"))


def open_to(actor: Ansatt, plan: Handlingsplan) -> list[str]:
    """Return the names of the steps the actor can take now; templates draw buttons from it."""
    return steps.open_to(STEPS, actor, plan)
