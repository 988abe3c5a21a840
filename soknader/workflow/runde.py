"""The life of a Soknadsrunde, as one table: step -> (from, to, who)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.organisasjon import steps
from kompetanse.organisasjon.models import Ansatt
from kompetanse.organisasjon.steps import Step, Table
from soknader.models import Soknadsrunde
from soknader.rules import runde as rules

S = Soknadsrunde.Status

STEPS: Table[Soknadsrunde] = {
    "open": Step(frozenset({S.DRAFT}), S.OPEN, rules.may_run, gettext_lazy("Åpne runden")),
    "prioritise": Step(
        frozenset({S.OPEN}), S.PRIORITISING, rules.may_run, gettext_lazy("Start prioriteringen")
    ),
    "decide": Step(frozenset({S.PRIORITISING}), S.DECIDED, rules.may_decide, gettext_lazy("Vedta")),
    "answer": Step(frozenset({S.DECIDED}), S.ANSWERED, rules.may_answer, gettext_lazy("Send svar")),
}


def check(name: str, runde: Soknadsrunde, *, by: Ansatt) -> Step[Soknadsrunde]:
    """Return the step if `by` may take it now.

    Raises:
        TransitionError: the status does not lead there.
        PermissionDenied: the status does, but this Ansatt may not.
    """
    return steps.check(STEPS, name, runde, by=by, what=_("Runden"))


def open_to(actor: Ansatt, runde: Soknadsrunde) -> list[str]:
    return steps.open_to(STEPS, actor, runde)
