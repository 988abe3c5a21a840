"""The year wheel: twelve months in a ring, each duty at its date with number, state and label."""

from collections.abc import Sequence
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.skall import norsk
from kompetanse.skall.charts import letters, palette, placing, ring, svg
from kompetanse.skall.charts.chart import Chart
from kompetanse.skall.charts.placing import Label, Placed, angle_of
from kompetanse.skall.charts.segments import Segment, State


def wheel(segments: Sequence[Segment], *, today: date, title: str) -> Chart:
    """Return the year's duties in a ring, January at the top, and as a numbered list.

    A wheel of any twelve months: only day and month decide the place, the labels say the year.
    """
    placed = placing.place(sorted(segments, key=lambda each: (each.on, each.until or each.on)))
    sides = [placing.column(placed, right=right) for right in (False, True)]
    height = max(placing.HEIGHT, *(placing.needed(side) for side in sides))
    labels = [label for side in sides for label in placing.spread(side, height=height)]
    summary = _summary(placed)
    return Chart(
        title=title,
        kind="wheel",
        svg=_draw(placed, labels, today=today, height=height, title=title, summary=summary),
        table_headings=(_("Nr."), _("Oppgave"), _("Når"), _("Ansvarlig"), _("Status")),
        table_rows=tuple(_row(each) for each in placed),
        summary=summary,
    )


def _draw(
    placed: Sequence[Placed],
    labels: Sequence[Label],
    *,
    today: date,
    height: float,
    title: str,
    summary: str,
) -> SafeString:
    centre = (placing.WIDTH / 2, height / 2)
    return svg.picture(
        ring.year(centre, today=today),
        *(_period(centre, each) for each in placed),
        ring.hand(centre, today),
        *(_leader(centre, label) for label in labels),
        *(_marker(svg.polar(centre, sum(placing.TRACK) / 2, each.marker), each) for each in placed),
        *(_words(centre, label) for label in labels),
        _hub(centre, placed, today=today),
        width=placing.WIDTH,
        height=height,
        title=title,
        summary=summary,
        kind="wheel",
    )


def _period(centre: svg.Point, placed: Placed) -> SafeString:
    """The days of a duty on the track: an arc for a period, a tick for one day."""
    segment = placed.segment
    start = angle_of(segment.on)
    length = max((angle_of(segment.until or segment.on) - start) % 360, 1.2)
    middle = sum(placing.TRACK) / 2
    return svg.sector(
        centre, middle - 5, middle + 5, start, start + length, fill=segment.state.colour
    )


def _leader(centre: svg.Point, label: Label) -> SafeString:
    """A thin line from the marker, out of the ring, to the label's badge."""
    side = 1 if label.placed.is_right else -1
    near = svg.polar(centre, sum(placing.TRACK) / 2, label.placed.marker)
    out = svg.polar(centre, placing.TRACK[1] + 8, label.placed.marker)
    far = (centre[0] + side * (placing.LABEL_EDGE - 6), _badge_height(label))
    return svg.path((near, out, far), stroke=palette.MUTED, stroke_width=1.2, fill="none")


def _badge_height(label: Label) -> float:
    return label.top + placing.LINE_HEIGHT * 0.55


def _marker(at: svg.Point, placed: Placed, *, radius: float = placing.MARKER) -> SafeString:
    """The number in the shape of its state."""
    state = placed.segment.state
    is_open = state is State.COMING
    return svg.join(
        (
            _shape(at, state, radius=radius, fill=palette.PAPER if is_open else state.colour),
            svg.text(
                str(placed.number),
                at[0],
                at[1] + 0.36 * radius,
                size=radius,
                font_weight=700,
                text_anchor="middle",
                fill=state.colour if is_open else palette.PAPER,
            ),
        )
    )


def _shape(at: svg.Point, state: State, *, radius: float, fill: str) -> SafeString:
    """Circle: done (filled) or coming (open). Square: soon. Diamond: late."""
    x, y = at
    stroke = state.colour if state is State.COMING else palette.PAPER
    if state is State.LATE:
        tip = radius * 1.3
        corners = ((x, y - tip), (x + tip, y), (x, y + tip), (x - tip, y))
        return svg.shape(corners, fill=fill, stroke=stroke, stroke_width=2)
    if state is State.SOON:
        side = radius * 1.85
        corner = (x - side / 2, y - side / 2)
        return svg.rect(*corner, side, side, fill=fill, stroke=stroke, stroke_width=2, rx=3)
    return svg.tag("circle", cx=x, cy=y, r=radius, fill=fill, stroke=stroke, stroke_width=2.5)


def _words(centre: svg.Point, label: Label) -> SafeString:
    """Badge, label, date and state, read away from the wheel on both sides."""
    side = 1 if label.placed.is_right else -1
    anchor = "start" if label.placed.is_right else "end"
    badge = (centre[0] + side * (placing.LABEL_EDGE + 8), _badge_height(label))
    x = centre[0] + side * (placing.LABEL_EDGE + 30)
    baseline = label.top + placing.LINE_HEIGHT * 0.8
    lines = [
        svg.text(
            words,
            x,
            baseline + row * placing.LINE_HEIGHT,
            size=placing.LABEL_SIZE,
            font_weight=600,
            text_anchor=anchor,
        )
        for row, words in enumerate(label.lines)
    ]
    below = baseline + len(label.lines) * placing.LINE_HEIGHT
    when = letters.clip(
        label.placed.segment.when_briefly, size=placing.SMALL_SIZE, room=placing.LABEL_ROOM
    )
    return svg.join(
        (
            _marker(badge, label.placed, radius=12),
            *lines,
            svg.text(
                when, x, below, size=placing.SMALL_SIZE, text_anchor=anchor, fill=palette.MUTED
            ),
            _state(x, below + placing.LINE_HEIGHT - 1, label.placed, side=side),
        )
    )


def _state(x: float, y: float, placed: Placed, *, side: int) -> SafeString:
    state = placed.segment.state
    symbol = (x + side * 6, y - 4.5)
    return svg.join(
        (
            _symbol(symbol, state),
            svg.text(
                state.label,
                x + side * 19,
                y,
                size=placing.SMALL_SIZE,
                font_weight=600,
                text_anchor="start" if side > 0 else "end",
                fill=state.colour,
            ),
        )
    )


def _symbol(at: svg.Point, state: State) -> SafeString:
    """A tick, an exclamation mark, a clock or an arrow; drawn, so that no font must have it."""
    x, y = at
    look: dict[str, svg.Value] = {
        "stroke": state.colour,
        "stroke_width": 2.2,
        "fill": "none",
        "stroke_linecap": "round",
    }
    if state is State.DONE:
        return svg.path(((x - 5, y), (x - 1.5, y + 4), (x + 5, y - 4.5)), **look)
    if state is State.LATE:
        dot = svg.tag("circle", cx=x, cy=y + 5, r=1.6, fill=state.colour)
        return svg.join((svg.path(((x, y - 6), (x, y + 1)), **look), dot))
    if state is State.SOON:
        face = svg.tag("circle", cx=x, cy=y, r=5.5, **look)
        return svg.join((face, svg.path(((x, y - 3), (x, y), (x + 2.4, y + 1.2)), **look)))
    return svg.path(
        ((x - 5, y), (x + 4.5, y), (x + 0.8, y - 4), (x + 4.5, y), (x + 0.8, y + 4)), **look
    )


def _hub(centre: svg.Point, placed: Sequence[Placed], *, today: date) -> SafeString:
    x, y = centre
    done = sum(each.segment.state is State.DONE for each in placed)
    return svg.join(
        (
            svg.text(
                str(done),
                x,
                y - 6,
                size=52,
                font_weight=700,
                text_anchor="middle",
                fill=palette.ACCENT_DARK,
            ),
            svg.text(
                _("av %(count)d gjort") % {"count": len(placed)},
                x,
                y + 20,
                size=16,
                font_weight=600,
                text_anchor="middle",
            ),
            svg.text(
                _("I dag %(day)s") % {"day": f"{today.day}. {norsk.MONTHS[today.month - 1]}"},
                x,
                y + 48,
                size=14,
                text_anchor="middle",
                fill=palette.MUTED,
            ),
        )
    )


def _row(placed: Placed) -> tuple[str, ...]:
    segment = placed.segment
    return str(placed.number), segment.label, segment.when, segment.who, segment.state.label


def _summary(placed: Sequence[Placed]) -> str:
    counted = [
        f"{sum(each.segment.state is state for each in placed)} {state.label.lower()}"
        for state in State
        if any(each.segment.state is state for each in placed)
    ]
    duties = ngettext("%(count)d oppgave", "%(count)d oppgaver", len(placed)) % {
        "count": len(placed)
    }
    if not counted:
        return _("Ingen oppgaver er lagt inn i året.")
    return _("%(duties)s i året: %(states)s.") % {
        "duties": duties,
        "states": norsk.oppramsing(counted),
    }
