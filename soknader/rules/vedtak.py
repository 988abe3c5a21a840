"""Who may draft, decide and replace a decision."""

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, asks
from kompetanse.organisasjon.models import Ansatt
from soknader.models import Settestedfortreder, Soknad, Vedtak
from soknader.rules import habilitet, prioritering


@asks(Act.PRIORITISE)
def may_draft(actor: Ansatt, vedtak: Vedtak) -> bool:
    return prioritering.may_prioritise(actor, vedtak.soknad)


@asks(Act.DECIDE)
def may_decide(actor: Ansatt, vedtak: Vedtak) -> bool:
    """Decide in the units of one's role, or as the one who is named for the case.

    Never own case, declared, or the case of one's leader or of whom one stands in for.
    """
    soknad = vedtak.soknad
    may = has_power(actor, soknad) or is_named(actor, soknad)
    return may and habilitet.ground(actor, soknad) is None


def is_named(actor: Ansatt, soknad: Soknad) -> bool:
    """Return whether the actor is named to decide the case when all others are not impartial."""
    return Settestedfortreder.objects.filter(soknad=soknad, ansatt=actor).exists()


def has_power(actor: Ansatt, soknad: Soknad) -> bool:
    """Return whether the role reaches the applicant's unit, habilitet apart."""
    return access.may(actor, Act.DECIDE, soknad.ansatt.enhet)


def lacks_reason(vedtak: Vedtak, soknad: Soknad) -> bool:
    """Return whether a reason is missing: for every refusal, and for support as an exception.

    Support is for what the round has announced as prioritised; anything else needs the reason
    for the exception, the applicant's or the group's.

    Source: Modum's plan, announcement of supported education (M12).
    """
    if vedtak.reason.strip():
        return False
    if vedtak.outcome == Vedtak.Outcome.REFUSED:
        return True
    is_exception = soknad.utlysning_id is None and not soknad.exception.strip()
    return vedtak.gives_support and is_exception
