"""Who may do what with the grant application."""

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, asks
from kompetanse.organisasjon.models import Ansatt
from rapporter.models import Tilskuddssoknad


@asks(Act.PREPARE_GRANT)
def may_prepare(actor: Ansatt, _soknad: Tilskuddssoknad | None = None) -> bool:
    """The whole Kommune has one joint application, so the role alone decides."""
    return access.may(actor, Act.PREPARE_GRANT)
