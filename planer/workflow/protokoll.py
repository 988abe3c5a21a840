"""The life of a Protokoll, as one table: step -> (from, to, who, words)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.organisasjon import steps
from kompetanse.organisasjon.models import Ansatt
from kompetanse.organisasjon.steps import KEEP, Step, Table
from planer import rules
from planer.models import Protokoll

S = Protokoll.Status
may = rules.may_write_protokoll

STEPS: Table[Protokoll] = {
    "write": Step(frozenset({S.DRAFT, S.REMARKS}), KEEP, may, gettext_lazy("Endre referatet")),
    "send": Step(frozenset({S.DRAFT}), S.REMARKS, may, gettext_lazy("Send til merknader")),
    "remark": Step(
        frozenset({S.REMARKS}), KEEP, rules.may_remark, gettext_lazy("Godkjenn eller skriv merknad")
    ),
    "approve": Step(frozenset({S.REMARKS}), S.APPROVED, may, gettext_lazy("Godkjenn referatet")),
    "correct": Step(frozenset({S.APPROVED}), KEEP, may, gettext_lazy("Rett referatet")),
    "supersede": Step(frozenset({S.APPROVED}), S.SUPERSEDED, may),
}


def check(name: str, protokoll: Protokoll, *, by: Ansatt) -> Step[Protokoll]:
    """Return the step if `by` may take it now.

    Raises:
        TransitionError: the status does not lead there.
        PermissionDenied: the status does, but this Ansatt may not.
    """
    return steps.check(STEPS, name, protokoll, by=by, what=_("Referatet"))


def open_to(actor: Ansatt, protokoll: Protokoll) -> list[str]:
    """Return the names of the steps the actor can take now; templates draw buttons from it."""
    return steps.open_to(STEPS, actor, protokoll)
