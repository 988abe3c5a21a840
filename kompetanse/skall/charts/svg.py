"""SVG as text: escaped, without style, script, link or id, so that a strict CSP lets it through."""

import math
from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from kompetanse.skall.charts import palette

Point = tuple[float, float]
Value = str | float | int | None

# No space after the commas: WeasyPrint reads the names as they stand.
FONTS = "Inter,DejaVu Sans,sans-serif"


def tag(name: str, *children: SafeString | str, **attributes: Value) -> SafeString:
    """Return an element. `stroke_width=2` becomes stroke-width="2"; None is left out."""
    written = format_html_join(
        "",
        ' {}="{}"',
        (
            (key.rstrip("_").replace("_", "-"), _number(value))
            for key, value in attributes.items()
            if value is not None
        ),
    )
    # The name is a word of this package, never of a user.
    return format_html("<{0}{1}>{2}</{0}>", mark_safe(name), written, join(children))  # noqa: S308


def join(parts: Iterable[SafeString | str]) -> SafeString:
    """Return the parts in a row, each escaped unless it is safe already."""
    return format_html_join("", "{}", ((part,) for part in parts))


def picture(
    *parts: SafeString, width: float, height: float, title: str, summary: str, kind: str
) -> SafeString:
    """Return the whole <svg>: scales to the width it gets, is read aloud as title and summary.

    The title element is the picture's alternative text in the PDF.
    """
    return tag(
        "svg",
        tag("title", title),
        tag("desc", summary),
        tag("rect", width=width, height=height, fill=palette.PAPER),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_number(width)} {_number(height)}",
        class_=f"chart__picture chart__picture--{kind}",
        role="img",
        aria_label=f"{title}. {summary}",
        font_family=FONTS,
        fill=palette.INK,
    )


def text(
    words: str, x: float, y: float, *, size: float, turn: float = 0, **look: Value
) -> SafeString:
    """Return a line of text whose baseline begins (or has its middle or end) at x, y.

    `turn` is degrees clockwise about that point. `look` is text_anchor, font_weight and fill.
    """
    turned = f"rotate({_number(turn)} {_number(x)} {_number(y)})" if turn else None
    return tag("text", words, x=x, y=y, font_size=size, transform=turned, **look)


def line(
    start: Point, end: Point, *, stroke: str = palette.RULE, width: float = 1, **more: Value
) -> SafeString:
    """Return a straight line."""
    return tag(
        "line",
        x1=start[0],
        y1=start[1],
        x2=end[0],
        y2=end[1],
        stroke=stroke,
        stroke_width=width,
        **more,
    )


def rect(
    x: float, y: float, width: float, height: float, *, fill: str, **more: Value
) -> SafeString:
    """Return a rectangle from its upper left corner."""
    return tag("rect", x=x, y=y, width=max(width, 0), height=max(height, 0), fill=fill, **more)


def path(points: Iterable[Point], **more: Value) -> SafeString:
    """Return straight lines through the points."""
    return tag("path", d=_steps(points), **more)


def shape(points: Iterable[Point], **more: Value) -> SafeString:
    """Return the closed shape whose corners are the points."""
    return tag("path", d=f"{_steps(points)}Z", **more)


def _steps(points: Iterable[Point]) -> str:
    return "M" + " L".join(f"{_number(x)} {_number(y)}" for x, y in points)


def polar(centre: Point, radius: float, degrees: float) -> Point:
    """Return the point at `degrees` clockwise from the top of a circle."""
    angle = math.radians(degrees - 90)
    return centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)


def sector(
    centre: Point, inner: float, outer: float, start: float, end: float, **more: Value
) -> SafeString:
    """Return the part of a ring between two radii and two angles in degrees from the top."""
    large = 1 if end - start > 180 else 0  # noqa: PLR2004
    corners = (
        polar(centre, outer, start),
        polar(centre, outer, end),
        polar(centre, inner, end),
        polar(centre, inner, start),
    )
    a, b, c, d = (f"{_number(x)} {_number(y)}" for x, y in corners)
    far, near = _number(outer), _number(inner)
    return tag(
        "path", d=f"M{a}A{far} {far} 0 {large} 1 {b}L{c}A{near} {near} 0 {large} 0 {d}Z", **more
    )


def hatch(
    x: float, y: float, width: float, height: float, *, gap: float, stroke: str
) -> SafeString:
    """Return diagonal lines over a rectangle; the smaller the gap, the darker it prints."""
    strokes = []
    offset = gap
    while offset < width + height:
        start = (x + max(0, offset - height), y + min(offset, height))
        end = (x + min(offset, width), y + max(0, offset - width))
        strokes.append(
            f"M{_number(start[0])} {_number(start[1])}L{_number(end[0])} {_number(end[1])}"
        )
        offset += gap
    return tag("path", d="".join(strokes), stroke=stroke, stroke_width=1.5, fill="none")


def _number(value: Value) -> str:
    """Write a number with at most two decimals and a full stop, as SVG wants it."""
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)
