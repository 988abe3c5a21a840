"""Who may see, sign and follow up contracts, payments and progress. Nobody in an own case."""

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, asks
from kompetanse.organisasjon.models import Ansatt
from soknader.models import Avtale, Framdrift, Soknad, Utbetaling
from soknader.rules import habilitet
from soknader.rules import soknad as soknader


@asks(Act.APPLY)
def is_party(actor: Ansatt, avtale: Avtale) -> bool:
    """The employee signs, and nobody for them."""
    return bool(avtale.soknad.ansatt_id == actor.pk)


def may_sign_for_kommune(actor: Ansatt, soknad: Soknad) -> bool:
    """Someone with the authority in the employee's unit, who is impartial in the case.

    Source: forvaltningsloven § 6 (habilitet).
    """
    has_authority = access.may(actor, Act.SIGN_CONTRACT, soknad.ansatt.enhet)
    return has_authority and habilitet.ground(actor, soknad) is None


@asks(Act.SIGN_CONTRACT)
def may_countersign(actor: Ansatt, avtale: Avtale) -> bool:
    return may_sign_for_kommune(actor, avtale.soknad)


@asks(Act.FOLLOW_CONTRACTS)
def may_follow(actor: Ansatt, avtale: Avtale) -> bool:
    """The advisor follows up the contracts of the sector, never their own."""
    return may_follow_soknad(actor, avtale.soknad)


def may_follow_soknad(actor: Ansatt, soknad: Soknad) -> bool:
    in_scope = access.may(actor, Act.FOLLOW_CONTRACTS, soknad.ansatt.enhet)
    return in_scope and not habilitet.is_barred(actor, soknad)


@asks(Act.FOLLOW_CONTRACTS)
def may_begin(actor: Ansatt, avtale: Avtale) -> bool:
    """The clock starts by the last signature, or by what confirms that the study is completed."""
    return may_follow(actor, avtale) or may_confirm_study(actor, avtale.soknad)


@asks(Act.DECIDE)
def may_release(actor: Ansatt, avtale: Avtale) -> bool:
    """Who decides on support decides too that nothing is claimed back; impartial in the case."""
    has_power = access.may(actor, Act.DECIDE, avtale.soknad.ansatt.enhet)
    return has_power and habilitet.ground(actor, avtale.soknad) is None


@asks(Act.FOLLOW_CONTRACTS)
def may_cancel(actor: Ansatt, avtale: Avtale) -> bool:
    """What is not begun falls away when the employee declines, or the decision is replaced."""
    return is_party(actor, avtale) or soknader.may_decide(actor, avtale.soknad)


@asks(Act.APPROVE_PAYMENT)
def may_approve(actor: Ansatt, utbetaling: Utbetaling) -> bool:
    """A leader in line or the advisor approves, never an own receipt nor as one who is barred."""
    soknad = utbetaling.tilsagn.soknad
    in_scope = access.may(actor, Act.APPROVE_PAYMENT, soknad.ansatt.enhet)
    return in_scope and not habilitet.is_barred(actor, soknad)


@asks(Act.FOLLOW_CONTRACTS)
def may_transfer(actor: Ansatt, utbetaling: Utbetaling) -> bool:
    return may_follow_soknad(actor, utbetaling.tilsagn.soknad)


def may_confirm_study(actor: Ansatt, soknad: Soknad) -> bool:
    """A leader in line confirms, as for all competence; never what is their own."""
    leads = access.may(actor, Act.FILL_NEEDS, soknad.ansatt.enhet)
    return leads and not habilitet.is_barred(actor, soknad)


@asks(Act.FILL_NEEDS)
def may_confirm(actor: Ansatt, framdrift: Framdrift) -> bool:
    return may_confirm_study(actor, framdrift.soknad)
