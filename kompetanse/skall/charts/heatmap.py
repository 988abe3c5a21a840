"""A table of lack by unit and competence: figure and word in each cell, darker the larger."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kompetanse.skall.charts import letters, palette, svg
from kompetanse.skall.charts.chart import Chart

ROWS_ROOM = 230  # for the names of the rows
CELL = (68, 48)
STRIP = 9  # the hatched left edge of a cell
NAME_SIZE, NUMBER_SIZE, WORD_SIZE = 15, 18, 12
HEADING_ROOM = 190  # the longest name of a column
SLANT = 50  # degrees
LEGEND = (650, 54)  # width, height


class Level(Enum):
    """How large a lack is beside what is required. The shares are the product's own choice."""

    MET = "met"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"

    @property
    def label(self) -> str:
        return str(_WORDS[self])


_WORDS: dict[Level, str | Promise] = {
    Level.MET: gettext_lazy("dekket"),
    Level.SMALL: gettext_lazy("lite"),
    Level.MEDIUM: gettext_lazy("noe"),
    Level.LARGE: gettext_lazy("stort"),
}
FILLS = {
    Level.MET: palette.PAPER,
    Level.SMALL: palette.ACCENT_TINT,
    Level.MEDIUM: "#99c0e3",
    Level.LARGE: palette.ACCENT_DARK,
}
_MEDIUM_FROM, _LARGE_FROM = 0.25, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How many who lack a competence, of how many who must have it."""

    lack: int
    need: int

    @property
    def level(self) -> Level:
        if self.lack <= 0:
            return Level.MET
        share = self.lack / max(self.need, 1)
        if share >= _LARGE_FROM:
            return Level.LARGE
        return Level.MEDIUM if share >= _MEDIUM_FROM else Level.SMALL


def heatmap(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[Cell | None]],
    *,
    title: str,
) -> Chart:
    """Return the lack of each row in each column; None where nothing is required.

    At most some fifteen columns are readable on paper.
    """
    summary = _summary(rows, columns, cells)
    top = _heading_height(columns)
    width = max(ROWS_ROOM + len(columns) * CELL[0] + _overhang(columns), LEGEND[0])
    height = top + len(rows) * CELL[1] + LEGEND[1]
    picture = svg.picture(
        *(_heading(name, index, top=top) for index, name in enumerate(columns)),
        *(_row_name(name, index, top=top) for index, name in enumerate(rows)),
        *(_cells(row, index, top=top) for index, row in enumerate(cells)),
        _legend(top + len(rows) * CELL[1] + 20),
        width=width,
        height=height,
        title=title,
        summary=summary,
        kind="heatmap",
    )
    return Chart(
        title=title,
        kind="heatmap",
        svg=picture,
        table_headings=(_("Enhet"), *columns),
        table_rows=tuple(
            (name, *map(_in_words, row)) for name, row in zip(rows, cells, strict=True)
        ),
        summary=summary,
    )


def _heading_height(columns: Sequence[str]) -> float:
    """Return the height that the longest slanting name takes: sin 50° of its length."""
    longest = max((letters.width(_short(name), size=NAME_SIZE) for name in columns), default=0)
    return longest * 0.77 + 26


def _overhang(columns: Sequence[str]) -> float:
    """Return how far the last name leans out over the right edge: cos 50° of its length."""
    last = letters.width(_short(columns[-1]), size=NAME_SIZE) if columns else 0
    return max(16, last * 0.65 - CELL[0] / 2 + 16)


def _short(name: str) -> str:
    return letters.clip(name, size=NAME_SIZE, room=HEADING_ROOM)


def _heading(name: str, index: int, *, top: float) -> SafeString:
    x = ROWS_ROOM + (index + 0.5) * CELL[0]
    return svg.text(_short(name), x, top - 10, size=NAME_SIZE, turn=-SLANT)


def _row_name(name: str, index: int, *, top: float) -> SafeString:
    lines = letters.wrap(name, size=NAME_SIZE, room=ROWS_ROOM - 20, lines=2)
    middle = top + (index + 0.5) * CELL[1] + 5 - (len(lines) - 1) * 9
    return svg.join(
        svg.text(words, ROWS_ROOM - 12, middle + row * 18, size=NAME_SIZE, text_anchor="end")
        for row, words in enumerate(lines)
    )


def _cells(row: Sequence[Cell | None], index: int, *, top: float) -> SafeString:
    y = top + index * CELL[1]
    return svg.join(_cell(cell, ROWS_ROOM + place * CELL[0], y) for place, cell in enumerate(row))


def _cell(cell: Cell | None, x: float, y: float) -> SafeString:
    middle = x + (CELL[0] + STRIP) / 2
    if cell is None:
        dash = svg.text(
            "–", x + CELL[0] / 2, y + 29, size=NUMBER_SIZE, text_anchor="middle", fill=palette.MUTED
        )
        return svg.join((_box(x, y, fill=palette.FAINT), dash))
    ink = palette.PAPER if cell.level is Level.LARGE else palette.INK
    return svg.join(
        (
            _box(x, y, fill=FILLS[cell.level]),
            _strip(x, y, CELL[1], cell.level),
            svg.text(
                str(cell.lack),
                middle,
                y + 23,
                size=NUMBER_SIZE,
                font_weight=600,
                text_anchor="middle",
                fill=ink,
            ),
            svg.text(
                cell.level.label, middle, y + 39, size=WORD_SIZE, text_anchor="middle", fill=ink
            ),
        )
    )


def _box(x: float, y: float, *, fill: str) -> SafeString:
    return svg.rect(x, y, *CELL, fill=fill, stroke=palette.MUTED, stroke_width=0.8)


def _strip(x: float, y: float, height: float, level: Level) -> SafeString:
    """The edge that tells the levels apart without colour: none, few lines, many lines, filled."""
    if level is Level.MET:
        return svg.join(())
    if level is Level.LARGE:
        return svg.rect(x, y, STRIP, height, fill=palette.INK)
    gap = 12 if level is Level.SMALL else 5
    return svg.join(
        (
            svg.rect(
                x, y, STRIP, height, fill=palette.PAPER, stroke=palette.MUTED, stroke_width=0.8
            ),
            svg.hatch(x, y, STRIP, height, gap=gap, stroke=palette.INK),
        )
    )


def _legend(y: float) -> SafeString:
    texts = (
        (Level.MET, _("dekket")),
        (Level.SMALL, _("lite: under 25 % av kravet")),
        (Level.MEDIUM, _("noe: 25 til 50 %")),
        (Level.LARGE, _("stort: 50 % eller mer")),
    )
    parts, x = [], 12.0
    for level, words in texts:
        parts += [
            svg.rect(x, y, 26, 18, fill=FILLS[level], stroke=palette.MUTED, stroke_width=0.8),
            _strip(x, y, 18, level),
            svg.text(words, x + 33, y + 14, size=13, fill=palette.MUTED),
        ]
        x += 33 + letters.width(words, size=13) + 20
    return svg.join(parts)


def _in_words(cell: Cell | None) -> str:
    if cell is None:
        return _("ikke krav")
    return _("%(lack)d av %(need)d, %(level)s") % {
        "lack": cell.lack,
        "need": cell.need,
        "level": cell.level.label,
    }


def _summary(
    rows: Sequence[str], columns: Sequence[str], cells: Sequence[Sequence[Cell | None]]
) -> str:
    lacks = [
        (cell.lack, unit, competence)
        for unit, row in zip(rows, cells, strict=True)
        for competence, cell in zip(columns, row, strict=True)
        if cell is not None and cell.lack > 0
    ]
    if not lacks:
        return _("Alle krav er dekket.")
    count, unit, competence = max(lacks, key=lambda each: each[0])
    start = ngettext("%(n)d krav er ikke dekket.", "%(n)d krav er ikke dekket.", len(lacks)) % {
        "n": len(lacks)
    }
    most = _("Størst er mangelen på %(competence)s i %(unit)s: %(count)d.") % {
        "competence": competence,
        "unit": unit,
        "count": count,
    }
    return f"{start} {most}"
