"""What a grant covers, kind by kind, and when receipts are taken. Pure; money is whole NOK."""

from django.utils.translation import gettext as _

from soknader.models import Avtale, Kostnad, Soknad, Vedtak

# A contract that is asked for must be signed by both before anything is paid.
# Source: binding time is agreed in writing before money is given (facts of the field).
PAYS = frozenset({Avtale.Status.SIGNED, Avtale.Status.RUNNING, Avtale.Status.FULFILLED})


def personal(vedtak: Vedtak) -> dict[str, int]:
    """Return what the employee can send receipts for by kind, NOK; the substitute is the unit's."""
    return {kind: amount for kind, amount in vedtak.parts.items() if kind in Kostnad.values}


def why_closed(soknad: Soknad, *, avtale: Avtale | None) -> str:
    """Return why no receipt is taken now, as a sentence; empty when they are."""
    if soknad.status != Soknad.Status.ACCEPTED:
        return _("Du kan sende kvitteringer når du har takket ja til støtten.")
    if avtale is None or avtale.status in PAYS:
        return ""
    if avtale.status in {Avtale.Status.DRAFT, Avtale.Status.HALF}:
        return _("Du kan sende kvitteringer når både du og kommunen har signert avtalen.")
    return _("Avtalen er avsluttet, så det kan ikke sendes flere kvitteringer.")
