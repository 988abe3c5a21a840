"""What every step of the wizard asks of a request."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kompetanse.hrimport import queries
from kompetanse.organisasjon.models import Hrimport

STEPS = (_("Last opp"), _("Kolonner"), _("Kontroll"), _("Bekreft"), _("Kvittering"))
UPLOAD, COLUMNS, CHECK, CONFIRM, RECEIPT = range(1, 6)


def found(pk: int) -> Hrimport:
    """Return the run of this Kommune, or 404."""
    run: Hrimport = get_object_or_404(queries.runs(), pk=pk)
    return run


def steps(number: int) -> dict[str, object]:
    """Return what the row of steps shows."""
    shown: list[tuple[str | Promise, str]] = [(label, "") for label in STEPS]
    return {"steps": shown, "number": number}


def open_url(hrimport: Hrimport) -> str:
    """Return the address that leads to where the run stands."""
    return reverse("hrimport:open", args=[hrimport.pk])
