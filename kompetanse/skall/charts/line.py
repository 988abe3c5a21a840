"""A development over time against a goal; every point is marked with its figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kompetanse.skall.charts import palette, svg
from kompetanse.skall.charts.bars import figure
from kompetanse.skall.charts.chart import Chart

WIDTH, HEIGHT = 640, 320
LEFT, RIGHT, TOP, BOTTOM = 24, 616, 56, 268
SIZE = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One measurement: when (year, half-year, date) and its figure."""

    label: str
    value: float


def line(
    points: Sequence[Point], *, title: str, unit: str = "", goal: float | None = None
) -> Chart:
    """Return the points at equal distance from left to right.

    A development is read from the slope, so the scale starts near the lowest figure, and says so.
    """
    summary = _summary(points, unit=unit, goal=goal)
    picture = svg.picture(
        svg.line((LEFT, BOTTOM), (RIGHT, BOTTOM), stroke=palette.MUTED, width=1.5),
        _note(),
        *_goal(points, goal, unit=unit),
        *_curve(points, goal, unit=unit),
        width=WIDTH,
        height=HEIGHT,
        title=title,
        summary=summary,
        kind="line",
    )
    return Chart(
        title=title,
        kind="line",
        svg=picture,
        table_headings=(_("Tidspunkt"), _("Tall")),
        table_rows=tuple((point.label, figure(point.value, unit)) for point in points),
        summary=summary,
    )


def _note() -> SafeString:
    words = _("Skalaen begynner ikke på 0")
    return svg.text(words, RIGHT, HEIGHT - 4, size=13, text_anchor="end", fill=palette.MUTED)


def _place(points: Sequence[Point], goal: float | None) -> list[svg.Point]:
    step = (RIGHT - LEFT - 80) / max(len(points) - 1, 1)
    return [
        (LEFT + 40 + index * step, _height(point.value, points, goal))
        for index, point in enumerate(points)
    ]


def _height(value: float, points: Sequence[Point], goal: float | None) -> float:
    figures = [point.value for point in points] + ([goal] if goal is not None else [])
    low, high = min(figures), max(figures)
    share = (value - low) / (high - low) if high > low else 0.5
    return BOTTOM - 40 - share * (BOTTOM - 40 - TOP)


def _curve(points: Sequence[Point], goal: float | None, *, unit: str) -> list[SafeString]:
    places = _place(points, goal)
    drawn = [svg.path(places, stroke=palette.ACCENT, stroke_width=3, fill="none")] if places else []
    for index, (point, place) in enumerate(zip(points, places, strict=True)):
        drawn += _mark(point, place, unit=unit, is_valley=_is_valley(places, index))
    return drawn


def _is_valley(places: Sequence[svg.Point], index: int) -> bool:
    """Return whether the curve turns upwards here, so that the figure must stand below it."""
    before, after = places[max(index - 1, 0)], places[min(index + 1, len(places) - 1)]
    return places[index][1] > (before[1] + after[1]) / 2 + 1


def _mark(point: Point, place: svg.Point, *, unit: str, is_valley: bool) -> list[SafeString]:
    x, y = place
    return [
        svg.tag(
            "circle", cx=x, cy=y, r=6, fill=palette.PAPER, stroke=palette.ACCENT, stroke_width=3
        ),
        svg.text(
            figure(point.value, unit),
            x,
            y + (28 if is_valley else -16),
            size=SIZE,
            font_weight=600,
            text_anchor="middle",
        ),
        svg.text(point.label, x, BOTTOM + 24, size=SIZE, text_anchor="middle", fill=palette.MUTED),
    ]


def _goal(points: Sequence[Point], goal: float | None, *, unit: str) -> list[SafeString]:
    """A dashed line, named at the end where the curve is farther away."""
    if goal is None or not points:
        return []
    y = _height(goal, points, goal)
    at_right = abs(points[-1].value - goal) > abs(points[0].value - goal)
    words = _("Mål %(figure)s") % {"figure": figure(goal, unit)}
    x, anchor = (RIGHT, "end") if at_right else (LEFT, "start")
    return [
        svg.line((LEFT, y), (RIGHT, y), stroke=palette.INK, width=1.5, stroke_dasharray="6 4"),
        svg.text(words, x, y - 9, size=15, font_weight=600, text_anchor=anchor),
    ]


def _summary(points: Sequence[Point], *, unit: str, goal: float | None) -> str:
    if not points:
        return _("Ingen målinger ennå.")
    first, last = points[0], points[-1]
    words = _("Fra %(first)s i %(from)s til %(last)s i %(to)s.") % {
        "first": figure(first.value, unit),
        "from": first.label,
        "last": figure(last.value, unit),
        "to": last.label,
    }
    if goal is None:
        return words
    return words + " " + _("Målet er %(goal)s.") % {"goal": figure(goal, unit)}
