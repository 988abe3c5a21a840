"""The grant's application and distribution as PDF and spreadsheet. Nothing is read or saved."""

from datetime import date

from django.utils.translation import gettext as _

from kompetanse import tables
from kompetanse.skall.documents import Letterhead, as_pdf
from kompetanse.tables import Column, Kind, Sheet
from rapporter.queries.fordeling import DistributionDocument
from rapporter.queries.tilskudd import GrantDocument


def letterhead(
    document: GrantDocument | DistributionDocument, *, on: date, lang: str, reference: str = ""
) -> Letterhead:
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


def distribution_pdf(document: DistributionDocument, *, head: Letterhead) -> bytes:
    return as_pdf("rapporter/distribution_document.html", document, head=head)


def distribution_xlsx(document: DistributionDocument) -> bytes:
    """Return the workbook: who gets what on one sheet, the county's lines on another."""
    given = Sheet(
        title=_("Fordeling"),
        columns=[
            Column(_("Enhet")), Column(_("Tiltak eller utdanning")),
            Column(_("Beløp"), Kind.KRONER),
        ],
        rows=[(each.enhet, each.theme, each.amount) for each in document.posts],
        notes=[
            f"{document.scheme} {document.year}",
            f"{_('Mottaker')}: {document.applicant}",
            f"{_('Statsforvalterens saksnummer')}: {document.case_number}",
            f"{_('Vilkår')}: {document.conditions}",
            document.approved or _("Ikke godkjent ennå"),
        ],
        sums=(_("Sum"), "", document.distributed),
    )  # fmt: skip
    lines = Sheet(
        title=_("Linjer"),
        columns=[
            Column(_("Prioritet"), Kind.NUMBER), Column(_("Tiltak eller utdanning")),
            Column(_("Søkt om"), Kind.KRONER), Column(_("Innvilget"), Kind.KRONER),
            Column(_("Fordelt"), Kind.KRONER), Column(_("Igjen"), Kind.KRONER),
        ],
        rows=[
            (each.priority, each.theme, each.applied, each.granted, each.distributed, each.left)
            for each in document.lines
        ],
        sums=(
            _("Sum"), "", document.applied, document.granted, document.distributed, document.left,
        ),
    )  # fmt: skip
    return tables.write_xlsx([given, lines])
