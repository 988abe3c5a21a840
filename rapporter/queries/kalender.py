"""What of an education falls in one calendar year. Pure; amounts are whole NOK or credits."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from itertools import takewhile

from soknader.rules.termin import term_ends


def terms_by_year(starts: date, ends: date) -> dict[int, int]:
    """Return how many terms of each calendar year the education goes over; at least one.

    Credits and costs follow the terms of Norwegian higher education, not the days.
    """
    last = next(term_ends(since=max(starts, ends)))
    return dict(
        Counter(term.year for term in takewhile(lambda t: t <= last, term_ends(since=starts)))
    )


def split(whole: int, weights: Mapping[int, int]) -> dict[int, int]:
    """Return the whole divided by weight so that the parts add up to it exactly.

    What does not divide goes to the largest remainders, the earliest year first.
    """
    total = sum(weights.values())
    parts = {year: whole * weight // total for year, weight in weights.items()}
    by_rest = sorted(weights, key=lambda year: (-(whole * weights[year] % total), year))
    for year in by_rest[: whole - sum(parts.values())]:
        parts[year] += 1
    return parts


def part_of(whole: int, *, year: int, starts: date | None, ends: date | None) -> int:
    """Return the part that falls in the year; all of it when the period is not known."""
    if starts is None or ends is None:
        return whole
    return split(whole, terms_by_year(starts, ends)).get(year, 0)
