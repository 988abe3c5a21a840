"""Training plans as PDF and spreadsheet: the columns are those of the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kompetanse import tables
from kompetanse.skall import norsk
from kompetanse.skall.documents import Letterhead, as_pdf
from kompetanse.tables import Column, Kind, Sheet
from planer.documents import rullering
from planer.queries.kolonne import Layout, PlanColumn
from planer.queries.linje import Line
from planer.queries.opplaring import Group, TrainingPlan
from planer.queries.rullering import Rolling


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDocument:
    """A plan as its templates print it: what it is called, its groups and its columns.

    `adopted` is the decision in words, empty for what is not adopted. `rolled` is what was carried
    on, done, dropped and new since the year before, where there was a plan.
    """

    title: str
    plan: TrainingPlan
    groups: tuple[Group, ...]
    layout: Layout
    adopted: str = ""
    is_public: bool = False
    rolled: Rolling | None = None


def training_pdf(
    plan: TrainingPlan, groups: tuple[Group, ...], layout: Layout, *, head: Letterhead
) -> bytes:
    title = _("Opplæringsplan %(year)d") % {"year": plan.year}
    return document_pdf(
        PlanDocument(title=title, plan=plan, groups=groups, layout=layout), head=head
    )


def document_pdf(document: PlanDocument, *, head: Letterhead) -> bytes:
    return as_pdf("planer/training_document.html", document, head=head)


def joint_pdf(document: PlanDocument, *, head: Letterhead) -> bytes:
    return as_pdf("planer/joint.html", document, head=head)


def activities_pdf(plan: TrainingPlan, *, head: Letterhead) -> bytes:
    return as_pdf("planer/activities.html", plan, head=head)


def training_xlsx(plan: TrainingPlan, layout: Layout, *, title: str) -> bytes:
    """Return the plan's lines as a workbook in the layout's columns, and the sums in NOK.

    A cancelled measure is listed and its amounts left out, as on the page.
    """
    return tables.write_xlsx([sheet(plan.lines, layout, title=title, notes=notes(plan))])


def edition_xlsx(document: PlanDocument) -> bytes:
    """Return an edition as a workbook: its lines, and what has become of last year's."""
    plan = document.plan
    sheets = [sheet(plan.lines, document.layout, title=document.title, notes=notes(plan))]
    if document.rolled:
        sheets.append(rullering.sheet(document.rolled))
    return tables.write_xlsx(sheets)


def activities_xlsx(plan: TrainingPlan, *, title: str) -> bytes:
    """Return number, activity and time (N8) as a workbook."""
    columns = [Column(_("Nr."), Kind.NUMBER), Column(_("Aktivitet")), Column(_("Tid"))]
    rows: list[list[tables.Cell]] = [
        [number, ". ".join(filter(None, (line.theme, line.why, line.whom))), line.when]
        for number, line in enumerate(plan.lines, start=1)
    ]
    return tables.write_xlsx([Sheet(title=title, columns=columns, rows=rows, notes=[title])])


def sheet(lines: Sequence[Line], layout: Layout, *, title: str, notes: Sequence[str] = ()) -> Sheet:
    """Return the lines as a sheet; where a column has an amount and words, amounts are numbers."""
    columns = layout.spreadsheet
    has_sums = any(column.field.kind == Kind.KRONER for column in columns)
    return Sheet(
        title=title,
        columns=[Column(column.heading, column.field.kind) for column in columns],
        rows=[[column.cell(line) for column in columns] for line in lines],
        notes=[title, *notes],
        sums=_sums(lines, columns) if has_sums else None,
    )


def notes(plan: TrainingPlan) -> list[str]:
    """Return what a sheet says above its table."""
    told = [plan.enhet] if plan.enhet else []
    return told + ([ready_by(plan.ready_by)] if plan.ready_by else [])


def ready_by(day: date) -> str:
    return _("Skal være klar innen %(date)s") % {"date": norsk.langdato(day)}


def _sums(lines: Sequence[Line], columns: Sequence[PlanColumn]) -> list[tables.Cell]:
    """Return the last row: the sum of each column of amounts or people, «Sum» in the first."""
    counted = [line for line in lines if line.is_counted]
    found: list[tables.Cell] = [_sum(counted, column) for column in columns]
    if columns and not columns[0].is_number:
        found[0] = _("Sum")
    return found


def _sum(counted: Sequence[Line], column: PlanColumn) -> tables.Cell:
    if not column.is_number:
        return None if column.field.kind == Kind.DATE else ""
    return sum(column.number(line) for line in counted)
