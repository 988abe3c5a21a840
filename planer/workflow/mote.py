"""The life of a Mote, as one table: step -> (from, to, who, words)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.organisasjon import steps
from kompetanse.organisasjon.models import Ansatt
from kompetanse.organisasjon.steps import KEEP, Step, Table
from planer import rules
from planer.models import Mote

S = Mote.Status
may = rules.may_run_mote
BEFORE = frozenset({S.PLANNED, S.INVITED})

STEPS: Table[Mote] = {
    "change": Step(BEFORE, KEEP, may, gettext_lazy("Endre møtet")),
    "prepare": Step(BEFORE | {S.OPEN}, KEEP, may, gettext_lazy("Lag saksliste")),
    "call": Step(frozenset({S.PLANNED}), S.INVITED, may, gettext_lazy("Send innkalling")),
    "cancel": Step(BEFORE, S.CANCELLED, may, gettext_lazy("Avlys møtet")),
    "begin": Step(BEFORE, S.OPEN, may, gettext_lazy("Start møtet")),
    "rise": Step(BEFORE | {S.OPEN}, S.HELD, may, gettext_lazy("Hev møtet")),
    "attend": Step(BEFORE | {S.OPEN, S.HELD}, KEEP, may, gettext_lazy("Før oppmøte")),
    "show": Step(frozenset({S.OPEN}), KEEP, may, gettext_lazy("Vis på veggen")),
    "minute": Step(frozenset({S.OPEN, S.HELD}), KEEP, may, gettext_lazy("Skriv referat")),
}


def check(name: str, mote: Mote, *, by: Ansatt) -> Step[Mote]:
    """Return the step if `by` may take it now.

    Raises:
        TransitionError: the status does not lead there.
        PermissionDenied: the status does, but this Ansatt may not.
    """
    return steps.check(STEPS, name, mote, by=by, what=_("Møtet"))


def lacks_to_call(mote: Mote, *, people: int) -> str:
    """Return what must be written before the invitation can be sent; empty when nothing is."""
    if mote.begins is None:
        return _("Skriv når møtet begynner før du sender innkallingen.")
    if not people:
        return _("Legg til deltakere før du sender innkallingen.")
    return ""


def open_to(actor: Ansatt, mote: Mote) -> list[str]:
    """Return the names of the steps the actor can take now; templates draw buttons from it."""
    return steps.open_to(STEPS, actor, mote)
