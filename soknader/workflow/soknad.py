"""The life of a Soknad, from draft to the employee's answer, as one table: step -> (from, to, who).

What depends on time too (the deadline, whether the round takes late ones) is asked by the verbs.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.organisasjon import steps
from kompetanse.organisasjon.models import Ansatt
from kompetanse.organisasjon.steps import KEEP, Step, Table
from soknader.models import Soknad
from soknader.rules import soknad as rules

S = Soknad.Status

BEFORE_DECISION = frozenset({S.SUBMITTED, S.RECOMMENDED})
AFTER_DECISION = frozenset({S.DECIDED, S.ANSWERED, S.ACCEPTED, S.DECLINED})

STEPS: Table[Soknad] = {
    "submit": Step(
        frozenset({S.DRAFT}), S.SUBMITTED, rules.writes, gettext_lazy("Send inn søknaden")
    ),
    # A change of what is sent asks for the leader's statement anew.
    "change": Step(BEFORE_DECISION, S.SUBMITTED, rules.writes, gettext_lazy("Endre søknaden")),
    "withdraw": Step(BEFORE_DECISION, S.WITHDRAWN, rules.writes, gettext_lazy("Trekk søknaden")),
    "recommend": Step(
        BEFORE_DECISION, S.RECOMMENDED, rules.may_recommend, gettext_lazy("Gi uttalelse")
    ),
    # A question puts it back to the employee; the status says who the case stands with.
    "ask": Step(
        frozenset({S.SUBMITTED}), KEEP, rules.may_recommend, gettext_lazy("Still et spørsmål")
    ),
    "answer_question": Step(
        frozenset({S.SUBMITTED}), KEEP, rules.writes, gettext_lazy("Svar på spørsmålet fra lederen")
    ),
    "take_over": Step(
        frozenset({S.DRAFT}) | BEFORE_DECISION,
        KEEP,
        rules.may_take_over,
        gettext_lazy("Overta søknaden"),
    ),
    # Without a statement it can be decided all the same; the list of priorities shows the lack.
    "decide": Step(BEFORE_DECISION, S.DECIDED, rules.may_decide, gettext_lazy("Vedta")),
    "redecide": Step(AFTER_DECISION, S.DECIDED, rules.may_decide, gettext_lazy("Gjør om vedtaket")),
    "answer": Step(
        frozenset({S.DECIDED}), S.ANSWERED, rules.may_send_letter, gettext_lazy("Send svarbrev")
    ),
    "accept": Step(frozenset({S.ANSWERED}), S.ACCEPTED, rules.is_owner, gettext_lazy("Takk ja")),
    "decline": Step(
        frozenset({S.ANSWERED, S.ACCEPTED}), S.DECLINED, rules.is_owner, gettext_lazy("Takk nei")
    ),
}


def check(name: str, soknad: Soknad, *, by: Ansatt) -> Step[Soknad]:
    """Return the step if `by` may take it now.

    Raises:
        TransitionError: the status does not lead there.
        PermissionDenied: the status does, but this Ansatt may not.
    """
    return steps.check(STEPS, name, soknad, by=by, what=_("Søknaden"))


def open_to(actor: Ansatt, soknad: Soknad) -> list[str]:
    """Return the names of the steps that the actor can take now."""
    return steps.open_to(STEPS, actor, soknad)


def is_open(name: str, actor: Ansatt, soknad: Soknad) -> bool:
    """Return whether the actor can take the step now; pages draw buttons from it."""
    return steps.is_open(STEPS, name, actor, soknad)
