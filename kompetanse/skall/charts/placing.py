"""Where markers and labels of the year wheel stand, so that none covers another."""

import calendar
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from kompetanse.skall.charts import letters, svg
from kompetanse.skall.charts.segments import Segment

WIDTH = 1040
HEIGHT = 580  # at least; more when many labels stand under each other
HUB, QUARTERS, MONTHS, TRACK = (0, 104), (108, 138), (142, 192), (196, 240)
MARKER = 17  # radius
LABEL_EDGE = TRACK[1] + 34  # from the centre to the labels' badges
LABEL_SIZE, SMALL_SIZE, LINE_HEIGHT, LABEL_GAP = 16, 14, 20, 16
LABEL_ROOM = WIDTH / 2 - LABEL_EDGE - 38


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A numbered segment with the angle of its date and of its marker, degrees from the top."""

    number: int
    segment: Segment
    angle: float
    marker: float

    @property
    def is_right(self) -> bool:
        return self.marker < 180  # noqa: PLR2004


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """The words of one segment beside the wheel. `top` is the upper edge."""

    placed: Placed
    lines: tuple[str, ...]
    top: float

    @property
    def height(self) -> float:
        return _label_height(self.lines)


def angle_of(day: date) -> float:
    """Return the day's place in degrees from the top; every month has 30."""
    days = calendar.monthrange(day.year, day.month)[1]
    return (day.month - 1) * 30 + (day.day - 0.5) / days * 30


def place(segments: Sequence[Segment]) -> list[Placed]:
    """Number the segments in the order given and put their markers side by side on the track."""
    angles = [_middle(each) for each in segments]
    order = sorted(range(len(angles)), key=lambda index: angles[index])
    spread = _apart([angles[index] for index in order], gap=_gap(len(angles)))
    markers = dict(zip(order, spread, strict=True))
    return [
        Placed(number=index + 1, segment=each, angle=angles[index], marker=markers[index] % 360)
        for index, each in enumerate(segments)
    ]


def _middle(segment: Segment) -> float:
    start = angle_of(segment.on)
    end = angle_of(segment.until or segment.on)
    return (start + (end - start) % 360 / 2) % 360


def _gap(count: int) -> float:
    """Return the least angle between two markers: their width, or an equal share when crowded."""
    middle = sum(TRACK) / 2
    return min(math.degrees((2 * MARKER + 4) / middle), 355 / max(count, 1))


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


def column(placed: Sequence[Placed], *, right: bool) -> list[Label]:
    """Return one side's labels from top to bottom, each at the height of its marker."""
    here = [each for each in placed if each.is_right is right]
    here.sort(key=lambda each: svg.polar((0, 0), 1, each.marker)[1])
    return [_label(each) for each in here]


def _label(placed: Placed) -> Label:
    lines = letters.wrap(
        placed.segment.label, size=LABEL_SIZE, room=LABEL_ROOM, lines=3, weight=600
    )
    middle = svg.polar((0, 0), TRACK[1] + 40, placed.marker)[1]
    return Label(placed=placed, lines=tuple(lines), top=middle - _label_height(lines) / 2)


def _label_height(lines: Sequence[str]) -> float:
    return len(lines) * LINE_HEIGHT + 2 * (LINE_HEIGHT - 1)


def needed(column: Sequence[Label]) -> float:
    """Return the height of a picture that has room for the labels under each other."""
    return sum(label.height + LABEL_GAP for label in column) + 2 * LABEL_GAP


def spread(column: Sequence[Label], *, height: float) -> list[Label]:
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
