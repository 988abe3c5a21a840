"""The life of a contract on binding time, as one table: step -> (from, to, who).

What depends on time and money too (whether the binding time is over, what is owed) is asked by
the verbs.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.organisasjon import steps
from kompetanse.organisasjon.models import Ansatt
from kompetanse.organisasjon.steps import KEEP, Step, Table
from soknader.models import Avtale
from soknader.rules import avtale as rules

S = Avtale.Status

NOT_BEGUN = frozenset({S.DRAFT, S.HALF, S.SIGNED})
IN_FORCE = frozenset({S.SIGNED, S.RUNNING})
OVER = frozenset({S.FULFILLED, S.REPAID, S.RELEASED, S.CANCELLED})

STEPS: Table[Avtale] = {
    "sign": Step(frozenset({S.DRAFT}), S.HALF, rules.is_party, gettext_lazy("Signer avtalen")),
    "countersign": Step(
        frozenset({S.HALF}), S.SIGNED, rules.may_countersign, gettext_lazy("Signer for kommunen")
    ),
    "begin": Step(
        frozenset({S.SIGNED}), S.RUNNING, rules.may_begin, gettext_lazy("Start bindingstiden")
    ),
    "pause": Step(frozenset({S.RUNNING}), KEEP, rules.may_follow, gettext_lazy("Sett på pause")),
    "resume": Step(frozenset({S.RUNNING}), KEEP, rules.may_follow, gettext_lazy("Avslutt pausen")),
    "fulfil": Step(
        frozenset({S.RUNNING}), S.FULFILLED, rules.may_follow, gettext_lazy("Merk som oppfylt")
    ),
    "breach": Step(IN_FORCE, S.BREACHED, rules.may_follow, gettext_lazy("Registrer brudd")),
    "repay": Step(
        frozenset({S.BREACHED}), KEEP, rules.may_follow, gettext_lazy("Registrer tilbakebetaling")
    ),
    "settle": Step(
        frozenset({S.BREACHED}), S.REPAID, rules.may_follow, gettext_lazy("Alt er betalt tilbake")
    ),
    "release": Step(
        IN_FORCE | {S.BREACHED}, S.RELEASED, rules.may_release, gettext_lazy("Ettergi kravet")
    ),
    "cancel": Step(NOT_BEGUN, S.CANCELLED, rules.may_cancel, gettext_lazy("Avtalen faller bort")),
}


def check(name: str, avtale: Avtale, *, by: Ansatt) -> Step[Avtale]:
    """Return the step if `by` may take it now.

    Raises:
        TransitionError: the status does not lead there.
        PermissionDenied: the status does, but this Ansatt may not.
    """
    return steps.check(STEPS, name, avtale, by=by, what=_("Avtalen"))


def open_to(actor: Ansatt, avtale: Avtale) -> list[str]:
    """Return the names of the steps that the actor can take now; pages draw buttons from it."""
    return steps.open_to(STEPS, actor, avtale)
