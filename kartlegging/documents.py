"""GAP as a picture, a PDF and a workbook, and the needs form as a PDF. Data in, bytes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kartlegging.queries.gap import GapRow, GapSums
from kartlegging.queries.innhold import Innhold
from kompetanse import tables
from kompetanse.skall import charts, norsk
from kompetanse.skall.charts import Chart
from kompetanse.skall.documents import Letterhead, as_pdf
from kompetanse.tables import Column, Kind, Sheet

# So much can be read in one picture; the table holds all.
MOST_UNITS = 20
MOST_COMPETENCES = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class GapReport:
    """The analysis as it is printed. `settled`: when it was locked and by whom, empty before."""

    year: int
    on: date
    units: str
    rows: Sequence[GapRow]
    sums: GapSums
    settled: str = ""
    comment: str = ""
    priorities: Sequence[tuple[str, str]] = ()

    @property
    def chart(self) -> Chart | None:
        return heatmap(self.rows, title=_("GAP %(year)d") % {"year": self.year})


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsForm:
    """A unit's needs form as it was sent. People are named to who may see them."""

    year: int
    enhet: str
    sent: str
    content: Innhold
    sees_people: bool


def gap_pdf(report: GapReport, *, head: Letterhead) -> bytes:
    return as_pdf("kartlegging/gap_document.html", report, head=head)


def needs_pdf(form: NeedsForm, *, head: Letterhead) -> bytes:
    return as_pdf("kartlegging/needs_document.html", form, head=head)


def heatmap(rows: Sequence[GapRow], *, title: str) -> Chart | None:
    """Return the lack per unit and competence, those that lack most; None without requirements.

    Several levels of the same competence in a unit are one cell: their sums.
    """
    if not rows:
        return None
    units = _worst({row.enhet_id: row.enhet for row in rows}, _sums(rows, "enhet_id"), MOST_UNITS)
    competences = _worst(
        {row.kompetanse_id: row.kompetanse for row in rows},
        _sums(rows, "kompetanse_id"),
        MOST_COMPETENCES,
    )
    cells = _cells(rows)
    return charts.heatmap(
        list(units.values()),
        list(competences.values()),
        [[cells.get((unit, each)) for each in competences] for unit in units],
        title=title,
    )


def workbook(
    rows: Sequence[GapRow], *, year: int, on: date, units: str, conclusions: Sequence[str] = ()
) -> bytes:
    """Return the analysis as xlsx, with what it covers and when it was made."""
    sheet = Sheet(
        title=_("GAP %(year)d") % {"year": year},
        columns=[
            Column(_("Enhet")),
            Column(_("Kompetanse")),
            Column(_("Nivå"), Kind.NUMBER),
            Column(_("Krav i lov")),
            Column(_("Trenger"), Kind.NUMBER),
            Column(_("Har"), Kind.NUMBER),
            Column(_("Mangler"), Kind.NUMBER),
            Column(_("Under utdanning"), Kind.NUMBER),
            Column(_("Bare én har dette")),
        ],
        rows=[_line(row) for row in rows],
        notes=[
            _("GAP-analyse for %(year)d: %(units)s") % {"year": year, "units": units},
            _("Tallene er fra %(on)s.") % {"on": norsk.langdato(on)},
            *conclusions,
        ],
    )
    return tables.write_xlsx([sheet])


def _line(row: GapRow) -> list[str | int]:
    return [
        row.enhet,
        row.kompetanse,
        row.level,
        _("ja") if row.is_statutory else "",
        row.need,
        row.have,
        row.lack,
        row.studying,
        _("ja") if row.is_single else "",
    ]


def _cells(rows: Sequence[GapRow]) -> dict[tuple[int, int], charts.Cell]:
    lack: dict[tuple[int, int], int] = {}
    need: dict[tuple[int, int], int] = {}
    for row in rows:
        place = (row.enhet_id, row.kompetanse_id)
        lack[place] = lack.get(place, 0) + row.lack
        need[place] = need.get(place, 0) + row.need
    return {place: charts.Cell(lack=lack[place], need=need[place]) for place in need}


def _sums(rows: Sequence[GapRow], by: str) -> dict[int, int]:
    """Return the lack of each unit, or of each competence."""
    sums: dict[int, int] = {}
    for row in rows:
        key = getattr(row, by)
        sums[key] = sums.get(key, 0) + row.lack
    return sums


def _worst(names: dict[int, str], lacks: dict[int, int], most: int) -> dict[int, str]:
    """Return the `most` that lack most, by name."""
    chosen = sorted(names, key=lambda each: (-lacks[each], names[each]))[:most]
    return {each: names[each] for each in sorted(chosen, key=lambda each: names[each])}
