"""Who may take a round onwards. Deadlines are checked by the verbs, which know the hour."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, asks
from kompetanse.organisasjon.models import Ansatt
from kompetanse.skall import norsk
from soknader.models import Soknadsrunde


def lowered_refusal(budget: int, *, schemes: int, units: int) -> str:
    """Return why the round's frame cannot be lowered to `budget`; empty when it can. NOK.

    `schemes` and `units` are what the frames inside it are together.
    """
    told = {
        "units": _(
            "Rammene for sektorene er %(sum)s til sammen. Senk dem før du senker rundens ramme."
        ),
        "schemes": _(
            "Rammene for ordningene er %(sum)s til sammen. Senk dem før du senker rundens ramme."
        ),
    }
    return _refusal(told, budget, schemes=schemes, units=units)


def chosen_refusal(budget: int, *, schemes: int, units: int) -> str:
    """Return why the round cannot have such frames inside its own; empty when it can. NOK."""
    told = {
        "units": _(
            "Rammene for sektorene er %(sum)s til sammen, men rundens ramme er %(budget)s."
            " Senk dem, eller øk rundens ramme først."
        ),
        "schemes": _(
            "Rammene for ordningene er %(sum)s til sammen, men rundens ramme er %(budget)s."
            " Senk dem, eller øk rundens ramme først."
        ),
    }
    return _refusal(told, budget, schemes=schemes, units=units)


def copied_refusal(budget: int, *, schemes: int, units: int) -> str:
    """Return why a round of `budget` cannot take over such frames; empty when it can. NOK."""
    told = {
        "units": _(
            "Rammene for sektorene, som følger med fra forrige runde, er %(sum)s til sammen."
            " Lag runden med minst den rammen. Så kan du senke dem, og rundens ramme etterpå."
        ),
        "schemes": _(
            "Rammene for ordningene, som følger med fra forrige runde, er %(sum)s til sammen."
            " Lag runden med minst den rammen. Så kan du senke dem, og rundens ramme etterpå."
        ),
    }
    return _refusal(told, budget, schemes=schemes, units=units)


def _refusal(told: Mapping[str, str], budget: int, *, schemes: int, units: int) -> str:
    """Return what is told of those that `budget` does not hold, the units' before the schemes'."""
    for each, sum_ in (("units", units), ("schemes", schemes)):
        if budget < sum_:
            return told[each] % {"sum": norsk.kroner(sum_), "budget": norsk.kroner(budget)}
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
