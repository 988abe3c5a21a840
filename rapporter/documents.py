"""The grant application as PDF and spreadsheet. Nothing is read or saved."""

from datetime import date

from django.utils.translation import gettext as _

from kompetanse import tables
from kompetanse.skall.documents import Letterhead, as_pdf
from kompetanse.tables import Column, Kind, Sheet
from rapporter.queries.tilskudd import GrantDocument


def letterhead(document: GrantDocument, *, on: date, lang: str, reference: str = "") -> Letterhead:
    return Letterhead(kommune=document.applicant, on=on, lang=lang, reference=reference)


def grant_pdf(document: GrantDocument, *, head: Letterhead) -> bytes:
    return as_pdf("rapporter/grant_document.html", document, head=head)


def grant_xlsx(document: GrantDocument) -> bytes:
    """Return the workbook: the head as notes, the lines in the county's columns, the sums."""
    sheet = Sheet(
        title=_("Søknad"),
        columns=[
            Column(heading, Kind(kind))
            for heading, kind in zip(document.headings, document.kinds, strict=True)
        ],
        rows=document.rows,
        notes=[
            f"{document.scheme} {document.year}",
            f"{_('Søker')}: {document.applicant}",
            *(f"{label}: {value}" for label, value in document.head),
            f"{_('Formål')}: {document.purpose}",
            f"{_('Beskrivelse')}: {document.description}",
        ],
        sums=document.sums,
    )
    return tables.write_xlsx([sheet])
