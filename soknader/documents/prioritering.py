"""The list of priorities as PDF and spreadsheet, with the columns that its reader may see."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kompetanse import tables
from kompetanse.skall import norsk
from kompetanse.skall.documents import Letterhead, as_pdf
from kompetanse.tables import Cell, Column, Kind, Sheet
from soknader.models import Soknadsrunde
from soknader.queries.prioritering import GIVEN, VERDICTS, Rangering, Sak, cut


@dataclass(frozen=True, slots=True)
class Row:
    """A case with the group's reason, hidden in one's own case; `verdict` is the leader's word."""

    sak: Sak
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityList:
    """The list as one reader may see it; `reasons` is the group's reason by application.

    `is_named` says that the reader sees who applies, in some of the units.
    """

    runde: Soknadsrunde
    listed: Rangering
    reasons: Mapping[int, str]
    is_named: bool

    @property
    def above(self) -> list[Row]:
        """The cases above the line where the frame is used up, or the waiting list begins."""
        return [self._row(sak) for sak in self.listed.saker[: self._cut[0]]]

    @property
    def below(self) -> list[Row]:
        return [self._row(sak) for sak in self.listed.saker[self._cut[0] :]]

    @property
    def line(self) -> str:
        """What the line between the two says."""
        return self._cut[1]

    @property
    def columns(self) -> int:
        return 10 if self.is_named else 9

    @property
    def _cut(self) -> tuple[int, str]:
        return cut(self.listed.saker, self.listed.ramme)

    def _row(self, sak: Sak) -> Row:
        verdicts = VERDICTS | {GIVEN: _("Gitt"), "": _("Mangler")}
        reason = "" if sak.is_own else self.reasons.get(sak.pk, "")
        return Row(sak, str(verdicts[sak.verdict]), reason)


def priorities_pdf(document: PriorityList, *, head: Letterhead) -> bytes:
    return as_pdf("soknader/prioritering_document.html", document, head=head)


def priorities_xlsx(document: PriorityList) -> bytes:
    return tables.write_xlsx([_sheet(document)])


def _sheet(document: PriorityList) -> Sheet:
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
    rows = [_cells(row) for row in (*document.above, *document.below)]
    ramme = document.listed.ramme
    notes = [
        f"{document.runde} · {_('Prioriteringsliste')}",
        _("Ramme %(budget)s. Innvilget %(granted)s. Foreslått %(proposed)s. Igjen %(left)s.")
        % {
            "budget": norsk.kroner(ramme.budget),
            "granted": norsk.kroner(ramme.decided),
            "proposed": norsk.kroner(ramme.drafted),
            "left": norsk.kroner(ramme.left),
        },
    ]
    headings = [Column(heading, kind) for heading, kind in columns.items()]
    if not document.is_named:
        del headings[2]
        rows = [[*row[:2], *row[3:]] for row in rows]
    return Sheet(title=str(document.runde), columns=headings, rows=rows, notes=notes)


def _cells(row: Row) -> list[Cell]:
    sak = row.sak
    return [
        sak.place,
        sak.number,
        sak.name,
        sak.unit or _("Skjult, liten gruppe"),
        sak.category,
        sak.study,
        sak.area,
        _("Prioritert") if sak.is_prioritised else _("Unntak"),
        row.verdict,
        sak.points,
        sak.cost,
        sak.label,
        sak.planned,
        sak.running,
        row.reason,
    ]
