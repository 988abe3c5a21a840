"""What is approved, as a spreadsheet that payroll can read into its own system."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from kompetanse import tables
from kompetanse.skall import norsk
from kompetanse.tables import Cell, Column, Kind, Sheet
from soknader.queries.utbetaling import Rad


def payroll(rows: Sequence[Rad], *, on: date) -> bytes:
    """Return the workbook: one line for each receipt, with the sum (NOK) in its note."""
    columns = [
        Column(_("Ansattnummer"), Kind.TEXT),
        Column(_("Navn"), Kind.TEXT),
        Column(_("Enhet"), Kind.TEXT),
        Column(_("Søknad"), Kind.TEXT),
        Column(_("Gjelder"), Kind.TEXT),
        Column(_("Dato på kvitteringen"), Kind.DATE),
        Column(_("Beløp"), Kind.KRONER),
    ]
    told = {"day": norsk.dato(on), "sum": norsk.kroner(sum(row.approved for row in rows))}
    notes = [_("Godkjente utbetalinger per %(day)s. Sum %(sum)s.") % told]
    cells = [_cells(row) for row in rows]
    return tables.write_xlsx(
        [Sheet(title=_("Utbetalinger"), columns=columns, rows=cells, notes=notes)]
    )


def _cells(row: Rad) -> list[Cell]:
    return [row.number, row.name, row.unit, row.reference, row.kind, row.spent_on, row.approved]
