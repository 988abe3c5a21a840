"""The life of a Behovsskjema, as one table: step -> (from, to, who, words)."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kartlegging import rules
from kartlegging.models import Behovsskjema
from kompetanse.errors import TransitionError
from kompetanse.organisasjon import steps
from kompetanse.organisasjon.access import Act, asks
from kompetanse.organisasjon.models import Ansatt
from kompetanse.organisasjon.steps import Step, Table

S = Behovsskjema.Status


@asks(Act.FILL_NEEDS)
def _may_fill(actor: Ansatt, skjema: Behovsskjema) -> bool:
    return rules.may_fill(actor, skjema.enhet)


STEPS: Table[Behovsskjema] = {
    "save": Step(frozenset({S.DRAFT}), S.DRAFT, _may_fill, gettext_lazy("Lagre")),
    "submit": Step(frozenset({S.DRAFT}), S.SUBMITTED, _may_fill, gettext_lazy("Send inn skjemaet")),
    "reopen": Step(
        frozenset({S.SUBMITTED}), S.DRAFT, _may_fill, gettext_lazy("Åpne skjemaet igjen")
    ),
}
# These end with the deadline; the others may be taken late, and the form is then marked late.
END_AT_DEADLINE = frozenset({"reopen"})


def check(
    name: str, skjema: Behovsskjema, *, by: Ansatt, deadline: date, on: date
) -> Step[Behovsskjema]:
    """Return the step if `by` may take it now.

    Raises:
        TransitionError: the status does not lead there, or the deadline has passed.
        PermissionDenied: this Ansatt does not lead the unit.
    """
    step = steps.check(STEPS, name, skjema, by=by, what=_("Skjemaet"))
    if name in END_AT_DEADLINE and on > deadline:
        raise TransitionError(
            _("Fristen er gått ut, så skjemaet kan ikke åpnes igjen. Snakk med fagrådgiveren.")
        )
    return step


def open_to(actor: Ansatt, skjema: Behovsskjema, *, deadline: date, on: date) -> list[str]:
    """Return the names of the steps the actor can take now; templates draw buttons from it."""
    is_over = on > deadline
    return [
        name
        for name in steps.open_to(STEPS, actor, skjema)
        if not (is_over and name in END_AT_DEADLINE)
    ]
