"""Why a spreadsheet was not read, in sentences that say what to do."""

from django.utils.translation import gettext_lazy as _

from kompetanse.errors import DomainError


class TableError(DomainError):
    """A file could not be read as a table. The text is Norwegian and may be shown to the user."""


_SAVE_AS_XLSX = _(
    "Åpne den i Excel, velg «Lagre som» og «Excel-arbeidsbok (.xlsx)», og prøv igjen."
)

SENTENCES = {
    "broken": _("Filen er skadet eller ikke lastet opp helt. Hent den ut på nytt, og prøv igjen."),
    "cells": _("Filen har flere enn %(limit)s celler med innhold. Del den i flere filer."),
    "empty": _("Filen er tom. Sjekk at du har valgt riktig fil."),
    "extension": _("Filer av typen «%(extension)s» kan ikke leses. Bruk .xlsx eller .csv."),
    "far_cell": _(
        "Arket har innhold i celle %(cell)s, langt utenfor tabellen. Vi leser inntil %(rows)s rader"
        " og %(columns)s kolonner. Kopier tabellen til et nytt, tomt regneark, og prøv igjen."
    ),
    "file_size": _("Filen er større enn %(limit)s MB. Del den i flere filer, og prøv igjen."),
    "formula": _(
        "Celle %(cell)s har en formel uten lagret resultat. Åpne filen i Excel, lagre den på nytt,"
        " og prøv igjen."
    ),
    "html": _("Filen er en nettside, ikke et regneark. Åpne den i Excel, og lagre som .xlsx."),
    "long_cell": _(
        "Rad %(row)s har en celle med mer enn %(limit)s tegn. Sjekk at filen er riktig lagret, og"
        " prøv igjen."
    ),
    "macro": _("Filen inneholder makroer og blir ikke åpnet. %(save)s"),
    "memory": _("Filen er for stor til å leses. Behold bare arket med tabellen, og prøv igjen."),
    "nul": _("Filen inneholder tegn som ikke er tekst. Lagre den på nytt som .csv eller .xlsx."),
    "old_excel": _("Filen er i et eldre Excel-format (.xls). %(save)s"),
    "other_format": _("Filen er ikke en Excel-arbeidsbok (.xlsx). %(save)s"),
    "password": _("Filen er beskyttet med passord. Fjern passordet i Excel, og prøv igjen."),
    "quote": _(
        "Anførselstegnet som begynner på rad %(row)s, blir aldri avsluttet. Rett det i filen."
    ),
    "rows": _("Filen har flere enn %(limit)s rader. Del den i flere filer, og prøv igjen."),
    "unfillable": _(
        "Arbeidsboka er bygd på en måte vi ikke kan fylle ut uten å røre noe annet. %(save)s"
    ),
    "sheets": _("Filen har flere enn %(limit)s ark. Behold bare arkene som skal leses."),
    "time": _("Det tok for lang tid å lese filen. Behold bare arket med tabellen, og prøv igjen."),
    "unreadable": _("Filen kunne ikke leses. %(save)s"),
    "unsafe_xml": _("Filen inneholder XML-erklæringer som Excel ikke lager, og blir ikke åpnet."),
    "wide": _("Rad %(row)s har flere enn %(limit)s felt. Sjekk skilletegnene i filen."),
    "xlsx_as_csv": _("Filen heter .csv, men er en Excel-arbeidsbok. Gi den endelsen .xlsx."),
    "zip_bomb": _("Filen er større enn den ser ut til når den pakkes ut, og blir ikke åpnet."),
}


def refusal(code: str, **facts: object) -> TableError:
    """Return the error for a code of the child process; an unknown code reads as unreadable."""
    sentence = SENTENCES.get(code, SENTENCES["unreadable"])
    return TableError(sentence % {"save": _SAVE_AS_XLSX, **facts})
