"""Who may do what with the grant: application, answer and distribution."""

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, asks
from kompetanse.organisasjon.models import Ansatt
from rapporter.models import Fordeling, Tilskuddssoknad


@asks(Act.PREPARE_GRANT)
def may_prepare(actor: Ansatt, _row: Tilskuddssoknad | Fordeling | None = None) -> bool:
    """The whole Kommune has one joint application, so the role alone decides."""
    return access.may(actor, Act.PREPARE_GRANT)


@asks(Act.APPROVE_DISTRIBUTION)
def may_approve(actor: Ansatt, _fordeling: Fordeling | None = None) -> bool:
    return access.may(actor, Act.APPROVE_DISTRIBUTION)
