"""The life of a receipt, as one table: step -> (from, to, who)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.organisasjon import steps
from kompetanse.organisasjon.models import Ansatt
from kompetanse.organisasjon.steps import Step, Table
from soknader.models import Utbetaling
from soknader.rules import avtale as rules

S = Utbetaling.Status

STEPS: Table[Utbetaling] = {
    "approve": Step(frozenset({S.SENT}), S.APPROVED, rules.may_approve, gettext_lazy("Godkjenn")),
    "refuse": Step(frozenset({S.SENT}), S.REFUSED, rules.may_approve, gettext_lazy("Avslå")),
    "transfer": Step(
        frozenset({S.APPROVED}), S.PAID, rules.may_transfer, gettext_lazy("Overført til lønn")
    ),
}


def check(name: str, utbetaling: Utbetaling, *, by: Ansatt) -> Step[Utbetaling]:
    """Return the step if `by` may take it now.

    Raises:
        TransitionError: the status does not lead there.
        PermissionDenied: the status does, but this Ansatt may not.
    """
    return steps.check(STEPS, name, utbetaling, by=by, what=_("Kvitteringen"))


def open_to(actor: Ansatt, utbetaling: Utbetaling) -> list[str]:
    return steps.open_to(STEPS, actor, utbetaling)
