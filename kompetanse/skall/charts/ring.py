"""The ring of the year: quarters, months, the track that duties stand on, and the hand of today."""

from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kompetanse.skall import norsk
from kompetanse.skall.charts import palette, placing, svg
from kompetanse.skall.charts.placing import angle_of


def year(centre: svg.Point, *, today: date) -> SafeString:
    """Return the ring, the month of today marked, with the two halves of the track."""
    return svg.join(
        (
            _quarters(centre),
            _months(centre, today=today),
            svg.sector(centre, *placing.TRACK, 0, 180, fill=palette.FAINT),
            svg.sector(centre, *placing.TRACK, 180, 360, fill=palette.FAINT),
        )
    )


def _quarters(centre: svg.Point) -> SafeString:
    return svg.join(
        svg.join(
            (
                svg.sector(
                    centre,
                    *placing.QUARTERS,
                    number * 90,
                    number * 90 + 90,
                    fill=palette.ACCENT_PALE,
                    stroke=palette.PAPER,
                    stroke_width=2,
                ),
                _around(
                    _("%(number)d. kvartal") % {"number": number + 1},
                    centre,
                    placing.QUARTERS,
                    number * 90 + 45,
                    size=15,
                    fill=palette.MUTED,
                ),
            )
        )
        for number in range(4)
    )


def _months(centre: svg.Point, *, today: date) -> SafeString:
    return svg.join(
        _month(centre, number, is_now=today.month == number + 1) for number in range(12)
    )


def _month(centre: svg.Point, number: int, *, is_now: bool) -> SafeString:
    start = number * 30
    return svg.join(
        (
            svg.sector(
                centre,
                *placing.MONTHS,
                start,
                start + 30,
                fill=palette.ACCENT_DARK if is_now else palette.ACCENT_TINT,
                stroke=palette.PAPER,
                stroke_width=2,
            ),
            _around(
                norsk.MONTHS[number],
                centre,
                placing.MONTHS,
                start + 15,
                size=16,
                font_weight=600,
                fill=palette.PAPER if is_now else palette.ACCENT_DARK,
            ),
        )
    )


def _around(
    words: str,
    centre: svg.Point,
    ring: tuple[float, float],
    degrees: float,
    *,
    size: float,
    **look: svg.Value,
) -> SafeString:
    """Straight text turned along the ring, never upside down."""
    is_upper = degrees < 90 or degrees > 270  # noqa: PLR2004
    lift = 0.36 * size * (-1 if is_upper else 1)
    x, y = svg.polar(centre, sum(ring) / 2 + lift, degrees)
    turn = degrees if is_upper else degrees - 180
    return svg.text(words, x, y, size=size, turn=turn, text_anchor="middle", **look)


def hand(centre: svg.Point, today: date) -> SafeString:
    """A hand from the hub, and a line over the track that the month's name is not crossed by."""
    degrees = angle_of(today)
    inner, outer = (
        svg.polar(centre, radius, degrees) for radius in (placing.TRACK[0], placing.TRACK[1] + 4)
    )
    tip = svg.polar(centre, placing.QUARTERS[1] + 2, degrees)
    base = (svg.polar(centre, placing.HUB[1] - 2, degrees + side) for side in (-3.5, 3.5))
    return svg.join(
        (
            svg.line(inner, outer, stroke=palette.PAPER, width=7),
            svg.line(inner, outer, stroke=palette.INK, width=3),
            svg.shape((tip, *base), fill=palette.INK),
        )
    )
