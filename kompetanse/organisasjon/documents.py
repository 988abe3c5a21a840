"""Charts and workbooks on the organisation: figures in, picture or bytes out."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from kompetanse import tables
from kompetanse.organisasjon.queries.heltid import Enhetstall, Tall, kind_label
from kompetanse.skall import norsk
from kompetanse.skall.charts import Chart, Point, line
from kompetanse.tables import Cell, Column, Kind, Sheet


def development(figures: Mapping[date, Tall], *, name: str, goal: int) -> Chart:
    """Return the unit's average position size over time; days that are hidden are left out."""
    points = [
        Point(label=_label(day), value=round(tall.average, 1))
        for day, tall in sorted(figures.items())
        if tall.employees and not tall.is_hidden
    ]
    title = _("Gjennomsnittlig stillingsstørrelse, %(name)s") % {"name": name}
    return line(points, title=title, unit="%", goal=goal)


def _label(day: date) -> str:
    return f"{norsk.MONTHS[day.month - 1][:3]}. {day:%y}"


def workbook(
    rows: Sequence[Enhetstall],
    figures: Mapping[date, Tall],
    *,
    name: str,
    goal: int,
    on: date,
    selection: str,
) -> bytes:
    """Return the same figures as the page: one sheet for the development, one for the units."""
    notes = [
        _("Heltidskultur, %(name)s") % {"name": name},
        _("Mål: %(goal)d prosent. Utvalg: %(selection)s.") % {"goal": goal, "selection": selection},
        _("Tall om færre enn fem ansatte er skjult for dem som ikke leder dem."),
    ]
    return tables.write_xlsx([_development(figures, notes), _units(rows, notes, on=on)])


def _development(figures: Mapping[date, Tall], notes: Sequence[str]) -> Sheet:
    return Sheet(
        _("Utvikling"),
        [Column(_("Dato"), Kind.DATE), *_figure_columns()],
        [[day, *_cells(tall)] for day, tall in sorted(figures.items())],
        notes=notes,
    )


def _units(rows: Sequence[Enhetstall], notes: Sequence[str], *, on: date) -> Sheet:
    return Sheet(
        _("Enheter"),
        [Column(_("Enhet")), Column(_("Slag")), *_figure_columns()],
        [[row.name, kind_label(row.kind), *_cells(row.tall)] for row in rows],
        notes=[*notes, _("Per %(day)s") % {"day": norsk.langdato(on)}],
    )


def _figure_columns() -> list[Column]:
    return [
        Column(_("Ansatte"), Kind.NUMBER),
        Column(_("Gjennomsnittlig stilling (%)"), Kind.NUMBER),
        Column(_("Andel på heltid (%)"), Kind.NUMBER),
    ]


def _cells(tall: Tall) -> list[Cell]:
    if tall.is_hidden:
        return [_("færre enn 5"), None, None]
    if not tall.employees:
        return [0, None, None]
    return [tall.employees, round(tall.average, 1), round(tall.full_time_share, 1)]
