"""The life of a Behovsskjema, as one table: step -> (from, to, words). It feeds the buttons too."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kartlegging import rules
from kartlegging.models import Behovsskjema
from kompetanse.errors import TransitionError
from kompetanse.organisasjon.models import Ansatt

S = Behovsskjema.Status


@dataclass(frozen=True, slots=True)
class Step:
    """From which states, to which, what the button says, and whether the deadline ends it."""

    sources: frozenset[Behovsskjema.Status]
    target: Behovsskjema.Status
    label: str | Promise
    ends_at_deadline: bool = False


STEPS = {
    "save": Step(frozenset({S.DRAFT}), S.DRAFT, gettext_lazy("Lagre")),
    "submit": Step(frozenset({S.DRAFT}), S.SUBMITTED, gettext_lazy("Send inn skjemaet")),
    "reopen": Step(
        frozenset({S.SUBMITTED}),
        S.DRAFT,
        gettext_lazy("Åpne skjemaet igjen"),
        ends_at_deadline=True,
    ),
}


def check(name: str, skjema: Behovsskjema, *, by: Ansatt, deadline: date, on: date) -> Step:
    """Return the step if `by` may take it now.

    Raises:
        PermissionDenied: this Ansatt does not lead the unit.
        TransitionError: the status does not lead there, or the deadline has passed.
    """
    step = STEPS[name]
    if not rules.may_fill(by, skjema.enhet):
        raise PermissionDenied
    if skjema.status not in step.sources:
        raise TransitionError(_REFUSALS[S(skjema.status)])
    if step.ends_at_deadline and on > deadline:
        raise TransitionError(
            _("Fristen er gått ut, så skjemaet kan ikke åpnes igjen. Snakk med fagrådgiveren.")
        )
    return step


def open_to(actor: Ansatt, skjema: Behovsskjema, *, deadline: date, on: date) -> list[str]:
    """Return the names of the steps the actor can take now; templates draw buttons from it."""
    if not rules.may_fill(actor, skjema.enhet):
        return []
    return [
        name
        for name, step in STEPS.items()
        if skjema.status in step.sources and not (step.ends_at_deadline and on > deadline)
    ]


_REFUSALS = {
    S.DRAFT: gettext_lazy("Skjemaet er ikke sendt inn ennå."),
    S.SUBMITTED: gettext_lazy("Skjemaet er sendt inn. Åpne det igjen før du endrer det."),
}
