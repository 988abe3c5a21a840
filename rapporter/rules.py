"""Who may do what with the grant application."""

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt


def may_prepare(actor: Ansatt) -> bool:
    return access.may(actor, Act.PREPARE_GRANT)
