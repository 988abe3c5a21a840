"""The life of a Vedtak, as one table. A decided one is never changed, only replaced."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.organisasjon import steps
from kompetanse.organisasjon.models import Ansatt
from kompetanse.organisasjon.steps import Step, Table
from soknader.models import Vedtak
from soknader.rules import vedtak as rules

S = Vedtak.Status

STEPS: Table[Vedtak] = {
    "draft": Step(frozenset({S.DRAFT}), S.DRAFT, rules.may_draft, gettext_lazy("Lagre utkastet")),
    "decide": Step(frozenset({S.DRAFT}), S.DECIDED, rules.may_decide, gettext_lazy("Vedta")),
    "replace": Step(
        frozenset({S.DECIDED}), S.REPLACED, rules.may_decide, gettext_lazy("Erstatt vedtaket")
    ),
}


def check(name: str, vedtak: Vedtak, *, by: Ansatt) -> Step[Vedtak]:
    """Return the step if `by` may take it now.

    Raises:
        TransitionError: the status does not lead there.
        PermissionDenied: the status does, but this Ansatt may not.
    """
    return steps.check(STEPS, name, vedtak, by=by, what=_("Vedtaket"))


def open_to(actor: Ansatt, vedtak: Vedtak) -> list[str]:
    return steps.open_to(STEPS, actor, vedtak)
