"""Who may take a round onwards. Deadlines are checked by the verbs, which know the hour."""

from django.utils.translation import gettext as _

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, asks
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from soknader.models import Soknadsrunde


def budget_refusal(budget: int, *, schemes: int, units: int) -> str:
    """Return why the round's frame cannot be lowered to `budget`; empty when it can. NOK.

    `schemes` and `units` are what the frames inside it are together.
    """
    if budget < units:
        told = _(
            "Rammene for sektorene er %(sum)s til sammen. Senk dem før du senker rundens ramme."
        )
        return told % {"sum": norsk.kroner(units)}
    if budget < schemes:
        told = _(
            "Rammene for ordningene er %(sum)s til sammen. Senk dem før du senker rundens ramme."
        )
        return told % {"sum": norsk.kroner(schemes)}
    return ""


@asks(Act.RUN_ROUND)
def may_run(actor: Ansatt, _runde: Soknadsrunde) -> bool:
    return access.may(actor, Act.RUN_ROUND)


@asks(Act.DECIDE)
def may_decide(actor: Ansatt, _runde: Soknadsrunde) -> bool:
    return access.may(actor, Act.DECIDE)


@asks(Act.SEND_LETTERS)
def may_answer(actor: Ansatt, _runde: Soknadsrunde) -> bool:
    return access.may(actor, Act.SEND_LETTERS)
