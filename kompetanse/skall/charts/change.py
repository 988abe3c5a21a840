"""From baseline to latest figure, one to a line: which way each went is read without colour."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.skall.charts import letters, palette, svg
from kompetanse.skall.charts.bars import figure
from kompetanse.skall.charts.chart import Chart

WIDTH = 640
ROW = 64
TOP = 34
LEFT, RIGHT = 70, 570
SIZE = 16
RADIUS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line: a name, its first figure, its latest (None when there is one only), the verdict."""

    label: str
    before: float
    after: float | None = None
    note: str = ""


def change(rows: Sequence[Change], *, title: str, unit: str = "") -> Chart:
    """Return the lines in the order given: an open ring where each began, a full one where it is.

    The scale goes from the lowest figure to the highest, and says so.
    """
    summary = _summary(rows)
    height = TOP + max(len(rows), 1) * ROW + 22
    picture = svg.picture(
        _key(),
        *(_row(row, TOP + index * ROW, rows, unit=unit) for index, row in enumerate(rows)),
        svg.text(
            _("Skalaen begynner ikke på 0"),
            WIDTH - 8,
            height - 6,
            size=13,
            text_anchor="end",
            fill=palette.MUTED,
        ),
        width=WIDTH,
        height=height,
        title=title,
        summary=summary,
        kind="change",
    )
    return Chart(
        title=title,
        kind="change",
        svg=picture,
        table_headings=(_("Navn"), _("Utgangspunkt"), _("Siste måling"), _("Står")),
        table_rows=tuple(
            (
                row.label,
                figure(row.before, unit),
                "–" if row.after is None else figure(row.after, unit),
                row.note,
            )
            for row in rows
        ),
        summary=summary,
    )


def _key() -> SafeString:
    return svg.join(
        (
            _ring(16, 14, is_full=False),
            svg.text(_("Utgangspunkt"), 30, 20, size=15),
            _ring(166, 14, is_full=True),
            svg.text(_("Siste måling"), 180, 20, size=15),
        )
    )


def _row(row: Change, top: float, rows: Sequence[Change], *, unit: str) -> SafeString:
    y = top + 42
    began = _x(row.before, rows)
    name = letters.clip(row.label, size=SIZE, room=RIGHT - 140, weight=600)
    parts = [
        svg.text(name, 8, top + 20, size=SIZE, font_weight=600),
        *_note(row, top),
        svg.line((LEFT, y), (RIGHT, y), stroke=palette.RULE, width=1),
    ]
    if row.after is None:
        return svg.join(
            (*parts, _ring(began, y, is_full=False), _figure(row.before, began, y, 1, unit))
        )
    ended = _x(row.after, rows)
    side = 1 if ended >= began else -1
    return svg.join(
        (
            *parts,
            svg.line((began, y), (ended, y), stroke=palette.ACCENT, width=4),
            _ring(began, y, is_full=False),
            _ring(ended, y, is_full=True),
            _figure(row.before, began, y, -side, unit),
            _figure(row.after, ended, y, side, unit),
        )
    )


def _note(row: Change, top: float) -> list[SafeString]:
    if not row.note:
        return []
    words = letters.clip(row.note, size=SIZE, room=WIDTH - RIGHT + 110)
    return [svg.text(words, WIDTH - 8, top + 20, size=SIZE, text_anchor="end")]


def _figure(value: float, x: float, y: float, side: int, unit: str) -> SafeString:
    """The figure beside its ring: on the left of it, or on the right."""
    anchor = "start" if side > 0 else "end"
    words = figure(value, unit)
    return svg.text(words, x + side * (RADIUS + 6), y + 5, size=15, text_anchor=anchor)


def _ring(x: float, y: float, *, is_full: bool) -> SafeString:
    return svg.tag(
        "circle",
        cx=x,
        cy=y,
        r=RADIUS,
        fill=palette.ACCENT if is_full else palette.PAPER,
        stroke=palette.ACCENT,
        stroke_width=3,
    )


def _x(value: float, rows: Sequence[Change]) -> float:
    figures = [each for row in rows for each in (row.before, row.after) if each is not None]
    low, high = min(figures), max(figures)
    share = (value - low) / (high - low) if high > low else 0.5
    return LEFT + 20 + share * (RIGHT - LEFT - 40)


def _summary(rows: Sequence[Change]) -> str:
    measured = [row for row in rows if row.after is not None]
    if not measured:
        return _("Ingen er målt igjen ennå.")
    up = sum((row.after or 0) > row.before for row in measured)
    down = sum((row.after or 0) < row.before for row in measured)
    told = ngettext(
        "%(n)d er målt igjen: %(up)d opp, %(down)d ned, %(same)d likt.",
        "%(n)d er målt igjen: %(up)d opp, %(down)d ned, %(same)d likt.",
        len(measured),
    )
    figures = {"n": len(measured), "up": up, "down": down, "same": len(measured) - up - down}
    return told % figures
