"""What is carried on, done, dropped and new, as PDF and spreadsheet."""

from django.utils.translation import gettext as _

from kompetanse import tables
from kompetanse.skall.documents import Letterhead, as_pdf
from kompetanse.tables import Cell, Column, Sheet
from planer.queries.rullering import Rolling


def rolling_pdf(found: Rolling, *, head: Letterhead) -> bytes:
    return as_pdf("planer/rolling.html", found, head=head)


def rolling_xlsx(found: Rolling) -> bytes:
    return tables.write_xlsx([sheet(found)])


def sheet(found: Rolling) -> Sheet:
    """Return the measures of both years as a sheet, each outcome together as on the page."""
    headings = (
        _("Hva skjer"), _("Tiltak"), _("Enhet"), str(found.last_year), str(found.year),
        _("Endring eller grunn"),
    )  # fmt: skip
    rows: list[list[Cell]] = [
        [line.label, line.theme, line.enhet or _("Felles"), line.before, line.after, line.why]
        for group in found.groups
        for line in group.lines
    ]
    title = _("Fra %(before)d til %(year)d") % {"before": found.last_year, "year": found.year}
    notes = [title, *filter(None, (found.enhet, found.source, found.summary))]
    return Sheet(title=title, columns=[Column(text) for text in headings], rows=rows, notes=notes)
