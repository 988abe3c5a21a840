"""Two orders beside each other: what has moved, and what stands where its points do not put it."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


class Flytting(NamedTuple):
    """A case that has another place than before, from 1."""

    soknad_id: int
    was: int
    now: int


def stays(values: Sequence[float]) -> set[int]:
    """Return the indexes of the longest run that never falls, as far as possible to the right.

    All others are the fewest that must be moved to put `values` in order.
    """
    tails: list[float] = []
    ends: list[int] = []
    came_from: list[int] = []
    for index, value in enumerate(values):
        at = bisect_right(tails, value)
        came_from.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(value)
            ends.append(index)
        else:
            tails[at], ends[at] = value, index
    kept: set[int] = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        kept.add(index)
        index = came_from[index]
    return kept


def against_points(points: Sequence[float | None]) -> set[int]:
    """Return the indexes that stand above someone with more points; None is not compared.

    Of two that have changed places, the one with fewer points is the one that deviates.
    """
    scored = [index for index, value in enumerate(points) if value is not None]
    falling = [-(points[index] or 0) for index in scored]
    kept = stays(falling)
    return {index for at, index in enumerate(scored) if at not in kept}


def moved(before: Sequence[int], after: Sequence[int]) -> list[Flytting]:
    """Return the fewest cases whose moves lead from one order to the other, by their new place.

    Who only gave way is not among them. A case that is in one of the orders alone is left out.
    """
    was = {pk: place for place, pk in enumerate(before, start=1)}
    now = {pk: place for place, pk in enumerate(after, start=1)}
    common = [pk for pk in after if pk in was]
    kept = stays([was[pk] for pk in common])
    return [Flytting(pk, was[pk], now[pk]) for index, pk in enumerate(common) if index not in kept]


def placed(order: Sequence[int], soknad_id: int, place: int) -> list[int]:
    """Return the order with the one case at `place`, from 1, or at the end that is nearest."""
    rest = [pk for pk in order if pk != soknad_id]
    rest.insert(min(max(place, 1), len(order)) - 1, soknad_id)
    return rest


def brought_back(before: Iterable[int], now: Sequence[int]) -> list[int]:
    """Return `before` for the cases that are on the list now; those that came since stand last."""
    listed = set(now)
    back = [pk for pk in before if pk in listed]
    known = set(back)
    return back + [pk for pk in now if pk not in known]


def numbered(order: Sequence[int], places: Mapping[int, int]) -> list[int]:
    """Return the order when some cases are given new places, as one types them in a spreadsheet.

    Who moves up comes before the one that has the place, who moves down after it.
    """

    def key(pair: tuple[int, int]) -> tuple[int, int]:
        now, pk = pair
        asked = places.get(pk, now)
        return asked, (asked > now) - (asked < now)

    return [pk for _place, pk in sorted(enumerate(order, start=1), key=key)]
