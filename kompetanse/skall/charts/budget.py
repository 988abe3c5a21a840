"""The frame of a round as one bar: decided, proposed, and what is left or too much."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kompetanse.skall import norsk
from kompetanse.skall.charts import letters, palette, svg
from kompetanse.skall.charts.chart import Chart

WIDTH, HEIGHT = 640, 142
BAR = (44, 34)  # top, height
EDGE = 2  # room for the outline


def budget_bar(*, used: int, frame: int, draft: int = 0, title: str = "") -> Chart:
    """Return how much of `frame` is `used` (decided) and proposed (`draft`), all in NOK."""
    title = title or _("Rammen for runden")
    left = frame - used - draft
    parts = [
        (_("Ramme"), frame),
        (_("Vedtatt"), used),
        (_("Foreslått"), draft),
        (_("Igjen") if left >= 0 else _("Over rammen"), abs(left)),
    ]
    summary = _summary(frame=frame, used=used, draft=draft)
    picture = svg.picture(
        *_bar(used=used, frame=frame, draft=draft),
        *_legend(parts[1:], is_over=left < 0),
        width=WIDTH,
        height=HEIGHT,
        title=title,
        summary=summary,
        kind="budget",
    )
    return Chart(
        title=title,
        kind="budget",
        svg=picture,
        table_headings=(_("Post"), _("Beløp")),
        table_rows=tuple((name, norsk.kroner(amount)) for name, amount in parts),
        summary=summary,
    )


def _bar(*, used: int, frame: int, draft: int) -> list[SafeString]:
    scale = (WIDTH - 2 * EDGE) / max(frame, used + draft, 1)
    limit = EDGE + frame * scale
    top, height = BAR
    decided, proposed = used * scale, draft * scale
    return [
        svg.rect(
            EDGE,
            top,
            frame * scale,
            height,
            fill=palette.PAPER,
            stroke=palette.MUTED,
            stroke_width=1.5,
        ),
        svg.rect(EDGE, top, decided, height, fill=palette.ACCENT),
        _proposed(EDGE + decided, proposed),
        _over(limit, EDGE + decided + proposed),
        svg.line((limit, top - 10), (limit, top + height + 8), stroke=palette.INK, width=3),
        _limit_label(limit, frame),
    ]


def _proposed(x: float, width: float) -> SafeString:
    top, height = BAR
    return svg.join(
        (
            svg.rect(
                x,
                top,
                width,
                height,
                fill=palette.ACCENT_TINT,
                stroke=palette.ACCENT,
                stroke_width=1.5,
            ),
            svg.hatch(x, top, width, height, gap=9, stroke=palette.ACCENT),
        )
    )


def _over(limit: float, end: float) -> SafeString:
    """What stands outside the frame, hatched closer and in another direction of light."""
    if end <= limit + 0.5:
        return svg.join(())
    top, height = BAR
    return svg.join(
        (
            svg.rect(
                limit,
                top,
                end - limit,
                height,
                fill=palette.LATE_TINT,
                stroke=palette.LATE,
                stroke_width=2,
            ),
            svg.hatch(limit, top, end - limit, height, gap=5, stroke=palette.LATE),
        )
    )


def _limit_label(limit: float, frame: int) -> SafeString:
    words = _("Ramme %(amount)s") % {"amount": norsk.kroner(frame)}
    half = letters.width(words, size=18, weight=600) / 2
    x = min(max(limit, half), WIDTH - half - EDGE)
    return svg.text(words, x, 22, size=18, font_weight=600, text_anchor="middle")


def _legend(parts: list[tuple[str, int]], *, is_over: bool) -> list[SafeString]:
    column = WIDTH / len(parts)
    drawn = []
    for index, (name, amount) in enumerate(parts):
        x = index * column
        is_rest = index == len(parts) - 1
        colour = palette.LATE if is_rest and is_over else palette.INK
        drawn += [
            _swatch(x + EDGE, 96, index, is_over=is_over),
            svg.text(
                name, x + 34, 111, size=17, fill=palette.MUTED if colour == palette.INK else colour
            ),
            svg.text(norsk.kroner(amount), x + 34, 133, size=20, font_weight=600, fill=colour),
        ]
    return drawn


def _swatch(x: float, y: float, index: int, *, is_over: bool) -> SafeString:
    if index == 0:
        return svg.rect(x, y, 24, 18, fill=palette.ACCENT)
    colour = palette.LATE if index == 2 and is_over else palette.ACCENT  # noqa: PLR2004
    if index == 1 or is_over:
        tint = palette.LATE_TINT if colour == palette.LATE else palette.ACCENT_TINT
        frame = svg.rect(x, y, 24, 18, fill=tint, stroke=colour, stroke_width=1.5)
        return svg.join(
            (frame, svg.hatch(x, y, 24, 18, gap=5 if is_over and index else 9, stroke=colour))
        )
    return svg.rect(x, y, 24, 18, fill=palette.PAPER, stroke=palette.MUTED, stroke_width=1.5)


def _summary(*, frame: int, used: int, draft: int) -> str:
    left = frame - used - draft
    amounts = {
        "frame": norsk.kroner(frame),
        "used": norsk.kroner(used),
        "draft": norsk.kroner(draft),
        "left": norsk.kroner(abs(left)),
    }
    start = _("Ramme %(frame)s. Vedtatt %(used)s. Foreslått %(draft)s.") % amounts
    end = _("Igjen %(left)s.") if left >= 0 else _("Over rammen med %(left)s.")
    return f"{start} {end % amounts}"
