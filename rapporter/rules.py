"""Who may do what with the grant, from application to report."""

from typing import Any

from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act, asks
from kompetanse.organisasjon.models import Ansatt
from rapporter.models import Fordeling


@asks(Act.PREPARE_GRANT)
def may_prepare(actor: Ansatt, _row: Any = None) -> bool:
    """The whole Kommune has one joint application, so the role alone decides."""
    return access.may(actor, Act.PREPARE_GRANT)


@asks(Act.SIGN_GRANT)
def may_sign(actor: Ansatt, _row: Any = None) -> bool:
    """The kommunedirektør signs, or who has it delegated; also a deputy of theirs."""
    return access.may(actor, Act.SIGN_GRANT)


def may_see(actor: Ansatt) -> bool:
    return access.may(actor, Act.SEE_GRANT)


@asks(Act.APPROVE_DISTRIBUTION)
def may_approve(actor: Ansatt, _fordeling: Fordeling | None = None) -> bool:
    return access.may(actor, Act.APPROVE_DISTRIBUTION)
