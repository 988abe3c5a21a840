"""The rows of a table of measures. `{% load plantabell %}`.

Drawn in one go, from ready strings: a plan has hundreds of rows, and a template asks for each word
by itself.
"""

from collections.abc import Iterator
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kompetanse.skall import norsk
from kompetanse.skall.templatetags.skall import status as status_tag
from kompetanse.tables import Kind
from planer.models import Tiltak
from planer.queries.kolonne import Layout, PlanColumn
from planer.queries.linje import Line
from planer.queries.opplaring import Group

register = template.Library()

COLORS = {
    Tiltak.Status.DONE: "success",
    Tiltak.Status.ONGOING: "info",
    Tiltak.Status.POSTPONED: "warning",
}
EMPTY = "–"
# The county's twenty narrow columns have a table of their own; a plan's are words.
MOST_ON_A_SHEET = 12


@register.simple_tag(takes_context=True)
def plan_rows(context: Any, group: Group, layout: Layout) -> SafeString:
    """Draw the group's rows on screen, with what the reader may do, and their sums."""
    rows = _Screen(context, layout)
    drawn = [rows.row(line) for line in group.lines]
    return mark_safe("".join([*drawn, sum_row(group, layout, edited=rows.is_edited)]))  # noqa: S308


@register.simple_tag(takes_context=True)
def plan_row(context: Any, line: Line, layout: Layout) -> SafeString:
    """Draw one row on screen."""
    return mark_safe(_Screen(context, layout).row(line))  # noqa: S308


@register.simple_tag
def paper_rows(group: Group, layout: Layout) -> SafeString:
    """Draw the group's rows on paper, and their sums."""
    drawn = [_paper_row(line, layout) for line in group.lines]
    return mark_safe("".join([*drawn, sum_row(group, layout)]))  # noqa: S308


@register.filter
def is_wide(layout: Layout) -> bool:
    """Return whether the table has more columns than a sheet on its side has room for."""
    return len(layout.columns) > MOST_ON_A_SHEET


@register.simple_tag
def paper_blocks(group: Group, layout: Layout) -> SafeString:
    """Draw each of the group's measures as a block of what it has, and their sums."""
    drawn = [_paper_block(line, layout) for line in group.lines]
    return mark_safe("".join([*drawn, _sum_block(group, layout)]))  # noqa: S308


@register.simple_tag
def plan_sum(group: Group, layout: Layout, *, swap: bool = False) -> SafeString:
    """Draw the group's sums alone, to be swapped in where they stand."""
    return mark_safe(sum_row(group, layout, edited=True, swap=swap))  # noqa: S308


def sum_row(group: Group, layout: Layout, *, edited: bool = False, swap: bool = False) -> str:
    """Return the row of sums; empty when no column has an amount. `edited`: a column is beside."""
    sums = [_sum(group, column) for column in layout.columns]
    if not any(sums):
        return ""
    before = next(place for place, each in enumerate(sums) if each)
    label = escape(_("Sum %(label)s") % {"label": group.label})
    cells = [f'<th scope="row" role="rowheader" colspan="{before}">{label}</th>'] if before else []
    for column, each in zip(layout.columns[before:], sums[before:], strict=True):
        number = ' class="number"' if column.is_number else ""
        named = f' data-label="{escape(column.heading)}"' if column.is_number else ""
        cells.append(f'<td role="cell"{named}{number}>{escape(each)}</td>')
    if edited:
        cells.append('<td role="cell"></td>')
    oob = ' hx-swap-oob="true"' if swap else ""
    return f'<tr class="sum" role="row" id="sum-{group.key}"{oob}>{"".join(cells)}</tr>'


def _sum(group: Group, column: PlanColumn) -> str:
    if column.name == "cost_financing":
        told = {"cost": norsk.kroner(group.cost), "financing": norsk.kroner(group.financing)}
        return _("Kostnad %(cost)s, finansiering %(financing)s") % told
    if column.name == "financing_lines":
        return norsk.kroner(group.financing)
    if column.field.kind != Kind.KRONER:
        return ""
    counted = (line for line in group.lines if line.is_counted)
    return norsk.kroner(sum(column.number(line) for line in counted))


def _paper_row(line: Line, layout: Layout) -> str:
    cells = "".join(_paper_cell(line, column) for column in layout.columns)
    return f'<tr role="row">{cells}</tr>'


def _paper_cell(line: Line, column: PlanColumn) -> str:
    words = [str(escape(each)) for each in column.field.words(line)]
    if column.is_heading:
        first, *rest = words or [EMPTY]
        told = "".join(
            (_told_uncounted(line, first), *(f"<br><small>{each}</small>" for each in rest))
        )
        return f'<th scope="row" role="rowheader">{told}</th>'
    number = ' class="number"' if column.is_number else ""
    label = escape(column.heading)
    return f'<td role="cell" data-label="{label}"{number}>{"<br>".join(words) or EMPTY}</td>'


def _paper_block(line: Line, layout: Layout) -> str:
    heading = _told_uncounted(line, str(escape(line.theme)))
    fields = [column for column in layout.columns if not column.is_heading]
    told = [(each.heading, ", ".join(map(str, each.field.words(line)))) for each in fields]
    pairs = [(name, words) for name, words in told if words not in {"", norsk.kroner(0)}]
    return f'<div class="keep"><h3>{heading}</h3>{_facts(pairs)}</div>'


def _sum_block(group: Group, layout: Layout) -> str:
    sums = [(column.heading, _sum(group, column)) for column in layout.columns]
    told = [(heading, each) for heading, each in sums if each and each != norsk.kroner(0)]
    label = escape(_("Sum %(label)s") % {"label": group.label})
    return f'<div class="keep"><h3>{label}</h3>{_facts(told)}</div>' if told else ""


def _facts(pairs: list[tuple[str, str]]) -> str:
    told = (f"<div><dt>{escape(name)}</dt><dd>{escape(each)}</dd></div>" for name, each in pairs)
    return f'<dl class="facts">{"".join(told)}</dl>'


class _Screen:
    """What is the same for all rows of a page: columns, links, and which row is edited."""

    def __init__(self, context: Any, layout: Layout) -> None:
        self.context = context
        self.on = context["on"]
        self.form = context.get("row_form")
        self.is_edited = bool(context.get("may_add", True))
        self.columns = [(column, _opening(column)) for column in layout.columns]
        self.width = len(self.columns) + self.is_edited
        # Addresses differ in the id alone, and are made once.
        self.edit = _around_id("planer:edit_measure")
        self.follow = _around_id("planer:follow_measure")
        self.search = self._search()
        self.words = {status: _tag(status) for status in Tiltak.Status}
        self.late = str(status_tag(_("Forsinket"), "danger"))

    def row(self, line: Line) -> str:
        if self.form is not None and self.form.line_id == line.id:
            return self._form_row(line)
        cells = "".join(self._cells(line))
        return f'<tr role="row" id="tiltak-{line.id}">{cells}</tr>'

    def _cells(self, line: Line) -> Iterator[str]:
        for column, (opening, closing) in self.columns:
            yield f"{opening}{self._words(line, column)}{closing}"
        if self.is_edited:
            yield f'<td role="cell" class="no-print nowrap">{self._links(line)}</td>'

    def _words(self, line: Line, column: PlanColumn) -> str:
        if column.name == "status":
            return self.words[Tiltak.Status(line.status)] + self._told_late(line)
        words = [str(escape(each)) for each in column.field.words(line)]
        if not words:
            return EMPTY
        first, *rest = words
        if column.is_heading:
            first = self._heading(line, first)
        return "".join((first, *(f'<br><span class="muted">{each}</span>' for each in rest)))

    def _heading(self, line: Line, words: str) -> str:
        words = _told_uncounted(line, words)
        if not line.may_edit:
            return words
        before, after = self.edit
        return f'<a class="ds-link" href="{before}{line.id}{after}">{words}</a>'

    def _told_late(self, line: Line) -> str:
        return f" {self.late}" if line.is_late(self.on) else ""

    def _links(self, line: Line) -> str:
        if not line.may_edit or line.into:
            return ""
        before, after = self.follow
        url, told = f"{before}{line.id}{after}{self.search}", escape(line.theme)
        words = f'{escape(_("Følg opp"))}<span class="ds-sr-only"> {told}</span>'
        return (
            f'<a class="ds-link" href="{url}" hx-get="{url}" hx-target="closest tr"'
            f' hx-swap="outerHTML">{words}</a>'
        )

    def _form_row(self, line: Line) -> str:
        inner = {
            "form": self.form,
            "line": line,
            "width": self.width,
            "url": f"{self.follow[0]}{line.id}{self.follow[1]}",
            "search": self.search.removeprefix("?").replace("&amp;", "&"),
            "csrf_token": self.context.get("csrf_token"),
        }
        return render_to_string("planer/_row_form.html", inner)

    def _search(self) -> str:
        """Return the address's query without what only says which row is edited."""
        query = self.context.get("search")
        if query is None:
            asked = self.context["request"].GET.copy()
            asked.pop("rad", None)
            query = asked.urlencode()
        return f"?{escape(query)}" if query else ""


def _told_uncounted(line: Line, words: str) -> str:
    """Return the words, and that the measure is cancelled where it is in no sum."""
    return words if line.is_counted else f"{words} ({line.status_label.lower()})"


def _opening(column: PlanColumn) -> tuple[str, str]:
    """Return what stands before and after the words of the column's cells."""
    label = escape(column.heading)
    if column.is_heading:
        return '<th scope="row" role="rowheader">', "</th>"
    kind = "number" if column.is_number else "state" if column.name == "status" else ""
    of_kind = f' class="{kind}"' if kind else ""
    return f'<td role="cell" data-label="{label}"{of_kind}>', "</td>"


def _around_id(name: str) -> tuple[str, str]:
    before, _id, after = reverse(name, args=[0]).rpartition("0")
    return before, after


def _tag(status: Tiltak.Status) -> str:
    return str(status_tag(status.label, COLORS.get(status, "neutral")))
