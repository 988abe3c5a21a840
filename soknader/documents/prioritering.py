"""The list of priorities as a spreadsheet, with the columns that its reader may see."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from kompetanse import tables
from kompetanse.skall import norsk
from kompetanse.tables import Cell, Column, Kind, Sheet
from soknader.models import Soknadsrunde
from soknader.queries.prioritering import GIVEN, VERDICTS, Rangering, Sak
from soknader.rules.prioritering import Reader


def as_xlsx(
    runde: Soknadsrunde, listed: Rangering, *, reader: Reader, reasons: Mapping[int, str]
) -> bytes:
    """Return the workbook; `reasons` is the group's reason by application."""
    return tables.write_xlsx([_sheet(runde, listed, reader=reader, reasons=reasons)])


def _sheet(
    runde: Soknadsrunde, listed: Rangering, *, reader: Reader, reasons: Mapping[int, str]
) -> Sheet:
    columns = {
        _("Plass"): Kind.NUMBER,
        _("Sak"): Kind.NUMBER,
        _("Søker"): Kind.TEXT,
        _("Enhet"): Kind.TEXT,
        _("Stilling"): Kind.TEXT,
        _("Studium"): Kind.TEXT,
        _("Fokusområde"): Kind.TEXT,
        _("Prioritert"): Kind.TEXT,
        _("Leder"): Kind.TEXT,
        _("Poeng"): Kind.NUMBER,
        _("Kostnad"): Kind.KRONER,
        _("Utfall"): Kind.TEXT,
        _("Tar av rammen"): Kind.KRONER,
        _("Sum"): Kind.KRONER,
        _("Gruppas begrunnelse"): Kind.TEXT,
    }
    rows = [_row(sak, reasons.get(sak.pk, "")) for sak in listed.saker]
    ramme = listed.ramme
    notes = [
        f"{runde} · {_('Prioriteringsliste')}",
        _("Ramme %(budget)s. Innvilget %(granted)s. Foreslått %(proposed)s. Igjen %(left)s.")
        % {
            "budget": norsk.kroner(ramme.budget),
            "granted": norsk.kroner(ramme.decided),
            "proposed": norsk.kroner(ramme.drafted),
            "left": norsk.kroner(ramme.left),
        },
    ]
    headings = [Column(heading, kind) for heading, kind in columns.items()]
    if not reader.lines:
        del headings[2]
        rows = [[*row[:2], *row[3:]] for row in rows]
    return Sheet(title=str(runde), columns=headings, rows=rows, notes=notes)


def _row(sak: Sak, reason: str) -> list[Cell]:
    verdicts = VERDICTS | {GIVEN: _("Gitt"), "": _("Mangler")}
    return [
        sak.place,
        sak.number,
        sak.name,
        sak.unit or _("Skjult, liten gruppe"),
        sak.category,
        sak.study,
        sak.area,
        _("Prioritert") if sak.is_prioritised else _("Unntak"),
        str(verdicts[sak.verdict]),
        sak.points,
        sak.cost,
        sak.label,
        sak.planned,
        sak.running,
        "" if sak.is_own else reason,
    ]
