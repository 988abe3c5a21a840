"""Who may do what with a Soknad. Pure questions: no writing, no messages."""

from kompetanse.organisasjon import access
from kompetanse.organisasjon import queries as organisasjon
from kompetanse.organisasjon.access import ALLOWED, Act, asks
from kompetanse.organisasjon.models import Ansatt, Enhet
from soknader.models import Soknad
from soknader.rules import habilitet, vedtak


@asks(Act.APPLY)
def is_owner(actor: Ansatt, soknad: Soknad) -> bool:
    return soknad.ansatt_id == actor.pk


@asks(Act.APPLY)
def writes(actor: Ansatt, soknad: Soknad) -> bool:
    """The employee writes the application; or the one who registered it on their behalf.

    Once the employee has taken it over, the employee alone.
    """
    registers = soknad.registered_by_id == actor.pk and soknad.taken_over_at is None
    return is_owner(actor, soknad) or registers


@asks(Act.APPLY)
def may_take_over(actor: Ansatt, soknad: Soknad) -> bool:
    """The employee may write alone what someone else registered on their behalf."""
    is_registered = soknad.registered_by_id is not None and soknad.taken_over_at is None
    return is_registered and is_owner(actor, soknad)


@asks(Act.RECOMMEND)
def may_recommend(actor: Ansatt, soknad: Soknad) -> bool:
    """A leader in line states, never on the own application or one of those who lead them.

    So the application of a leader goes to the next level, also when two lead the same unit. The
    head of a sector states only where no leader below can.
    Source: forvaltningsloven § 6 (habilitet).
    """
    if is_owner(actor, soknad) or not access.may(actor, Act.RECOMMEND, soknad.ansatt.enhet):
        return False
    if _leads(soknad.ansatt, actor.enhet) or _stands_for(actor, soknad.ansatt):
        return False
    return _is_nearest(actor, soknad) and not habilitet.is_barred(actor, soknad)


def _leads(applicant: Ansatt, enhet: Enhet) -> bool:
    """Return whether the applicant leads the unit, or one above it, in an own role."""
    return any(
        role.kode in ALLOWED[Act.RECOMMEND] and enhet.is_within(role.path)
        for role in access.held(applicant)
        if role.for_id is None
    )


def _stands_for(actor: Ansatt, applicant: Ansatt) -> bool:
    return any(role.for_id == applicant.pk for role in access.held(actor))


def _is_nearest(actor: Ansatt, soknad: Soknad) -> bool:
    """Return whether the actor leads on the lowest level where someone can state.

    The leaders come first, then the head of the sector, then the chief executive: so the case of
    an inhabil only leader goes to the next level.
    """
    applicant = soknad.ansatt
    reaching = {r.kode for r in access.held(actor) if applicant.enhet.is_within(r.path)}
    own = next(n for n, koder in enumerate(organisasjon.LINE) if reaching & set(koder))
    below = [kode for koder in organisasjon.LINE[:own] for kode in koder]
    if not below:
        return True
    roles = organisasjon.roles_in_force().filter(
        kode__in=below, enhet__in=organisasjon.ancestors(applicant.enhet)
    )
    leaders = [role.ansatt for role in roles.select_related("ansatt__enhet")]
    return not any(_is_able(leader, soknad) for leader in leaders)


def _is_able(leader: Ansatt, soknad: Soknad) -> bool:
    """Return whether the leader can state: neither the applicant, led by them, nor declared."""
    return not (_leads(soknad.ansatt, leader.enhet) or habilitet.is_barred(leader, soknad))


@asks(Act.DECIDE)
def may_decide(actor: Ansatt, soknad: Soknad) -> bool:
    """Someone with the authority in the applicant's unit who is impartial in the case."""
    may = vedtak.has_power(actor, soknad) or vedtak.is_named(actor, soknad)
    return may and habilitet.ground(actor, soknad) is None


@asks(Act.SEND_LETTERS)
def may_send_letter(actor: Ansatt, soknad: Soknad) -> bool:
    return access.may(actor, Act.SEND_LETTERS, soknad.ansatt.enhet)


def may_register_for(actor: Ansatt, ansatt: Ansatt) -> bool:
    """A leader in line or the advisor registers for someone else, for instance without e-mail."""
    if actor.pk == ansatt.pk:
        return False
    acts = (Act.RECOMMEND, Act.RUN_ROUND)
    return any(access.may(actor, act, ansatt.enhet) for act in acts)
