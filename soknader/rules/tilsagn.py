"""What a grant covers, kind by kind, and when receipts are taken. Pure; money is whole NOK."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from soknader.models import Avtale, Kostnad, Soknad

# A contract that is asked for must be signed by both before anything is paid.
# Source: binding time is agreed in writing before money is given (facts of the field).
PAYS = frozenset({Avtale.Status.SIGNED, Avtale.Status.RUNNING, Avtale.Status.FULFILLED})


def split(granted: int, *, wanted: Mapping[str, int | None]) -> dict[str, int]:
    """Return what is granted of each kind, those first in `wanted` covered first."""
    parts: dict[str, int] = {}
    left = granted
    for kind, cost in wanted.items():
        parts[kind] = min(cost or 0, left)
        left -= parts[kind]
    return parts


def wanted(soknad: Soknad) -> dict[str, int | None]:
    """Return what is applied for by kind, NOK; the kinds are named as the application's fields."""
    return {str(kind.value): getattr(soknad, kind.value) for kind in Kostnad}


def why_closed(soknad: Soknad, *, avtale: Avtale | None) -> str:
    """Return why no receipt is taken now, as a sentence; empty when they are."""
    if soknad.status != Soknad.Status.ACCEPTED:
        return _("Du kan sende kvitteringer når du har takket ja til støtten.")
    if avtale is None or avtale.status in PAYS:
        return ""
    if avtale.status in {Avtale.Status.DRAFT, Avtale.Status.HALF}:
        return _("Du kan sende kvitteringer når både du og kommunen har signert avtalen.")
    return _("Avtalen er avsluttet, så det kan ikke sendes flere kvitteringer.")
