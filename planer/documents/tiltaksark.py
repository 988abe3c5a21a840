"""The prepared workbook of measures: an empty sheet, and lists of what its cells may hold."""

from itertools import zip_longest

from django.utils.translation import gettext as _

from kompetanse import tables
from kompetanse.tables import Column, Sheet
from planer.queries import tiltaksark
from planer.queries.valg import Offered


def workbook(offered: Offered, *, year: int) -> bytes:
    """Return the workbook for a year, with what this person may choose among."""
    return tables.write_xlsx([_measures(year), _lists(offered)])


def _measures(year: int) -> Sheet:
    columns = [Column(str(column.heading), width=20) for column in tiltaksark.COLUMNS]
    return Sheet(title=_("Tiltak %(year)d") % {"year": year}, columns=columns, rows=[])


def _lists(offered: Offered) -> Sheet:
    chosen = {field: [name for _pk, name in rows]
              for field, rows in tiltaksark.names(offered).items()
              if not field.startswith("kompetanse") or field == "kompetanse1"}  # fmt: skip
    chosen |= {field: list(values) for field, values in tiltaksark.words().items()}
    headings = [tiltaksark.heading(field) for field in chosen]
    rows = [list(row) for row in zip_longest(*chosen.values(), fillvalue="")]
    told = ", ".join(
        f"{column.heading}: {column.example}" for column in tiltaksark.COLUMNS if column.example
    )
    return Sheet(
        title=_("Lister"),
        columns=[Column(heading) for heading in headings],
        rows=rows,
        notes=[
            _("Skriv ett tiltak i hver rad i det første arket. Her er det cellene kan inneholde."),
            _("Eksempler: %(examples)s") % {"examples": told},
            _("Flere stillinger skilles med semikolon. Beløp skrives i hele kroner."),
        ],
    )
