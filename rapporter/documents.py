"""The grant's application, distribution and report as PDF and spreadsheet. They save nothing."""

from collections.abc import Sequence
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from kompetanse import tables
from kompetanse.skall.documents import Letterhead, as_pdf
from kompetanse.tables import Column, Kind, Sheet
from rapporter.queries.fordeling import DistributionDocument, UnitLetter
from rapporter.queries.grid import Grid
from rapporter.queries.rapport import ReportDocument
from rapporter.queries.tilskudd import GrantDocument

AnyDocument = GrantDocument | DistributionDocument | ReportDocument | UnitLetter


def letterhead(document: AnyDocument, *, on: date, lang: str, reference: str = "") -> Letterhead:
    return Letterhead(kommune=document.applicant, on=on, lang=lang, reference=reference)


def grant_pdf(document: GrantDocument, *, head: Letterhead) -> bytes:
    return as_pdf("rapporter/grant_document.html", document, head=head)


def grant_xlsx(document: GrantDocument, *, lang: str) -> bytes:
    """Return the workbook: the head as notes, the lines in the county's columns, the sums."""
    with translation.override(lang):
        notes = [
            f"{document.scheme} {document.year}",
            f"{_('Søker')}: {document.applicant}",
            *(f"{label}: {value}" for label, value in document.head),
            f"{_('Formål')}: {document.purpose}",
            f"{_('Beskrivelse')}: {document.description}",
            *_stamps(document),
        ]
        return tables.write_xlsx([_sheet(_("Søknad"), document.grid, notes)])


def report_pdf(document: ReportDocument, *, head: Letterhead) -> bytes:
    return as_pdf("rapporter/report_document.html", document, head=head)


def report_xlsx(document: ReportDocument, *, lang: str) -> bytes:
    """Return the workbook: a sheet for each part of the report, in the scheme's order."""
    with translation.override(lang):
        sheets = [_part(document, *part) for part in document.parts]
        if "accounts" in dict(document.parts):
            sheets.append(_sheet(_("Egenandel og annet"), document.shares, _notes(document)))
        return tables.write_xlsx(sheets)


def _part(document: ReportDocument, part: str, heading: str) -> Sheet:
    notes = _notes(document)
    if part == "texts":
        columns = [Column(_("Område"), width=30), Column(_("Tekst"), width=60)]
        return Sheet(title=heading, columns=columns, rows=document.texts, notes=notes)
    grid: Grid = getattr(document, part)
    return _sheet(heading, grid, notes)


def _notes(document: ReportDocument) -> list[str]:
    return [
        f"{document.scheme} {document.year}",
        f"{_('Mottaker')}: {document.applicant}",
        f"{_('Statsforvalterens saksnummer')}: {document.answer_case_number}",
        *_stamps(document),
    ]


def _stamps(document: GrantDocument | ReportDocument) -> list[str]:
    number = f"{_('Saksnummer')}: {document.case_number}" if document.case_number else ""
    return [each for each in (document.approved, number) if each]


def _sheet(title: str, grid: Grid, notes: Sequence[str]) -> Sheet:
    return Sheet(
        title=title,
        columns=[
            Column(heading, Kind(kind))
            for heading, kind in zip(grid.headings, grid.kinds, strict=True)
        ],
        rows=grid.rows,
        notes=notes,
        sums=grid.sums,
    )


def unit_letter_pdf(letter: UnitLetter, *, head: Letterhead) -> bytes:
    return as_pdf("rapporter/unit_letter.html", letter, head=head)


def distribution_pdf(document: DistributionDocument, *, head: Letterhead) -> bytes:
    return as_pdf("rapporter/distribution_document.html", document, head=head)


def distribution_xlsx(document: DistributionDocument, *, lang: str) -> bytes:
    """Return the workbook: who gets what on one sheet, the county's lines on another."""
    with translation.override(lang):
        return tables.write_xlsx([_given(document), _decided(document)])


def _given(document: DistributionDocument) -> Sheet:
    return Sheet(
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


def _decided(document: DistributionDocument) -> Sheet:
    return Sheet(
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
