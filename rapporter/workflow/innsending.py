"""The life that application and report share: written, put forward, approved, sent by hand.

What is put forward is frozen. Until it is sent it can be taken back or sent back to be changed;
what is sent is never changed.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.errors import StaleError
from kompetanse.organisasjon import steps
from kompetanse.organisasjon.models import Ansatt
from kompetanse.organisasjon.steps import KEEP, Step, Table
from rapporter import rules
from rapporter.models import Innsending, Tilskuddssoknad

S = Innsending.Status
DRAFT, PROPOSED = frozenset({S.DRAFT}), frozenset({S.PROPOSED})
APPROVED, SENT = frozenset({S.APPROVED}), frozenset({S.SENT})

# "edit" is every change of what stands in it; "answer" writes what the county answered.
STEPS: Table[Innsending] = {
    "edit": Step(DRAFT, KEEP, rules.may_prepare, gettext_lazy("Endre")),
    "propose": Step(
        DRAFT, S.PROPOSED, rules.may_prepare, gettext_lazy("Legg fram til godkjenning")
    ),
    "take_back": Step(
        PROPOSED | APPROVED,
        S.DRAFT,
        rules.may_prepare,
        gettext_lazy("Ta tilbake for å endre"),
    ),
    "send_back": Step(PROPOSED, S.DRAFT, rules.may_sign, gettext_lazy("Send tilbake")),
    "approve": Step(PROPOSED, S.APPROVED, rules.may_sign, gettext_lazy("Godkjenn")),
    "send": Step(APPROVED, S.SENT, rules.may_prepare, gettext_lazy("Merk som sendt")),
}
ANSWER: Table[Innsending] = {
    "answer": Step(SENT, KEEP, rules.may_prepare, gettext_lazy("Føre svaret"))
}
# The auditor's attestation and the county's workbook may come after it is put forward.
ATTACH: Table[Innsending] = {
    "attach": Step(
        DRAFT | PROPOSED | APPROVED,
        KEEP,
        rules.may_prepare,
        gettext_lazy("Laste opp attestasjon og arbeidsbok"),
    )
}
RAPPORT_STEPS: Table[Innsending] = {**STEPS, **ATTACH}
SOKNAD_STEPS: Table[Innsending] = {**STEPS, **ANSWER}


def check(
    name: str, paper: Innsending, *, by: Ansatt, version: int | None = None
) -> Step[Innsending]:
    """Return the step if `by` may take it now.

    Raises:
        TransitionError: the status does not lead there.
        PermissionDenied: the status does, but this Ansatt may not.
        StaleError: someone else changed it after `by` opened it.
    """
    step = steps.check(_table(paper), name, paper, by=by, what=_what(paper))
    if version is not None and version != paper.version:
        raise StaleError(
            _(
                "Noen andre har endret %(what)s etter at du åpnet den."
                " Last siden på nytt og prøv igjen."
            )
            % {"what": _what(paper).lower()}
        )
    return step


def open_to(actor: Ansatt, paper: Innsending) -> list[str]:
    """Return the names of the steps the actor can take now; templates draw buttons from it."""
    return steps.open_to(_table(paper), actor, paper)


def _table(paper: Innsending) -> Table[Innsending]:
    return SOKNAD_STEPS if isinstance(paper, Tilskuddssoknad) else RAPPORT_STEPS


def _what(paper: Innsending) -> str:
    return _("Søknaden") if isinstance(paper, Tilskuddssoknad) else _("Rapporten")
