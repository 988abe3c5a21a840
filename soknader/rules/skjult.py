"""Which figures of a table must be hidden so that nobody can be found in it.

A figure on fewer than five people is hidden, and so are the neighbours that would give it away: in
every sum that is shown, what is hidden is at least two figures and at least five people together.

Source: a cell that counts fewer than five people is hidden, with the neighbours that tell of it.
"""

from collections.abc import Sequence

SMALLEST = 5

Place = tuple[int, int]
Table = Sequence[Sequence[int]]


def places(people: Table, *, has_total: bool) -> set[Place]:
    """Return (row, column) of every figure to hide.

    `people` counts the people behind each figure. The sum of each row is shown beside it. With
    `has_total` the last row is the sum of those above it.
    """
    hidden = {
        (r, c) for r, row in enumerate(people) for c, count in enumerate(row) if _is_small(count)
    }
    while found := _given_away(people, hidden, has_total=has_total):
        hidden.add(found)
    return hidden


def _is_small(count: int) -> bool:
    return 0 < count < SMALLEST


def _given_away(people: Table, hidden: set[Place], *, has_total: bool) -> Place | None:
    """Return the next figure to hide; None when every sum keeps its secret."""
    for r, row in enumerate(people):
        if found := _next(people, hidden, [(r, c) for c in range(len(row))], total=None):
            return found
    if not has_total:
        return None
    last = len(people) - 1
    for c in range(len(people[0])):
        column = [(r, c) for r in range(last)]
        if found := _next(people, hidden, column, total=(last, c)):
            return found
    return None


def _next(
    people: Table, hidden: set[Place], parts: Sequence[Place], *, total: Place | None
) -> Place | None:
    """Return the smallest figure that still is shown, when the sum of `parts` gives one away."""
    unknown = [people[r][c] for r, c in parts if (r, c) in hidden]
    if total in hidden:
        is_safe = bool(unknown)
    else:
        is_safe = not unknown or (len(unknown) > 1 and sum(unknown) >= SMALLEST)
    if is_safe:
        return None
    shown = [part for part in parts if part not in hidden]
    if shown:
        return min(shown, key=lambda part: _order(people, part))
    return None if total in hidden else total


def _order(people: Table, part: Place) -> tuple[bool, int, Place]:
    """Small figures first; one that is nought tells least when it is hidden, so it goes last."""
    r, c = part
    return (people[r][c] == 0, people[r][c], part)
