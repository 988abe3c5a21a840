"""Who may do what with a Soknad. Pure questions: no writing, no messages."""

from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from soknader.models import Soknad
from soknader.rules import habilitet, vedtak


def is_owner(actor: Ansatt, soknad: Soknad) -> bool:
    return soknad.ansatt_id == actor.pk


def writes(actor: Ansatt, soknad: Soknad) -> bool:
    """The employee writes the application; or the one who registered it on their behalf."""
    return is_owner(actor, soknad) or soknad.registered_by_id == actor.pk


def may_recommend(actor: Ansatt, soknad: Soknad) -> bool:
    """A leader in line states, never on the own application or one of those who lead them.

    So the application of a leader goes to the next level, also when two lead the same unit. The
    head of a sector states only where no leader below can.
    Source: forvaltningsloven § 6 (habilitet).
    """
    if is_owner(actor, soknad) or not access.may(actor, Act.RECOMMEND, soknad.ansatt.enhet):
        return False
    if access.may(soknad.ansatt, Act.RECOMMEND, actor.enhet):
        return False
    return _is_nearest(actor, soknad.ansatt) and not habilitet.is_barred(actor, soknad)


def _is_nearest(actor: Ansatt, applicant: Ansatt) -> bool:
    """Return whether the actor leads the applicant's units, or no one who does can state."""
    led = [role.path for role in access.held(actor) if role.kode in organisasjon.LEADING]
    if any(applicant.enhet.is_within(path) for path in led):
        return True
    roles = organisasjon.roles_in_force().filter(
        kode__in=organisasjon.LEADING, enhet__in=organisasjon.ancestors(applicant.enhet)
    )
    leaders = [role.ansatt for role in roles.select_related("ansatt__enhet")]
    return all(
        leader == applicant or access.may(applicant, Act.RECOMMEND, leader.enhet)
        for leader in leaders
    )


def may_decide(actor: Ansatt, soknad: Soknad) -> bool:
    """Someone with the authority in the applicant's unit who is impartial in the case."""
    return vedtak.has_power(actor, soknad) and habilitet.ground(actor, soknad) is None


def may_send_letter(actor: Ansatt, soknad: Soknad) -> bool:
    return access.may(actor, Act.SEND_LETTERS, soknad.ansatt.enhet)


def may_register_for(actor: Ansatt, ansatt: Ansatt) -> bool:
    """A leader in line or the advisor registers for someone else, for instance without e-mail."""
    if actor.pk == ansatt.pk:
        return False
    acts = (Act.RECOMMEND, Act.RUN_ROUND)
    return any(access.may(actor, act, ansatt.enhet) for act in acts)
