"""What must be hidden in a table of counts: by hand, and for any table."""

from hypothesis import given
from hypothesis import strategies as st

from kompetanse.kommuner.persondata import FEWEST
from soknader.rules import skjult

COUNTS = st.integers(min_value=0, max_value=12)


def tables_of(columns):
    return st.lists(st.lists(COUNTS, min_size=columns, max_size=columns), min_size=1, max_size=6)


TABLES = st.integers(min_value=2, max_value=5).flatmap(tables_of)


def sums(rows):
    return [sum(column) for column in zip(*rows, strict=True)]


def in_all(rows):
    """What is hidden under sums that hide just what they would hide alone."""
    hidden_sums = {c for _, c in skjult.places([sums(rows)])}
    return hidden_sums, skjult.places(rows, hidden_sums=hidden_sums)


def is_kept(counts):
    """A sum that is shown keeps its secret: nothing hidden, or two figures and five people."""
    return not counts or (len(counts) > 1 and sum(counts) >= FEWEST)


def test_a_small_figure_takes_its_smallest_neighbour_with_it():
    assert skjult.places([[9, 6, 3]]) == {(0, 1), (0, 2)}


def test_two_small_ones_that_are_five_together_need_no_neighbour():
    assert skjult.places([[9, 2, 3]]) == {(0, 1), (0, 2)}


def test_nought_and_five_are_shown():
    assert skjult.places([[5, 0], [7, 6]]) == set()


def test_a_column_whose_sum_is_shown_hides_a_second_line():
    rows = [[8, 7, 6], [7, 2, 3], [9, 6, 8]]

    hidden_sums, hidden = in_all(rows)

    assert hidden_sums == set()
    assert {(1, 1), (1, 2)} < hidden
    assert {r for r, c in hidden if c == 1} > {1}


def test_a_sum_that_is_hidden_is_not_given_away_by_its_parts():
    assert skjult.places([[6, 0], [7, 5]], hidden_sums={0})


@given(rows=TABLES)
def test_no_small_figure_is_ever_shown(rows):
    hidden = skjult.places(rows)

    shown = [
        count for r, row in enumerate(rows) for c, count in enumerate(row) if (r, c) not in hidden
    ]
    assert all(count == 0 or count >= FEWEST for count in shown)


@given(rows=TABLES)
def test_no_sum_gives_a_hidden_figure_away(rows):
    rows = [row for row in rows if sum(row) >= FEWEST]
    if not rows:
        return

    hidden_sums, hidden = in_all(rows)

    for r, row in enumerate(rows):
        assert is_kept([row[c] for c in range(len(row)) if (r, c) in hidden])
    for c in range(len(rows[0])):
        unknown = [row[c] for r, row in enumerate(rows) if (r, c) in hidden]
        assert unknown if c in hidden_sums else is_kept(unknown)
