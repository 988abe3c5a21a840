"""Who may do what with needs forms, guidance, requirements, stock and GAP.

Pure questions: no writing, no request, no messages.
"""

from django.core.exceptions import PermissionDenied

from kartlegging.models import Behovsskjema
from kompetanse.organisasjon import access, habilitet
from kompetanse.organisasjon.access import ADVISOR, EXECUTIVES, Act
from kompetanse.organisasjon.models import Ansatt, Enhet, Rolle

Kode = Rolle.Kode


def require(is_allowed: bool) -> None:  # noqa: FBT001
    """Raise PermissionDenied unless the answer of a rule is yes."""
    if not is_allowed:
        raise PermissionDenied


def may_fill(actor: Ansatt, enhet: Enhet) -> bool:
    """Return whether the actor leads the unit, or one above it."""
    return access.may(actor, Act.FILL_NEEDS, enhet)


def fills(actor: Ansatt, path: str, is_expected: bool) -> bool:  # noqa: FBT001
    """Return whether the unit's form is the actor's to fill: units led, and services below them."""
    paths = access.scopes(actor, Act.FILL_NEEDS)
    return path in paths or (is_expected and path.startswith(tuple(paths)))


def followed(actor: Ansatt) -> list[str]:
    """Return the paths of the units whose needs forms the actor reads.

    The leaders of services prioritise together, so each of them reads the whole sector's.
    """
    allowed = access.ALLOWED[Act.FOLLOW_NEEDS]
    return [
        _above(role.path) if role.kode == Kode.VIRKSOMHETSLEDER else role.path
        for role in access.held(actor)
        if role.kode in allowed
    ]


def may_read(actor: Ansatt, enhet: Enhet) -> bool:
    """Return whether the actor may read the unit's needs form."""
    return may_fill(actor, enhet) or any(enhet.is_within(path) for path in followed(actor))


def may_open(actor: Ansatt, skjema: Behovsskjema) -> bool:
    """Return whether the answers may be read: a draft only by those who write it."""
    is_draft = skjema.status == Behovsskjema.Status.DRAFT
    return may_fill(actor, skjema.enhet) if is_draft else may_read(actor, skjema.enhet)


def may_remind(actor: Ansatt) -> bool:
    """The advisor and the executives ask for forms that are missing; leaders do not."""
    return access.has_role(actor, *ADVISOR, *EXECUTIVES)


def may_guide(actor: Ansatt) -> bool:
    """The leaders of services and the advisor write the year's guidance (Modum's plan, 6.4)."""
    return access.has_role(actor, Kode.FAGRADGIVER, Kode.VIRKSOMHETSLEDER)


def may_see_gap(actor: Ansatt, enhet: Enhet) -> bool:
    return access.may(actor, Act.SEE_GAP, enhet)


def may_require(actor: Ansatt, enhet: Enhet) -> bool:
    """A leader in line or the advisor says what the unit must be able to do."""
    return may_fill(actor, enhet) or access.may(actor, Act.SETTLE_GAP, enhet)


def may_see_people(actor: Ansatt, enhet: Enhet) -> bool:
    """Leaders in line and the advisor see who has what; executives see sums only."""
    return may_require(actor, enhet)


def may_confirm(actor: Ansatt, ansatt: Ansatt) -> bool:
    """A leader in line who is impartial confirms, so never what they have declared themselves."""
    return may_fill(actor, ansatt.enhet) and habilitet.towards(actor, ansatt) is None


def _above(path: str) -> str:
    """Return the path of the unit that stands above; a top unit stays itself."""
    above, _, _ = path.rstrip("/").rpartition("/")
    return f"{above}/" if above else path
