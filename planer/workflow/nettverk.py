"""The life of a Nettverk, as one table: step -> (from, to, who, words)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.organisasjon import steps
from kompetanse.organisasjon.models import Ansatt
from kompetanse.organisasjon.steps import KEEP, Step, Table
from planer import rules
from planer.models import Nettverk

S = Nettverk.Status
may = rules.may_run_nettverk
LIVING = frozenset({S.ACTIVE, S.RESTING})

STEPS: Table[Nettverk] = {
    "change": Step(LIVING, KEEP, may, gettext_lazy("Endre nettverket")),
    "enrol": Step(LIVING, KEEP, may, gettext_lazy("Legg til medlem")),
    "tell": Step(LIVING, KEEP, may, gettext_lazy("Legg til aktivitet")),
    "join": Step(LIVING, KEEP, rules.may_join_nettverk, gettext_lazy("Bli med")),
    "rest": Step(frozenset({S.ACTIVE}), S.RESTING, may, gettext_lazy("La nettverket hvile")),
    "wake": Step(frozenset({S.RESTING}), S.ACTIVE, may, gettext_lazy("Ta nettverket opp igjen")),
    "end": Step(LIVING, S.ENDED, may, gettext_lazy("Avslutt nettverket")),
}


def check(name: str, nettverk: Nettverk, *, by: Ansatt) -> Step[Nettverk]:
    """Return the step if `by` may take it now.

    Raises:
        TransitionError: the status does not lead there.
        PermissionDenied: the status does, but this Ansatt may not.
    """
    return steps.check(STEPS, name, nettverk, by=by, what=_("Nettverket"))


def open_to(actor: Ansatt, nettverk: Nettverk) -> list[str]:
    """Return the names of the steps the actor can take now; templates draw buttons from it."""
    return steps.open_to(STEPS, actor, nettverk)
