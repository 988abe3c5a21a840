"""Who may take a round onwards. Deadlines are checked by the verbs, which know the hour."""

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, asks
from kompetanse.organisasjon.models import Ansatt
from soknader.models import Soknadsrunde


@asks(Act.RUN_ROUND)
def may_run(actor: Ansatt, _runde: Soknadsrunde) -> bool:
    return access.may(actor, Act.RUN_ROUND)


@asks(Act.DECIDE)
def may_decide(actor: Ansatt, _runde: Soknadsrunde) -> bool:
    return access.may(actor, Act.DECIDE)


@asks(Act.SEND_LETTERS)
def may_answer(actor: Ansatt, _runde: Soknadsrunde) -> bool:
    return access.may(actor, Act.SEND_LETTERS)
