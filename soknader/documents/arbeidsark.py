"""The worksheet of the prioritising: the list as one member works on it in Excel."""

from django.utils.translation import gettext as _

from kompetanse import tables
from kompetanse.tables import Cell, Column, Kind, Sheet
from soknader.models import Kriterium
from soknader.queries.arbeidsark import Ark, Arkrad
from soknader.queries.prioritering import OUTCOMES


def as_xlsx(ark: Ark) -> bytes:
    """Return the workbook; its first row is the headings, so that it can be read again."""
    heads = headings()
    columns = [
        Column(heads["number"], Kind.NUMBER),
        Column(heads["place"], Kind.NUMBER),
        Column(_("Studium"), width=34),
        Column(_("Søker"), width=24),
        Column(_("Enhet"), width=24),
        Column(_("Søkt om (kr)"), Kind.KRONER),
        *(Column(points_heading(each), Kind.NUMBER) for each in ark.kriterier),
        Column(heads["outcome"], width=18),
        Column(heads["amount"], Kind.KRONER),
        Column(heads["leave_days"], Kind.NUMBER),
        Column(heads["reason"], width=40),
        Column(heads["rank_reason"], width=40),
        Column(heads["mark"], width=14),
    ]
    rows = [_row(row, ark) for row in ark.rows]
    return tables.write_xlsx([Sheet(title=_("Prioritering"), columns=columns, rows=rows)])


def headings() -> dict[str, str]:
    """Return the headings of what is read again, by what it is."""
    return {
        "number": _("Sak"),
        "place": _("Plass"),
        "outcome": _("Utfall"),
        "amount": _("Beløp (kr)"),
        "leave_days": _("Dager fri"),
        "reason": _("Begrunnelse"),
        "rank_reason": _("Grunn til plassen"),
        "mark": _("Ikke endre"),
    }


def points_heading(kriterium: Kriterium) -> str:
    return _("Dine poeng: %(name)s") % {"name": kriterium.name}


def _row(row: Arkrad, ark: Ark) -> list[Cell]:
    sak, utkast = row.sak, row.utkast
    gives = bool(utkast.amount or utkast.leave_days)
    return [
        sak.number,
        sak.place,
        sak.study,
        sak.name,
        sak.unit,
        sak.cost,
        *(row.points.get(each.pk) for each in ark.kriterier),
        str(OUTCOMES.get(utkast.outcome, "")),
        utkast.amount if gives else None,
        utkast.leave_days if gives else None,
        utkast.reason,
        utkast.rank_reason,
        str(row.mark(ark.runde)),
    ]
