"""The figures on applications as charts and as a workbook: the same lines as the page."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from kompetanse import tables
from kompetanse.skall.charts import Bar, Chart, bars
from kompetanse.tables import Cell, Column, Kind, Sheet
from soknader.queries.tall import Tall
from soknader.rules.tall import Rad, Utfall


def granted_by_year(years: Sequence[Rad]) -> Chart:
    """Return what was granted each year, NOK, oldest first; years that are hidden are left out."""
    shown = [Bar(label=row.label, value=row.granted) for row in reversed(years) if row.granted]
    return bars(shown, title=_("Innvilget støtte år for år"), unit="kr")


def share_by_group(tall: Tall) -> Chart:
    """Return the share that was offered support in each group that may be shown, per cent."""
    shown = [Bar(label=row.label, value=row.share) for row in tall.groups if row.share is not None]
    told = {"deling": tall.deling.label.lower(), "year": tall.year}
    title = _("Andel av svarene i %(year)s som ga støtte, etter %(deling)s") % told
    return bars(shown, title=title, unit="%")


def workbook(tall: Tall) -> bytes:
    """Return one sheet for the years and one for the year that is shared out."""
    notes = [
        _("Tall om færre enn fem personer er skjult, og noen ganger også nabotallet."),
        _("Beløp i kroner. Dager er medianen fra søknadsfristen til svaret ble sendt."),
    ]
    sheets = [_sheet(_("År for år"), _("År"), tall.years, notes)]
    if tall.total:
        rows = [*tall.groups, tall.total]
        title = _("%(deling)s %(year)s") % {"deling": tall.deling.label, "year": tall.year}
        sheets.append(_sheet(title, tall.deling.label, rows, notes))
    return tables.write_xlsx(sheets)


def _sheet(title: str, heading: str, rows: Sequence[Rad], notes: Sequence[str]) -> Sheet:
    columns = [
        Column(heading),
        Column(_("Søkt"), Kind.NUMBER),
        *(Column(utfall.label, Kind.NUMBER) for utfall in Utfall),
        Column(_("Søkt om"), Kind.KRONER),
        Column(_("Innvilget beløp"), Kind.KRONER),
        Column(_("Utbetalt"), Kind.KRONER),
        Column(_("Dager til svar"), Kind.NUMBER),
        Column(_("Svart innen fristen (%)"), Kind.NUMBER),
    ]
    return Sheet(title, columns, [_cells(row) for row in rows], notes=notes)


def _cells(row: Rad) -> list[Cell]:
    counts = [row.applied, *(row.outcomes[utfall] for utfall in Utfall)]
    money = [row.asked, row.granted, row.paid]
    shown: list[Cell] = [_("skjult") if each is None else each for each in [*counts, *money]]
    return [row.label, *shown, row.days, row.in_time]
