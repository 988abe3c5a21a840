"""Who may register a deputy, and end it."""

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt, Stedfortreder


def may_set_deputy(actor: Ansatt, ansatt: Ansatt) -> bool:
    """For one's own absence; for anyone's, who gives roles."""
    if access.may(actor, Act.GIVE_ROLES, ansatt.enhet):
        return True
    return actor.pk == ansatt.pk and access.may(actor, Act.SET_DEPUTY)


def may_end_deputy(actor: Ansatt, row: Stedfortreder) -> bool:
    return actor.pk == row.ansatt_id or access.may(actor, Act.GIVE_ROLES)
