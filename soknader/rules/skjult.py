"""Which figures of a table must be hidden so that nobody can be found in it.

A figure on fewer than five people is hidden, and so are the neighbours that would give it away: in
every sum that is shown, what is hidden is at least two figures and at least five people together.
"""

from collections.abc import Collection, Sequence

from kompetanse.kommuner.persondata import FEWEST

Place = tuple[int, int]
Table = Sequence[Sequence[int]]


def places(people: Table, *, hidden_sums: Collection[int] | None = None) -> set[Place]:
    """Return (row, column) of every figure to hide.

    `people` counts the people behind each figure. The sum of each row is shown beside it.
    `hidden_sums` are the columns whose sum is hidden where the others' are shown, here or on
    another table; None when no column is summed.
    """
    hidden = {
        (r, c) for r, row in enumerate(people) for c, count in enumerate(row) if _is_small(count)
    }
    while found := _given_away(people, hidden, hidden_sums=hidden_sums):
        hidden.add(found)
    return hidden


def _is_small(count: int) -> bool:
    return 0 < count < FEWEST


def _given_away(
    people: Table, hidden: set[Place], *, hidden_sums: Collection[int] | None
) -> Place | None:
    """Return the next figure to hide; None when every sum keeps its secret."""
    for r, row in enumerate(people):
        if found := _next(people, hidden, [(r, c) for c in range(len(row))], is_open=True):
            return found
    if hidden_sums is None or not people:
        return None
    for c in range(len(people[0])):
        column = [(r, c) for r in range(len(people))]
        if found := _next(people, hidden, column, is_open=c not in hidden_sums):
            return found
    return None


def _next(
    people: Table, hidden: set[Place], parts: Sequence[Place], *, is_open: bool
) -> Place | None:
    """Return the smallest figure that still is shown, when the sum of `parts` gives one away.

    A sum that is hidden (not `is_open`) is itself given away when all its parts are shown.
    """
    unknown = [people[r][c] for r, c in parts if (r, c) in hidden]
    if is_open:
        is_safe = not unknown or (len(unknown) > 1 and sum(unknown) >= FEWEST)
    else:
        is_safe = bool(unknown)
    shown = [part for part in parts if part not in hidden]
    return None if is_safe else min(shown, key=lambda part: _order(people, part), default=None)


def _order(people: Table, part: Place) -> tuple[bool, int, Place]:
    """Small figures first; one that is nought tells least when it is hidden, so it goes last."""
    r, c = part
    return (people[r][c] == 0, people[r][c], part)
