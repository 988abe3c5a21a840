"""The terms of a school year, and when a report is due. Pure; days are local days in Norway."""

from collections.abc import Iterator
from datetime import date, timedelta

# Spring ends on 30 June, autumn on 31 December: the terms of Norwegian higher education.
TERM_ENDS = ((6, 30), (12, 31))
# A report is asked for in the term's last weeks and is due two weeks after it.
ASKED_BEFORE = timedelta(days=21)
DUE_AFTER = timedelta(days=14)


def term_ends(*, since: date) -> Iterator[date]:
    """Yield the last days of the terms from the one that `since` falls in, without end."""
    year = since.year
    while True:
        yield from (date(year, *end) for end in TERM_ENDS if date(year, *end) >= since)
        year += 1


def last_asked(*, on: date) -> date:
    """Return the last day of the newest term that a report is asked for on the day."""
    ends = [date(year, *end) for year in (on.year - 1, on.year) for end in TERM_ENDS]
    return max(end for end in ends if end - ASKED_BEFORE <= on)


def due_term(*, starts: date, on: date) -> date | None:
    """Return the last term of a study that a report is asked for on the day; None before any."""
    last = last_asked(on=on)
    return last if starts <= last else None


def term_of(on: date, *, starts: date) -> date:
    """Return the term that a report on the day is about: the one asked for, else the running."""
    return due_term(starts=starts, on=on) or next(term_ends(since=max(starts, on)))


def deadline(term: date) -> date:
    return term + DUE_AFTER
