"""Lying bars, one to a line, each with its figure; for counts and shares side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kompetanse.skall import norsk
from kompetanse.skall.charts import letters, palette, svg
from kompetanse.skall.charts.chart import Chart

WIDTH = 640
ROW = 56
BAR_HEIGHT = 18
FIGURE_ROOM = 130
TOP = 8
SIZE = 17


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One line: a name, its figure (not negative), and if need be a few words about it."""

    label: str
    value: float
    note: str = ""


def bars(series: Sequence[Bar], *, title: str, unit: str = "", goal: float | None = None) -> Chart:
    """Return the bars in the order given. `unit` is «kr», «%» or a word; `goal` draws a line."""
    top = TOP + (26 if goal is not None else 0)
    height = top + max(len(series), 1) * ROW
    scale = _scale(series, goal)
    summary = _summary(series, unit=unit, goal=goal)
    picture = svg.picture(
        *(
            _row(bar, top + index * ROW, scale=scale, unit=unit, is_short=_is_short(bar, goal))
            for index, bar in enumerate(series)
        ),
        *_goal(goal, scale=scale, top=top, count=len(series), unit=unit),
        width=WIDTH,
        height=height,
        title=title,
        summary=summary,
        kind="bars",
    )
    return Chart(
        title=title,
        kind="bars",
        svg=picture,
        table_headings=(_("Navn"), _("Tall"), _("Merknad")),
        table_rows=tuple((bar.label, figure(bar.value, unit), bar.note) for bar in series),
        summary=summary,
    )


def figure(value: float, unit: str) -> str:
    """Return «12 500 kr», «75 %», «7,5 årsverk» or the bare figure."""
    written = norsk.tall(value, decimals=0 if value == int(value) else 1)
    return f"{written}{norsk.NBSP}{unit}" if unit else written


def _scale(series: Sequence[Bar], goal: float | None) -> float:
    """Return units of the picture for each unit of the figures."""
    highest = max([bar.value for bar in series] + [goal or 0, 0])
    return (WIDTH - FIGURE_ROOM) / highest if highest else 0


def _is_short(bar: Bar, goal: float | None) -> bool:
    return goal is not None and bar.value < goal


def _row(bar: Bar, y: float, *, scale: float, unit: str, is_short: bool) -> SafeString:
    length = max(bar.value * scale, 2)
    words = figure(bar.value, unit)
    name = letters.clip(bar.label, size=SIZE, room=WIDTH - 10)
    return svg.join(
        (
            svg.text(name, 0, y + 16, size=SIZE),
            _note(bar, name, y),
            _stroke(y + 24, length, is_short=is_short),
            svg.text(
                words, WIDTH, y + 24 + BAR_HEIGHT - 3, size=SIZE, font_weight=600, text_anchor="end"
            ),
        )
    )


def _note(bar: Bar, name: str, y: float) -> SafeString:
    if not bar.note:
        return svg.join(())
    x = letters.width(name, size=SIZE) + 12
    words = letters.clip(bar.note, size=14, room=max(WIDTH - x, 0))
    return svg.text(words, x, y + 16, size=14, fill=palette.MUTED)


def _stroke(y: float, length: float, *, is_short: bool) -> SafeString:
    """A filled bar; hatched where the goal is not reached, so that it is seen without colour."""
    if not is_short:
        return svg.rect(0, y, length, BAR_HEIGHT, fill=palette.ACCENT)
    return svg.join(
        (
            svg.rect(
                1,
                y,
                length - 1,
                BAR_HEIGHT,
                fill=palette.SOON_TINT,
                stroke=palette.SOON,
                stroke_width=1.5,
            ),
            svg.hatch(1, y, length - 1, BAR_HEIGHT, gap=8, stroke=palette.SOON),
        )
    )


def _goal(
    goal: float | None, *, scale: float, top: float, count: int, unit: str
) -> list[SafeString]:
    """A mark on each bar rather than one long line, so that no name is crossed out."""
    if goal is None:
        return []
    x = goal * scale
    words = _("Mål %(figure)s") % {"figure": figure(goal, unit)}
    half = letters.width(words, size=15, weight=600) / 2
    middle = min(max(x, half), WIDTH - half)
    return [
        svg.text(words, middle, 16, size=15, font_weight=600, text_anchor="middle"),
        *(_goal_mark(x, top + index * ROW + 20) for index in range(count)),
    ]


def _goal_mark(x: float, y: float) -> SafeString:
    ends = (x, y), (x, y + BAR_HEIGHT + 8)
    return svg.join(
        (
            svg.line(*ends, stroke=palette.PAPER, width=6),
            svg.line(*ends, stroke=palette.INK, width=2.5),
        )
    )


def _summary(series: Sequence[Bar], *, unit: str, goal: float | None) -> str:
    if not series:
        return _("Ingen tall ennå.")
    highest = max(series, key=lambda bar: bar.value)
    words = _("Høyest: %(label)s med %(figure)s.") % {
        "label": highest.label,
        "figure": figure(highest.value, unit),
    }
    if goal is None:
        return words
    reached = sum(not _is_short(bar, goal) for bar in series)
    return (
        words
        + " "
        + _("%(reached)d av %(count)d når målet på %(goal)s.")
        % {
            "reached": reached,
            "count": len(series),
            "goal": figure(goal, unit),
        }
    )
