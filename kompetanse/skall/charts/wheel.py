"""The year wheel: twelve months in a ring, each duty at its date with number, state and label."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kompetanse.skall import norsk
from kompetanse.skall.charts import letters, palette, svg
from kompetanse.skall.charts.chart import Chart

WIDTH = 1040
HEIGHT = 580  # at least; more when many labels stand under each other
HUB, QUARTERS, MONTHS, TRACK = (0, 104), (108, 138), (142, 192), (196, 240)
MARKER = 17  # radius
LABEL_EDGE = TRACK[1] + 34  # from the centre to the labels' badges
LABEL_SIZE, SMALL_SIZE, LINE_HEIGHT, LABEL_GAP = 16, 14, 20, 16
LABEL_ROOM = WIDTH / 2 - LABEL_EDGE - 38


class State(Enum):
    """How a duty stands. Said by word, shape and colour, so that any one of them is enough."""

    DONE = "done"
    SOON = "soon"
    LATE = "late"
    COMING = "coming"

    @property
    def label(self) -> str:
        return str(_WORDS[self])

    @property
    def colour(self) -> str:
        return _COLOURS[self]


_WORDS: dict[State, str | Promise] = {
    State.DONE: gettext_lazy("Gjort"),
    State.SOON: gettext_lazy("Frist nær"),
    State.LATE: gettext_lazy("Over fristen"),
    State.COMING: gettext_lazy("Kommer"),
}
_COLOURS = {
    State.DONE: palette.DONE,
    State.SOON: palette.SOON,
    State.LATE: palette.LATE,
    State.COMING: palette.COMING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A duty on the wheel: on one day, or from `on` to and including `until`."""

    label: str
    on: date
    state: State
    until: date | None = None
    who: str = ""

    @property
    def when(self) -> str:
        """«15. oktober 2026», «mars 2027» for a whole month, or both days of a period."""
        if self.until is None or self.until == self.on:
            return norsk.langdato(self.on)
        if _is_whole_month(self.on, self.until):
            return f"{norsk.MONTHS[self.on.month - 1]} {self.on.year}"
        first = f"{self.on.day}. {norsk.MONTHS[self.on.month - 1]}"
        return f"{first} – {norsk.langdato(self.until)}"

    @property
    def when_briefly(self) -> str:
        """As `when`, with the months of a period cut to three letters."""
        if self.until is None or " – " not in self.when:
            return self.when
        first, last = (norsk.MONTHS[day.month - 1][:3] for day in (self.on, self.until))
        return f"{self.on.day}. {first}. – {self.until.day}. {last}. {self.until.year}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """A numbered segment with the angle of its date and of its marker, degrees from the top."""

    number: int
    segment: Segment
    angle: float
    marker: float

    @property
    def is_right(self) -> bool:
        return self.marker < 180  # noqa: PLR2004


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    """The words of one segment beside the wheel. `top` is the upper edge."""

    placed: _Placed
    lines: tuple[str, ...]
    top: float

    @property
    def height(self) -> float:
        return _label_height(self.lines)


def wheel(segments: Sequence[Segment], *, today: date, title: str) -> Chart:
    """Return the year's duties in a ring, January at the top, and as a numbered list.

    A wheel of any twelve months: only day and month decide the place, the labels say the year.
    """
    placed = _place(sorted(segments, key=lambda each: (each.on, each.until or each.on)))
    sides = [_column(placed, right=right) for right in (False, True)]
    height = max(HEIGHT, *(_needed(side) for side in sides))
    labels = [label for side in sides for label in _spread(side, height=height)]
    summary = _summary(placed)
    return Chart(
        title=title,
        kind="wheel",
        svg=_draw(placed, labels, today=today, height=height, title=title, summary=summary),
        table_headings=(_("Nr."), _("Oppgave"), _("Når"), _("Ansvarlig"), _("Status")),
        table_rows=tuple(_row(each) for each in placed),
        summary=summary,
    )


def angle_of(day: date) -> float:
    """Return the day's place in degrees from the top; every month has 30."""
    days = calendar.monthrange(day.year, day.month)[1]
    return (day.month - 1) * 30 + (day.day - 0.5) / days * 30


# ------------------------------------------------------------------ placing


def _place(segments: Sequence[Segment]) -> list[_Placed]:
    angles = [_middle(each) for each in segments]
    order = sorted(range(len(angles)), key=lambda index: angles[index])
    spread = _apart([angles[index] for index in order], gap=_gap(len(angles)))
    markers = dict(zip(order, spread, strict=True))
    return [
        _Placed(number=index + 1, segment=each, angle=angles[index], marker=markers[index] % 360)
        for index, each in enumerate(segments)
    ]


def _middle(segment: Segment) -> float:
    start = angle_of(segment.on)
    end = angle_of(segment.until or segment.on)
    return (start + (end - start) % 360 / 2) % 360


def _gap(count: int) -> float:
    """Return the least angle between two markers: their width, or an equal share when crowded."""
    return min(2 * MARKER + 4, 6.2 * (sum(TRACK) / 2) / max(count, 1)) / (sum(TRACK) / 2) * 57.3


def _apart(angles: list[float], *, gap: float) -> list[float]:
    """Push sorted angles from each other until `gap` lies between all, over the new year too."""
    moved = list(angles)
    for _round in range(200):
        pairs = [*pairwise(range(len(moved))), *([(len(moved) - 1, 0)] if len(moved) > 1 else [])]
        pushed = False
        for first, second in pairs:
            turn = 360 if second < first else 0
            lack = gap - (moved[second] + turn - moved[first])
            if lack > 0.01:  # noqa: PLR2004
                moved[first] -= lack / 2
                moved[second] += lack / 2
                pushed = True
        if not pushed:
            break
    return moved


def _column(placed: Sequence[_Placed], *, right: bool) -> list[_Label]:
    """Return one side's labels from top to bottom, each at the height of its marker."""
    here = [each for each in placed if each.is_right is right]
    here.sort(key=lambda each: svg.polar((0, 0), 1, each.marker)[1])
    return [_label(each) for each in here]


def _label(placed: _Placed) -> _Label:
    lines = letters.wrap(
        placed.segment.label, size=LABEL_SIZE, room=LABEL_ROOM, lines=3, weight=600
    )
    middle = svg.polar((0, 0), TRACK[1] + 40, placed.marker)[1]
    return _Label(placed=placed, lines=tuple(lines), top=middle - _label_height(lines) / 2)


def _label_height(lines: Sequence[str]) -> float:
    return len(lines) * LINE_HEIGHT + 2 * (LINE_HEIGHT - 1)


def _needed(column: Sequence[_Label]) -> float:
    return sum(label.height + LABEL_GAP for label in column) + 2 * LABEL_GAP


def _spread(column: Sequence[_Label], *, height: float) -> list[_Label]:
    """Move labels as little as possible until none covers another and all are in the picture.

    Each label's place is measured without the labels above it; those that stand in the wrong
    order then share their mean (isotonic regression by pooling adjacent violators).
    """
    above = [
        sum(label.height + LABEL_GAP for label in column[:index]) for index in range(len(column))
    ]
    wanted = [label.top + height / 2 - skip for label, skip in zip(column, above, strict=True)]
    last = height - LABEL_GAP - sum(label.height + LABEL_GAP for label in column) + LABEL_GAP
    return [
        replace(label, top=min(max(place, LABEL_GAP), last) + skip)
        for label, place, skip in zip(column, _ascending(wanted), above, strict=True)
    ]


def _ascending(values: Sequence[float]) -> list[float]:
    pools: list[tuple[float, int]] = []
    for value in values:
        mean, count = value, 1
        while pools and pools[-1][0] > mean:
            before, size = pools.pop()
            mean = (before * size + mean * count) / (size + count)
            count += size
        pools.append((mean, count))
    return [mean for mean, count in pools for _each in range(count)]


# ------------------------------------------------------------------ drawing


def _draw(
    placed: Sequence[_Placed],
    labels: Sequence[_Label],
    *,
    today: date,
    height: float,
    title: str,
    summary: str,
) -> SafeString:
    centre = (WIDTH / 2, height / 2)
    return svg.picture(
        _quarters(centre),
        _months(centre, today=today),
        svg.sector(centre, *TRACK, 0, 180, fill=palette.FAINT),
        svg.sector(centre, *TRACK, 180, 360, fill=palette.FAINT),
        *(_period(centre, each) for each in placed),
        _today(centre, today),
        *(_leader(centre, label) for label in labels),
        *(_marker(svg.polar(centre, sum(TRACK) / 2, each.marker), each) for each in placed),
        *(_words(centre, label) for label in labels),
        _hub(centre, placed, today=today),
        width=WIDTH,
        height=height,
        title=title,
        summary=summary,
        kind="wheel",
    )


def _quarters(centre: svg.Point) -> SafeString:
    return svg.join(
        svg.join(
            (
                svg.sector(
                    centre,
                    *QUARTERS,
                    number * 90,
                    number * 90 + 90,
                    fill=palette.ACCENT_PALE,
                    stroke=palette.PAPER,
                    stroke_width=2,
                ),
                _around(
                    _("%(number)d. kvartal") % {"number": number + 1},
                    centre,
                    QUARTERS,
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
                *MONTHS,
                start,
                start + 30,
                fill=palette.ACCENT_DARK if is_now else palette.ACCENT_TINT,
                stroke=palette.PAPER,
                stroke_width=2,
            ),
            _around(
                norsk.MONTHS[number],
                centre,
                MONTHS,
                start + 15,
                size=16,
                weight=600,
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
    fill: str,
    weight: int = 400,
) -> SafeString:
    """Straight text turned along the ring, never upside down."""
    is_upper = degrees < 90 or degrees > 270  # noqa: PLR2004
    lift = 0.36 * size * (-1 if is_upper else 1)
    x, y = svg.polar(centre, sum(ring) / 2 + lift, degrees)
    turn = degrees if is_upper else degrees - 180
    return svg.text(words, x, y, size=size, weight=weight, anchor="middle", fill=fill, turn=turn)


def _period(centre: svg.Point, placed: _Placed) -> SafeString:
    """The days of a duty on the track: an arc for a period, a tick for one day."""
    segment = placed.segment
    start = angle_of(segment.on)
    length = max((angle_of(segment.until or segment.on) - start) % 360, 1.2)
    middle = sum(TRACK) / 2
    return svg.sector(
        centre, middle - 5, middle + 5, start, start + length, fill=segment.state.colour
    )


def _today(centre: svg.Point, today: date) -> SafeString:
    """A hand from the hub, and a line over the track that the month's name is not crossed by."""
    degrees = angle_of(today)
    inner, outer = (svg.polar(centre, radius, degrees) for radius in (TRACK[0], TRACK[1] + 4))
    tip = svg.polar(centre, QUARTERS[1] + 2, degrees)
    base = (svg.polar(centre, HUB[1] - 2, degrees + side) for side in (-3.5, 3.5))
    return svg.join(
        (
            svg.line(inner, outer, stroke=palette.PAPER, width=7),
            svg.line(inner, outer, stroke=palette.INK, width=3),
            svg.path((tip, *base), closed=True, fill=palette.INK),
        )
    )


def _leader(centre: svg.Point, label: _Label) -> SafeString:
    """A thin line from the marker, out of the ring, to the label's badge."""
    side = 1 if label.placed.is_right else -1
    near = svg.polar(centre, sum(TRACK) / 2, label.placed.marker)
    out = svg.polar(centre, TRACK[1] + 8, label.placed.marker)
    far = (centre[0] + side * (LABEL_EDGE - 6), _badge_height(label))
    return svg.path((near, out, far), stroke=palette.MUTED, stroke_width=1.2, fill="none")


def _badge_height(label: _Label) -> float:
    return label.top + LINE_HEIGHT * 0.55


def _marker(at: svg.Point, placed: _Placed, *, radius: float = MARKER) -> SafeString:
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
                weight=700,
                anchor="middle",
                fill=state.colour if is_open else palette.PAPER,
            ),
        )
    )


def _shape(at: svg.Point, state: State, *, radius: float, fill: str) -> SafeString:
    """Circle: done (filled) or coming (open). Square: soon. Diamond: late."""
    x, y = at
    edge = {"fill": fill, "stroke": state.colour if state is State.COMING else palette.PAPER}
    if state is State.LATE:
        tip = radius * 1.3
        corners = ((x, y - tip), (x + tip, y), (x, y + tip), (x - tip, y))
        return svg.path(corners, closed=True, stroke_width=2, **edge)
    if state is State.SOON:
        side = radius * 1.85
        return svg.rect(x - side / 2, y - side / 2, side, side, rx=3, stroke_width=2, **edge)
    return svg.tag("circle", cx=x, cy=y, r=radius, stroke_width=2.5, **edge)


def _words(centre: svg.Point, label: _Label) -> SafeString:
    """Badge, label, date and state, read away from the wheel on both sides."""
    side = 1 if label.placed.is_right else -1
    anchor = "start" if label.placed.is_right else "end"
    badge = (centre[0] + side * (LABEL_EDGE + 8), _badge_height(label))
    x = centre[0] + side * (LABEL_EDGE + 30)
    baseline = label.top + LINE_HEIGHT * 0.8
    lines = [
        svg.text(words, x, baseline + row * LINE_HEIGHT, size=LABEL_SIZE, weight=600, anchor=anchor)
        for row, words in enumerate(label.lines)
    ]
    below = baseline + len(label.lines) * LINE_HEIGHT
    when = letters.clip(label.placed.segment.when_briefly, size=SMALL_SIZE, room=LABEL_ROOM)
    return svg.join(
        (
            _marker(badge, label.placed, radius=12),
            *lines,
            svg.text(when, x, below, size=SMALL_SIZE, anchor=anchor, fill=palette.MUTED),
            _state(x, below + LINE_HEIGHT - 1, label.placed, side=side),
        )
    )


def _state(x: float, y: float, placed: _Placed, *, side: int) -> SafeString:
    state = placed.segment.state
    symbol = (x + side * 6, y - 4.5)
    return svg.join(
        (
            _symbol(symbol, state),
            svg.text(
                state.label,
                x + side * 19,
                y,
                size=SMALL_SIZE,
                weight=600,
                anchor="start" if side > 0 else "end",
                fill=state.colour,
            ),
        )
    )


def _symbol(at: svg.Point, state: State) -> SafeString:
    """A tick, an exclamation mark, a clock or an arrow; drawn, so that no font must have it."""
    x, y = at
    look = {"stroke": state.colour, "stroke_width": 2.2, "fill": "none", "stroke_linecap": "round"}
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


def _hub(centre: svg.Point, placed: Sequence[_Placed], *, today: date) -> SafeString:
    x, y = centre
    done = sum(each.segment.state is State.DONE for each in placed)
    return svg.join(
        (
            svg.text(
                str(done), x, y - 6, size=52, weight=700, anchor="middle", fill=palette.ACCENT_DARK
            ),
            svg.text(
                _("av %(count)d gjort") % {"count": len(placed)},
                x,
                y + 20,
                size=16,
                weight=600,
                anchor="middle",
            ),
            svg.text(
                _("I dag %(day)s") % {"day": f"{today.day}. {norsk.MONTHS[today.month - 1]}"},
                x,
                y + 48,
                size=14,
                anchor="middle",
                fill=palette.MUTED,
            ),
        )
    )


# ------------------------------------------------------------------ words


def _row(placed: _Placed) -> tuple[str, ...]:
    segment = placed.segment
    return str(placed.number), segment.label, segment.when, segment.who, segment.state.label


def _summary(placed: Sequence[_Placed]) -> str:
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


def _is_whole_month(first: date, last: date) -> bool:
    days = calendar.monthrange(first.year, first.month)[1]
    return (first.year, first.month, 1, days) == (last.year, last.month, first.day, last.day)
