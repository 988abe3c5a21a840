"""What waits for those who run the import: a nightly file that was not written by itself."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.hrimport import queries
from kompetanse.organisasjon import access
from kompetanse.organisasjon.access import Act
from kompetanse.organisasjon.models import Ansatt
from kompetanse.varsler.oppgaver import Oppgave, Rad, Waiting, waiting


def duties(actor: Ansatt, _on: date) -> Iterator[Waiting]:
    """Yield what is asked for whoever may import; nothing for others."""
    if access.may(actor, Act.IMPORT_HR):
        yield waiting(queries.waiting_unattended(), _look_over, text="file_name")
        yield waiting(queries.unsettled(), _settle, text="file_name", number="missing")


def _look_over(rad: Rad) -> Oppgave:
    return Oppgave(
        key=f"hrimport:{rad.pk}",
        title=_("Se over HR-filen «%(file)s»") % {"file": rad.text},
        url=reverse("hrimport:open", args=[rad.pk]),
        text=_("Filen ble ikke skrevet inn av seg selv."),
    )


def _settle(rad: Rad) -> Oppgave:
    title = ngettext(
        "Har personen som mangler i HR-filen, sluttet?",
        "Har de %(count)s som mangler i HR-filen, sluttet?",
        rad.number,
    )
    return Oppgave(
        key=f"hrimport:{rad.pk}:mangler",
        title=title % {"count": rad.number},
        url=reverse("hrimport:receipt", args=[rad.pk]),
        text=_("Ingen slutter før du har krysset av for dem."),
    )
