"""The life of a completed study's report, as one table: step -> (from, to, who).

What only tells how it goes stays as it was told.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.organisasjon import steps
from kompetanse.organisasjon.models import Ansatt
from kompetanse.organisasjon.steps import Step, Table
from soknader.models import Framdrift
from soknader.rules import avtale as rules

S = Framdrift.Status

STEPS: Table[Framdrift] = {
    "confirm": Step(
        frozenset({S.WAITING}), S.CONFIRMED, rules.may_confirm, gettext_lazy("Bekreft")
    ),
    "return": Step(
        frozenset({S.WAITING}), S.RETURNED, rules.may_confirm, gettext_lazy("Send tilbake")
    ),
}


def check(name: str, framdrift: Framdrift, *, by: Ansatt) -> Step[Framdrift]:
    """Return the step if `by` may take it now.

    Raises:
        TransitionError: the status does not lead there.
        PermissionDenied: the status does, but this Ansatt may not.
    """
    return steps.check(STEPS, name, framdrift, by=by, what=_("Meldingen"))


def open_to(actor: Ansatt, framdrift: Framdrift) -> list[str]:
    return steps.open_to(STEPS, actor, framdrift)
